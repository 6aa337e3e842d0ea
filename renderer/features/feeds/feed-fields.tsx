import type { ReactNode } from 'react';
import { KINDS_FROM_FILES } from '../../../main/core/feeds/kinds.ts';
import { Checkbox } from '../../components/checkbox-group.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { FEED_KIND_WORDS, keysOf, PROVIDER_WORDS } from '../../lib/words.ts';
import type { FeedDraft, FeedFaults } from './feed-input.ts';
import styles from './feeds-view.module.css';

/** Everything of a feed that can be set by hand. */
export function FeedFields({
  draft,
  faults,
  focusName,
  onChange,
}: {
  readonly draft: FeedDraft;
  /** Shown once saving has been tried. */
  readonly faults: FeedFaults | null;
  readonly focusName: boolean;
  readonly onChange: (changes: Partial<FeedDraft>) => void;
}): ReactNode {
  return (
    <>
      <TextField
        label="Name"
        autoFocus={focusName}
        value={draft.name}
        maxLength={120}
        fault={faults?.name ?? null}
        onChange={(name) => {
          onChange({ name });
        }}
      />
      <TextField
        label="Address"
        mono
        value={draft.url}
        maxLength={2000}
        fault={faults?.url ?? null}
        placeholder="https://status.example.com/api/v2/summary.json"
        onChange={(url) => {
          onChange({ url });
        }}
      />
      <div className={styles['pair']}>
        <Select
          label="Provider"
          items={keysOf(PROVIDER_WORDS).map((provider) => ({
            id: provider,
            label: PROVIDER_WORDS[provider],
          }))}
          value={draft.provider}
          onChange={(provider) => {
            onChange({ provider });
          }}
        />
        <Select
          label="Format"
          items={keysOf(FEED_KIND_WORDS)
            .filter((kind) => !KINDS_FROM_FILES.includes(kind))
            .map((kind) => ({ id: kind, label: FEED_KIND_WORDS[kind] }))}
          value={draft.kind}
          onChange={(kind) => {
            onChange({ kind });
          }}
        />
      </div>
      <Checkbox
        isSelected={draft.enabled}
        onChange={(enabled) => {
          onChange({ enabled });
        }}
      >
        Read it while an incident of this provider is open
      </Checkbox>
    </>
  );
}
