import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { FeedBoardItem, IncidentView } from '../../../preload/contract/views.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import { feedWord, firstWord } from '../../lib/feed-words.ts';
import { age } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import styles from './provider-view.module.css';

/** Every feed of the incident with its word, its ages and its sentence; the chosen one is shown beside the list. */
export function FeedList({
  view,
  feeds,
  chosen,
  onChoose,
}: {
  readonly view: IncidentView;
  /** In the order in which they are shown. */
  readonly feeds: readonly FeedBoardItem[];
  readonly chosen: string | null;
  readonly onChoose: (feedId: string) => void;
}): ReactNode {
  return (
    <GridList
      aria-label="Feeds, what concerns us first"
      className={styles['feeds'] ?? ''}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) onChoose(String(key));
      }}
    >
      {feeds.map((feed) => (
        <GridListItem
          key={feed.feedId}
          id={feed.feedId}
          textValue={feed.name}
          className={styles['feed'] ?? ''}
        >
          <FeedLines view={view} feed={feed} />
        </GridListItem>
      ))}
    </GridList>
  );
}

function FeedLines({ view, feed }: { readonly view: IncidentView; readonly feed: FeedBoardItem }): ReactNode {
  const now = useNow(view.drill);
  const { status, word } = feedWord(feed);
  const { checkedAt, lastGoodAt, lastGoodSentence } = feed;
  const isHole = status === 'could_not_check';
  const ages = [
    checkedAt === null ? null : `asked ${age(checkedAt, now)}`,
    isHole && lastGoodAt !== null ? `last good answer ${age(lastGoodAt, now)}` : null,
    firstWord(feed.firstWordMinute),
  ].filter((part) => part !== null);
  return (
    <div className={styles['lines']}>
      <div className={styles['head']}>
        <StatusMark status={status} word={word} />
        <strong className={styles['name']}>{feed.name}</strong>
      </div>
      {ages.length > 0 && <span className={styles['muted']}>{ages.join(' · ')}</span>}
      <span className={styles['sentence']}>{feed.sentence}</span>
      {isHole && lastGoodSentence !== null && (
        <span className={styles['sentence']}>It said then: {lastGoodSentence}</span>
      )}
    </div>
  );
}
