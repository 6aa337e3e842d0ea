import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { KINDS_FROM_FILES } from '../../../main/core/feeds/kinds.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Checkbox } from '../../components/checkbox-group.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { request } from '../../lib/api.ts';
import { cx } from '../../lib/cx.ts';
import { FEED_KIND_WORDS, keysOf, PROVIDER_WORDS } from '../../lib/words.ts';
import { feedInput, type FeedDraft } from './feed-input.ts';
import styles from './feeds-view.module.css';

const FORM = 'feed-form';

/** Adds a feed or changes one. A built-in feed can be pointed elsewhere or turned off, not removed. */
export function FeedEditor({
  feed,
  onClose,
}: {
  readonly feed: FeedDraft;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(feed);
  const [fault, setFault] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const faults = faultsOf(draft);
  const set = (changes: Partial<FeedDraft>): void => {
    setDraft({ ...draft, ...changes });
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (faults.name !== null || faults.url !== null) return;
    const reply = await request('saveFeed', feedInput(draft));
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
  const remove = async (id: string): Promise<void> => {
    const reply = await request('deleteFeed', { id });
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
  const { id } = draft;
  return (
    <Dialog
      title={id === null ? 'Add a feed' : `Change ${feed.name}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          {id !== null && !feed.builtin && (
            <Button variant="danger" className={styles['remove']} onPress={() => void remove(id)}>
              Remove
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <Form
        id={FORM}
        className={cx(styles['form'])}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {fault !== null && <Callout kind="fault">{fault}</Callout>}
        <TextField
          label="Name"
          autoFocus
          value={draft.name}
          maxLength={120}
          fault={tried ? faults.name : null}
          onChange={(name) => {
            set({ name });
          }}
        />
        <TextField
          label="Address"
          mono
          value={draft.url}
          maxLength={2000}
          fault={tried ? faults.url : null}
          placeholder="https://status.example.com/api/v2/summary.json"
          onChange={(url) => {
            set({ url });
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
              set({ provider });
            }}
          />
          <Select
            label="Format"
            items={keysOf(FEED_KIND_WORDS)
              .filter((kind) => !KINDS_FROM_FILES.includes(kind))
              .map((kind) => ({ id: kind, label: FEED_KIND_WORDS[kind] }))}
            value={draft.kind}
            onChange={(kind) => {
              set({ kind });
            }}
          />
        </div>
        <Checkbox
          isSelected={draft.enabled}
          onChange={(enabled) => {
            set({ enabled });
          }}
        >
          Read it while an incident of this provider is open
        </Checkbox>
      </Form>
    </Dialog>
  );
}

function faultsOf(draft: FeedDraft): { readonly name: string | null; readonly url: string | null } {
  const url = draft.url.trim();
  const address = URL.canParse(url) ? new URL(url) : null;
  return {
    name: draft.name.trim() === '' ? 'A name is needed.' : null,
    url:
      address !== null && /^https?:$/.test(address.protocol)
        ? null
        : 'An address that begins with https:// or http:// is needed.',
  };
}
