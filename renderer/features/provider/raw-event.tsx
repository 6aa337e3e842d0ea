import { useState, type ReactNode } from 'react';
import type { RawEvent } from '../../../main/core/feeds/raw.ts';
import type { FeedStatementView } from '../../../preload/contract/feed-history-requests.ts';
import { Button } from '../../components/button.tsx';
import { announce } from '../../lib/announce.ts';
import { request } from '../../lib/api.ts';
import { copyText } from '../../lib/copy-text.ts';
import { bytes, counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import styles from './provider-view.module.css';

type Held = RawEvent | 'not there' | 'failed' | null;

/** What the provider itself wrote about an event, out of the bytes of that moment; read when it is opened. */
export function RawItem({
  incidentId,
  statement: { feedId, at },
  nativeId,
}: {
  readonly incidentId: string;
  readonly statement: FeedStatementView;
  readonly nativeId: string;
}): ReactNode {
  const setFault = useIncident((store) => store.setFault);
  const [raw, hold] = useState<Held>(null);
  const [isOpen, open] = useState(false);
  const read = async (): Promise<void> => {
    const reply = await request('getRawEvent', { incidentId, feedId, at, nativeId });
    if (reply.ok) hold(reply.value ?? 'not there');
    else {
      hold('failed');
      setFault(reply.error.message);
    }
  };
  return (
    <details
      className={styles['words']}
      onToggle={({ currentTarget }) => {
        open(currentTarget.open);
        if (currentTarget.open && (raw === null || raw === 'failed')) void read();
      }}
    >
      <summary>As the provider wrote it</summary>
      {isOpen && <Written raw={raw} />}
    </details>
  );
}

function Written({ raw }: { readonly raw: Held }): ReactNode {
  const [told, tell] = useState<string | null>(null);
  if (raw === null) return <p role="status">Reading it…</p>;
  if (raw === 'failed') return <p>It could not be read; close and open this to try again.</p>;
  if (raw === 'not there') return <p>The bytes kept of that moment do not tell of this event.</p>;
  const copy = async (): Promise<void> => {
    const done = (await copyText(raw.text)) ? 'Copied.' : 'Could not be copied.';
    tell(done);
    announce(done);
  };
  const form = raw.form === 'json' ? 'JSON, indented' : 'XML';
  return (
    <>
      <div className={styles['actions']}>
        <Button onPress={() => void copy()}>Copy</Button>
        <span className={styles['muted']}>
          {form}, {bytes(raw.size)}
          {raw.items > 1 && `, ${counted(raw.items, 'item')} of the feed`}
        </span>
        {told !== null && (
          <span role="status" className={styles['muted']}>
            {told}
          </span>
        )}
      </div>
      {/* A region that scrolls must be reachable for the keyboard. */}
      <pre className={styles['raw']} role="region" tabIndex={0} aria-label="As the provider wrote it">
        {raw.text}
      </pre>
      {raw.cut && (
        <p className={styles['reason']}>
          Cut after 64 KiB of {bytes(raw.size)}. The raw bytes have the rest.
        </p>
      )}
    </>
  );
}
