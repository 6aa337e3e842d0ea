import type { ReactNode } from 'react';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import type { MappingProposal } from '../../../preload/contract/mapping-views.ts';
import { Choice } from '../../components/choice.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './mapping-dialog.module.css';
import { type Preview, ROLE_FIELDS, withField, zoneItems } from './mapping-draft.ts';

const NOT_IN_IT = { id: 'none', label: 'not in it' };
const ZONES = zoneItems(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Which field is what, each as a list of the file's own fields. */
export function MappingFields({
  mapping,
  proposal: { sample, guess },
  preview,
  onChange,
}: {
  readonly mapping: Mapping;
  readonly proposal: MappingProposal;
  readonly preview: Preview;
  readonly onChange: (changes: Partial<Mapping>) => void;
}): ReactNode {
  // An id of its own, since a field may be called "none".
  const items = sample.shape.fields.map((field) => ({ id: `field ${field}`, label: field }));
  const fieldOf = (id: string): string => id.slice('field '.length);
  const times = [...new Set([...guess.timeFields, ...sample.shape.fields])];
  const setTime = (changes: Partial<Mapping['time']>): void => {
    onChange({ time: { ...mapping.time, ...changes } });
  };
  return (
    <>
      <div className={styles['grid']}>
        <TextField
          label="Name for such files"
          value={mapping.name}
          maxLength={120}
          onChange={(name) => {
            onChange({ name });
          }}
        />
        <Select
          label="Time"
          items={times.map((field) => ({ id: `field ${field}`, label: field }))}
          value={`field ${mapping.time.field}`}
          onChange={(id) => {
            setTime({ field: fieldOf(id) });
          }}
        />
        <Select
          label={preview.unzoned ? 'Times name no zone: theirs is' : 'Each time names its zone'}
          items={ZONES}
          value={mapping.time.zone}
          isDisabled={!preview.unzoned}
          onChange={(zone) => {
            setTime({ zone });
          }}
        />
        {ROLE_FIELDS.map(({ role, label }) => (
          <Select
            key={role}
            label={label}
            items={[NOT_IN_IT, ...items]}
            value={mapping.fields[role] === undefined ? NOT_IN_IT.id : `field ${mapping.fields[role]}`}
            onChange={(id) => {
              onChange(withField(mapping, role, id === NOT_IN_IT.id ? null : fieldOf(id)));
            }}
          />
        ))}
      </div>
      {preview.ordered && (
        <Choice
          label="In dates such as 03/04/2026 first comes"
          items={[
            { id: 'dmy', label: 'the day' },
            { id: 'mdy', label: 'the month' },
          ]}
          value={mapping.time.order}
          onChange={(order) => {
            setTime({ order });
          }}
        />
      )}
      <Choice
        label="Its rows"
        items={[
          { id: 'changes', label: 'are changes of ours: ranked before onset' },
          { id: 'events', label: 'tell how things fare: only their errors count' },
        ]}
        value={mapping.rows}
        onChange={(rows) => {
          onChange({ rows });
        }}
      />
    </>
  );
}
