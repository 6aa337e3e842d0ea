import { useState, type ReactNode } from 'react';
import type { FeedBoardItem, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { feedWord } from '../../lib/feed-words.ts';
import { age, sinceOnset } from '../../lib/format.ts';
import { ask } from '../../lib/api.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { useNow } from '../../lib/now.ts';
import styles from './evidence-view.module.css';
import { useAttachToIncident } from './use-attach-to-incident.ts';
import { isAtRest } from '../../lib/at-rest.ts';

/** What each of the provider's feeds says now; one press keeps its raw bytes as evidence. */
export function Statements({ view }: { readonly view: IncidentView }): ReactNode {
  const setFault = useIncident((store) => store.setFault);
  const refresh = useIncident((store) => store.refresh);
  const [reading, setReading] = useState(false);
  const isOpen = !isAtRest(view.state);
  const readAgain = async (): Promise<void> => {
    setReading(true);
    await ask('checkFeeds', { incidentId: view.state.id }, setFault);
    await refresh();
    setReading(false);
  };
  return (
    <section aria-labelledby="statements">
      <div className={styles['sectionHead']}>
        <h2 id="statements" className={styles['heading']}>
          What the provider says
        </h2>
        {isOpen && view.feeds.length > 0 && (
          <Button isDisabled={reading} onPress={() => void readAgain()}>
            {reading ? 'Reading' : 'Read feeds now'}
          </Button>
        )}
      </div>
      {view.feeds.length === 0 && (
        <p className={styles['sentence']}>No feed for this provider. Add one under Feeds.</p>
      )}
      <ul className={styles['files']}>
        {view.feeds.map((feed) => (
          <Statement key={feed.feedId} view={view} feed={feed} />
        ))}
      </ul>
    </section>
  );
}

function Statement({ view, feed }: { readonly view: IncidentView; readonly feed: FeedBoardItem }): ReactNode {
  const now = useNow(view.drill);
  const attach = useAttachToIncident(view.state.id);
  const { status, word } = feedWord(feed);
  const kept = view.state.evidence.filter(({ evidenceId }) =>
    evidenceId.startsWith(`snapshot-${feed.feedId}-`),
  );
  return (
    <li className={styles['file']}>
      <div className={styles['fileHead']}>
        <StatusMark status={status} word={word} />
        <strong className={styles['fileName']}>{feed.name}</strong>
        <span className={styles['muted']}>
          {[
            feed.checkedAt === null ? null : `asked ${age(feed.checkedAt, now)}`,
            feed.firstWordMinute === null ? null : `first public word ${sinceOnset(feed.firstWordMinute)}`,
            kept.length === 0 ? null : `${kept.length} kept as evidence`,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        {!isAtRest(view.state) && feed.state !== 'not_read_yet' && (
          <span className={styles['hash']}>
            <Button
              aria-label={`Attach what ${feed.name} says now`}
              onPress={() => void attach.statement(feed.feedId, feed.name)}
            >
              Attach
            </Button>
          </span>
        )}
      </div>
      <p className={styles['note']}>{feed.sentence}</p>
      {status === 'could_not_check' && feed.lastGoodAt !== null && (
        <p className={styles['note']}>Last good answer {age(feed.lastGoodAt, now)}.</p>
      )}
    </li>
  );
}
