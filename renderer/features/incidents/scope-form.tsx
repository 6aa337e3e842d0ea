import type { ReactNode } from 'react';
import { Choice } from '../../components/choice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { TokenField } from '../../components/token-field.tsx';
import { keysOf, PROVIDER_WORDS } from '../../lib/words.ts';
import type { Instant } from '../../../main/core/time.ts';
import { OnsetField } from './onset-field.tsx';
import type { ScopeDraft, ScopeFaults } from './scope-draft.ts';
import styles from './scope-form.module.css';
import { regionSuggestions, serviceSuggestions } from './suggestions.ts';

const SEVERITIES = [
  { id: '1', label: 'SEV 1', value: 1 },
  { id: '2', label: 'SEV 2', value: 2 },
  { id: '3', label: 'SEV 3', value: 3 },
  { id: '4', label: 'SEV 4', value: 4 },
] as const;

export interface ScopeFormProps {
  readonly draft: ScopeDraft;
  readonly faults: ScopeFaults;
  readonly now: Instant;
  readonly onChange: (changes: Partial<ScopeDraft>) => void;
}

/** What an incident is about; the same fields when it is declared and when it is corrected. */
export function ScopeForm({ draft, faults, now, onChange }: ScopeFormProps): ReactNode {
  return (
    <div className={styles['fields']}>
      <TextField
        className={styles['whole']}
        label="Title"
        autoFocus
        value={draft.title}
        fault={faults.title}
        placeholder="What is broken, and where"
        onChange={(title) => {
          onChange({ title });
        }}
      />
      <div className={styles['whole']}>
        <OnsetField
          text={draft.onset}
          clock={draft.clock}
          now={now}
          fault={faults.onset}
          onChange={onChange}
        />
      </div>
      <Choice
        className={styles['whole']}
        label="Provider"
        items={keysOf(PROVIDER_WORDS).map((id) => ({ id, label: PROVIDER_WORDS[id] }))}
        value={draft.provider}
        onChange={(provider) => {
          onChange({ provider });
        }}
      />
      <TokenField
        label="Services"
        hint="Enter or comma after each"
        suggestions={serviceSuggestions(draft.provider)}
        value={draft.services}
        onChange={(services) => {
          onChange({ services });
        }}
      />
      <TokenField
        label="Regions"
        hint="global when it is everywhere"
        suggestions={regionSuggestions(draft.provider)}
        value={draft.regions}
        onChange={(regions) => {
          onChange({ regions });
        }}
      />
      <Choice
        label="Severity, 1 is the worst"
        items={SEVERITIES}
        value={SEVERITIES.find((one) => one.value === draft.severity)?.id ?? '2'}
        onChange={(id) => {
          onChange({ severity: SEVERITIES.find((one) => one.id === id)?.value ?? 2 });
        }}
      />
      <div className={styles['pair']}>
        <TextField
          label="Lead"
          value={draft.lead}
          onChange={(lead) => {
            onChange({ lead });
          }}
        />
        <TextField
          label="Workload"
          value={draft.workload}
          onChange={(workload) => {
            onChange({ workload });
          }}
        />
      </div>
    </div>
  );
}
