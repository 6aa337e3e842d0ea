import type { ReactNode } from 'react';
import { type Instant, minutesBetween } from '../../../main/core/instants.ts';
import type { FeedBoardItem, IncidentView } from '../../../preload/contract/views.ts';
import { NoNetwork } from '../../components/no-network.tsx';
import { StatementButton } from '../../components/statement-button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { age, counted, sinceOnset } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { hrefOf } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { feedWord, firstWord, inOrderOfWord } from '../../lib/feed-words.ts';
import { Holes } from './holes.tsx';
import styles from './sides.module.css';

/** Words in our files shown here; the rest is in the view of the evidence. */
const SHOWN_WORDS = 2;

/** What the provider says: every feed with its word, its age and when it first spoke, and what stands in our files. Left of the line. */
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
        <WordsThatFit onset={view.state.scope.onset} />
        {inOrderOfWord(view.feeds).map((feed, index) => (
          <FeedLine key={feed.feedId} feed={feed} view={view} place={index + 1} />
        ))}
        <OtherWords />
        <Holes view={view} side="provider" />
      </ul>
      {!isAtRest(view.state) && <StatementButton />}
    </section>
  );
}

/** What the provider reports of itself in our own files and fits what fails: it says more than a page. */
function WordsThatFit({ onset }: { readonly onset: Instant }): ReactNode {
  const side = useIncident((store) => store.customerSide);
  if (side === null) return null;
  const shown = side.providerWords.filter(({ matches }) => matches).slice(0, SHOWN_WORDS);
  const more = side.providerWordsFound.fitting - shown.length;
  return (
    <>
      {shown.map(({ record }) => (
        <li key={record.id} className={styles['item']}>
          <div className={styles['row']}>
            <StatusMark status="degraded" word="" />
            <span className={styles['name']} title={record.name}>
              {record.name}
            </span>
            <span className={styles['word']}>in our files, fits</span>
            <span className={styles['when']}>{sinceOnset(minutesBetween(onset, record.at))}</span>
          </div>
          <p className={styles['sentence']} title={record.detail}>
            {[record.region, record.detail].filter((part) => part !== '').join(' · ')}
          </p>
        </li>
      ))}
      {more > 0 && (
        <WordsLine
          status="degraded"
          text={`${counted(more, 'more report')} in our files that ${more === 1 ? 'fits' : 'fit'}`}
        />
      )}
    </>
  );
}

/** That there are such reports of other things. */
function OtherWords(): ReactNode {
  const other = useIncident((store) => store.customerSide?.providerWordsFound.other) ?? 0;
  if (other === 0) return null;
  return (
    <WordsLine
      status="silent"
      text={`${counted(other, 'report')} of other services or regions in our files`}
    />
  );
}

function WordsLine({
  status,
  text,
}: {
  readonly status: 'degraded' | 'silent';
  readonly text: string;
}): ReactNode {
  return (
    <li className={styles['row']}>
      <StatusMark status={status} word="" />
      <span className={styles['word']}>{text}</span>
    </li>
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
