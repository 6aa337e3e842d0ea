import type { ReactNode } from 'react';
import type { FeedBoardItem, IncidentView } from '../../../preload/contract/views.ts';
import { NoNetwork } from '../../components/no-network.tsx';
import { StatementButton } from '../../components/statement-button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { age } from '../../lib/format.ts';
import { hrefOf } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { feedWord, firstWord, inOrderOfWord } from '../../lib/feed-words.ts';
import { Holes } from './holes.tsx';
import styles from './sides.module.css';

/** What the provider says: every feed with its word, its age and when it first spoke. Left of the line. */
export function ProviderSide({ view }: { readonly view: IncidentView }): ReactNode {
  return (
    <section className={styles['side']} aria-labelledby="provider-side">
      <h2 id="provider-side" className={`${styles['title']} ${styles['provider']}`}>
        Provider
      </h2>
      <NoNetwork view={view} />
      {view.feeds.length === 0 && (
        <p className={styles['muted']}>No feed for this provider. Add one under Feeds.</p>
      )}
      <ul className={styles['list']}>
        {inOrderOfWord(view.feeds).map((feed, index) => (
          <FeedLine key={feed.feedId} feed={feed} view={view} place={index + 1} />
        ))}
        <Holes view={view} side="provider" />
      </ul>
      {!isAtRest(view.state) && <StatementButton />}
    </section>
  );
}

function FeedLine({
  feed,
  view,
  place,
}: {
  readonly feed: FeedBoardItem;
  readonly view: IncidentView;
  /** 1 for the first of the list. */
  readonly place: number;
}): ReactNode {
  const now = useNow(view.drill);
  const { status, word } = feedWord(feed);
  const first = firstWord(feed.firstWordMinute);
  const isHole = status === 'could_not_check';
  const when = feed.checkedAt === null ? null : age(feed.checkedAt, now);
  const lastGood =
    isHole && feed.lastGoodAt !== null ? `last good answer ${age(feed.lastGoodAt, now)}` : null;
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <StatusMark status={status} word="" />
        <a
          className={styles['name']}
          href={hrefOf({
            view: 'incident',
            id: view.state.id,
            tab: 'provider',
            query: { feed: feed.feedId },
          })}
          title={`What ${feed.name} said when. Alt+${place} attaches what it says now.`}
        >
          {feed.name}
        </a>
        <span className={styles['word']} data-status={status}>
          {word}
        </span>
        {first !== null && <strong className={styles['first']}>{first}</strong>}
        <span className={styles['when']}>{when}</span>
      </div>
      <p className={styles['sentence']} title={feed.sentence}>
        {[feed.sentence, lastGood].filter((part) => part !== null && part !== '').join(' · ')}
      </p>
    </li>
  );
}
