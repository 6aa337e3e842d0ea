import type { ReactNode } from 'react';
import type { FeedSearch, FoundFeed } from '../../../preload/contract/views.ts';
import { Callout } from '../../components/callout.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import type { Status } from '../../lib/feed-words.ts';
import styles from './search-outcome.module.css';

/** What was found at the address a person pointed to, and what it says now; or everything that was tried. */
export function SearchOutcome({
  outcome,
  address,
}: {
  readonly outcome: FeedSearch;
  readonly address: string;
}): ReactNode {
  return outcome.found === null ? (
    <Callout kind="notice">
      No feed was found at {address}. Correct the address, or fill in the rest by hand.
      <details className={styles['tried']}>
        <summary>What was tried</summary>
        <ul>
          {outcome.tried.map(({ url, outcome: why }) => (
            <li key={url}>
              <code>{url}</code> {why}
            </li>
          ))}
        </ul>
      </details>
    </Callout>
  ) : (
    <Found feed={outcome.found} />
  );
}

function Found({ feed }: { readonly feed: FoundFeed }): ReactNode {
  const { status, word } = wordOf(feed);
  return (
    <div className={styles['found']} role="status">
      <p className={styles['line']}>
        <StatusMark status={status} word={word} />
        <strong>{feed.format}</strong>
      </p>
      <p className={styles['line']}>
        <code className={styles['url']}>{feed.url}</code>
      </p>
      <p className={styles['line']}>
        <span className={styles['label']}>Now</span> {feed.sentence}
      </p>
    </div>
  );
}

function wordOf({ state }: FoundFeed): { readonly status: Status; readonly word: string } {
  if (state === 'ok') return { status: 'fine', word: 'found' };
  if (state === 'empty') return { status: 'silent', word: 'found, lists nothing' };
  return { status: 'could_not_check', word: 'could not check' };
}
