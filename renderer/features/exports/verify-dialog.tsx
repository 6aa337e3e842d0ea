import { useEffect, useState, type ReactNode } from 'react';
import type { IncidentView, VerifyOutcome } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { request } from '../../lib/api.ts';
import { count } from '../../lib/format.ts';
import styles from './exports.module.css';

const MARKS = {
  valid: { status: 'fine', word: 'valid' },
  valid_no_anchor: { status: 'fine', word: 'valid, no anchor' },
  truncated: { status: 'outage', word: 'truncated' },
  altered: { status: 'outage', word: 'altered' },
} as const;

/** Verifies the trail from its stored bytes and says what was found. */
export function VerifyDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { id } = view.state;
  const [outcome, setOutcome] = useState<VerifyOutcome | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void request('verifyIncident', { incidentId: id }).then((reply) => {
      if (!current) return;
      if (reply.ok) setOutcome(reply.value);
      else setFault(reply.error.message);
    });
    return () => {
      current = false;
    };
  }, [id]);
  return (
    <Dialog
      title={`Verify the trail of ${view.reference}`}
      isOpen
      width="wide"
      onOpenChange={onClose}
      footer={
        <Button variant="primary" autoFocus onPress={onClose}>
          Close
        </Button>
      }
    >
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      {outcome === null && fault === null && <p role="status">Reading every entry</p>}
      {outcome !== null && <Outcome outcome={outcome} />}
    </Dialog>
  );
}

function Outcome({ outcome }: { readonly outcome: VerifyOutcome }): ReactNode {
  const { status, word } = MARKS[outcome.state];
  return (
    <>
      <p role="status" className={styles['finding']}>
        <StatusMark
          status={status}
          word={outcome.at === null ? word : `${word} at entry ${count(outcome.at)}`}
        />
      </p>
      <p>{outcome.sentence}</p>
      <dl className={styles['facts']}>
        <div>
          <dt>Entries</dt>
          <dd>{count(outcome.entries)}</dd>
        </div>
        <div>
          <dt>Head</dt>
          <dd>
            <code>{outcome.head}</code> <CopyButton text={outcome.head} what="the head" />
          </dd>
        </div>
      </dl>
      <p className={styles['note']}>
        Count and head, noted somewhere else, let anybody show later that nothing before them was changed.
      </p>
    </>
  );
}
