import type { ReactNode } from 'react';
import type { FeedLane, FeedLanes } from '../../main/core/report/feed-lanes.ts';
import { placeOn, ticksOf } from '../lib/feed-lanes.ts';
import { segmentWord } from '../lib/feed-words.ts';
import { sinceOnset } from '../lib/format.ts';
import styles from './lane-strip.module.css';
import { StatusMark } from './status-mark.tsx';

type Axis = Pick<FeedLanes, 'from' | 'until' | 'onset'>;

/** A place on the strip as a length from its left edge. */
function percent(place: number): string {
  return `${(place * 100).toFixed(3)}%`;
}

/** What is said now is never too short for its mark to be seen, however young it is. */
const NEWEST_PX = 22;

function leftEdge(place: number, isNewest: boolean): string {
  return isNewest ? `min(${percent(place)}, calc(100% - ${NEWEST_PX}px))` : percent(place);
}

/**
 * What one feed said over time, as a band: shape, word and colour per span, onset and the first public word marked. The same
 * stands in words beside it wherever it is drawn, so a screen reader is spared the picture.
 */
export function LaneStrip({
  axis,
  lane,
  cursor,
}: {
  readonly axis: Axis;
  readonly lane: FeedLane;
  /** A moment to mark. */
  readonly cursor?: string;
}): ReactNode {
  return (
    <div className={styles['strip']} aria-hidden="true">
      {lane.segments.map((segment, index) => {
        const { status, word } = segmentWord(segment);
        const isNewest = index === lane.segments.length - 1;
        const [left, right] = [placeOn(axis, segment.from), placeOn(axis, segment.until)];
        return (
          <div
            key={segment.from}
            className={styles['segment']}
            data-status={segment.saying === 'not_asked' ? 'not_asked' : status}
            data-newest={isNewest || undefined}
            style={{ left: leftEdge(left, isNewest), width: percent(right - left) }}
            title={segment.about === '' ? word : `${word}: ${segment.about}`}
          >
            <StatusMark status={status} word={word} />
          </div>
        );
      })}
      <div className={styles['onset']} style={{ left: percent(placeOn(axis, axis.onset)) }} />
      {lane.firstWord !== null && (
        <div className={styles['first']} style={{ left: percent(placeOn(axis, lane.firstWord.at)) }} />
      )}
      {cursor !== undefined && (
        <div className={styles['cursor']} style={{ left: percent(placeOn(axis, cursor)) }} />
      )}
    </div>
  );
}

/** The minutes below a strip, counted from onset. */
export function LaneAxis({ axis }: { readonly axis: Axis }): ReactNode {
  return (
    <div className={styles['axis']} aria-hidden="true">
      {ticksOf(axis).map(({ minute, place }) => (
        <span
          key={minute}
          className={styles['tick']}

          style={{ left: percent(place) }}
        >
          {minute === 0 ? 'onset' : sinceOnset(minute)}
        </span>
      ))}
    </div>
  );
}
