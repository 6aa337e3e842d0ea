import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { request } from '../../lib/api.ts';
import { cx } from '../../lib/cx.ts';
import { FeedFields } from './feed-fields.tsx';
import { faultsOf, feedInput, withFound, type FeedDraft } from './feed-input.ts';
import styles from './feeds-view.module.css';
import { SearchOutcome } from './search-outcome.tsx';
import { useFeedSearch } from './use-feed-search.ts';

const FORM = 'feed-form';

/**
 * Adds a feed or changes one. To add one a host name is enough: its feed is looked for, shown with what it says now, and
 * can be corrected. A built-in feed can be pointed elsewhere or turned off, not removed.
 */
export function FeedEditor({
  feed,
  onClose,
}: {
  readonly feed: FeedDraft;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(feed);
  const [host, setHost] = useState('');
  const [asked, setAsked] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const search = useFeedSearch();
  const { id } = draft;
  const [byHand, setByHand] = useState(id !== null);
  const isSearch = id === null && !byHand && host.trim() !== asked;
  const shown = byHand || asked !== '';

  const find = async (): Promise<void> => {
    const address = host.trim();
    if (address === '') return;
    const result = await search.look(address, null);
    const found = result?.found ?? null;
    if (found !== null) setDraft((before) => withFound(before, found));
    if (result !== null) setAsked(address);
  };
  const save = async (): Promise<void> => {
    setTried(true);
    const faults = faultsOf(draft);
    if (faults.name !== null || faults.url !== null) return;
    const reply = await request('saveFeed', feedInput(draft));
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
  const remove = async (feedId: string): Promise<void> => {
    const reply = await request('deleteFeed', { id: feedId });
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
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
          {shown && (
            <Button
              isDisabled={faultsOf(draft).url !== null}
              isPending={search.looking}
              onPress={() => void search.look(draft.url.trim(), draft.kind)}
            >
              Try it now
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          {shown && (
            <Button type="submit" form={FORM} variant="primary">
              Save
            </Button>
          )}
        </>
      }
    >
      <Form
        id={FORM}
        className={cx(styles['form'])}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void (isSearch ? find() : save());
        }}
      >
        {fault !== null && <Callout kind="fault">{fault}</Callout>}
        {id === null && (
          <HostField
            host={host}
            fault={search.fault}
            looking={search.looking}
            canSkip={!shown}
            onChange={setHost}
            onFind={() => void find()}
            onSkip={() => {
              search.forget();
              setByHand(true);
            }}
          />
        )}
        {search.outcome !== null && (
          <SearchOutcome outcome={search.outcome} address={asked === '' ? draft.url : asked} />
        )}
        {shown && (
          <FeedFields
            draft={draft}
            faults={tried ? faultsOf(draft) : null}
            focusName={byHand}
            onChange={(changes) => {
              // What was shown was said of another address or format.
              if ('url' in changes || 'kind' in changes) search.forget();
              setDraft({ ...draft, ...changes });
            }}
          />
        )}
      </Form>
    </Dialog>
  );
}

function HostField({
  host,
  fault,
  looking,
  canSkip,
  onChange,
  onFind,
  onSkip,
}: {
  readonly host: string;
  readonly fault: string | null;
  readonly looking: boolean;
  readonly canSkip: boolean;
  readonly onChange: (host: string) => void;
  readonly onFind: () => void;
  readonly onSkip: () => void;
}): ReactNode {
  return (
    <>
      <div className={styles['host']}>
        <TextField
          label="Status page"
          description="Its host name is enough, such as www.githubstatus.com or status.openai.com."
          mono
          autoFocus
          value={host}
          maxLength={2000}
          fault={fault}
          onChange={onChange}
        />
        <Button
          variant={canSkip ? 'primary' : 'plain'}
          isDisabled={host.trim() === ''}
          isPending={looking}
          onPress={onFind}
        >
          {looking ? 'Looking' : 'Find its feed'}
        </Button>
      </div>
      {canSkip && (
        <p className={styles['skip']}>
          <Button variant="quiet" onPress={onSkip}>
            Fill it in by hand
          </Button>
        </p>
      )}
    </>
  );
}
