import type { ReactNode } from 'react';
import type { TimelineItem } from '../../../main/core/report/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Time } from '../../components/time.tsx';
import { sinceOnset } from '../../lib/format.ts';
import { entryAsMarkdown, writerClock } from './entry-words.ts';
import styles from './timeline-view.module.css';
import { KIND_WORDS } from './rows.ts';

/** The whole of one entry, with its place in the trail and its hash. */
export function EntryDetail({
  view,
  item,
}: {
  readonly view: IncidentView;
  readonly item: TimelineItem | null;
}): ReactNode {
  if (item === null)
    return (
      <aside className={styles['detail']} aria-label="Entry">
        <p className={styles['muted']}>Choose an entry with the arrow keys to read all of it.</p>
      </aside>
    );
  return (
    <aside className={styles['detail']} aria-label="Entry" aria-live="polite">
      <p className={styles['muted']}>
        Entry {item.seq} · {KIND_WORDS[item.kind]}
      </p>
      <h2 className={styles['title']}>{item.superseded ? <s>{item.title}</s> : item.title}</h2>
      {item.superseded && <p>A later entry supersedes this one. It stays as it was.</p>}
      <p>
        <strong>{sinceOnset(item.minute)}</strong> <Time at={item.at} withDate />
      </p>
      <p className={styles['muted']}>
        By {item.actor}, whose clock showed {writerClock(item.at, item.offsetMinutes)}.
      </p>
      {item.detail.map((line, at) => (
        <p key={at} className={styles['line']}>
          {line}
        </p>
      ))}
      <div className={styles['copy']}>
        <span className={styles['label']}>SHA-256 of the entry</span>
        <CopyButton text={item.hash} what="the hash" />
      </div>
      <p className={styles['hash']}>{item.hash}</p>
      <div className={styles['copy']}>
        <span className={styles['label']}>The entry as Markdown</span>
        <CopyButton text={entryAsMarkdown(item, view.reference)} what="the entry as Markdown" />
      </div>
    </aside>
  );
}
