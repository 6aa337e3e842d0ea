import { useState, type ReactNode } from 'react';
import type { FeedLane, FeedLanes } from '../../../main/core/report/feed-lanes.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { LaneAxis, LaneStrip } from '../../components/lane-strip.tsx';
import { Table } from '../../components/table.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useFeedLanes } from '../../lib/feed-lanes.ts';
import { segmentWord } from '../../lib/feed-words.ts';
import { duration, sinceOnset } from '../../lib/format.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import { hrefOf } from '../../lib/navigation.ts';
import styles from './feed-lanes.module.css';

/** What each feed said over time on one axis, as bands or, equal to them, in words. Nothing while no feed was read. */
export function FeedLanesBlock({ view }: { readonly view: IncidentView }): ReactNode {
  const lanes = useFeedLanes(view);
  const [inWords, setInWords] = useState(false);
  const toggle = (): void => {
    setInWords(!inWords);
  };
  const title = inWords ? 'Feeds as bands' : 'Feeds in words';
  const isShown = lanes !== null && lanes.lanes.length > 0;
  useCommands([{ id: 'timeline.lanes', title, keys: ['w'], group: 'Window', enabled: isShown, run: toggle }]);
  if (!isShown) return null;
  return (
    <section className={styles['lanes']} aria-label="What the feeds said over time">
      <div
        className={styles['body']}
        role="group"
        aria-label={inWords ? 'In words' : 'As bands'}
        tabIndex={0}
      >
        {inWords ? <Words lanes={lanes} /> : <Bands view={view} lanes={lanes} />}
      </div>
      <Button keys="w" variant="quiet" onPress={toggle}>
        {title}
      </Button>
    </section>
  );
}

function Bands({ view, lanes }: { readonly view: IncidentView; readonly lanes: FeedLanes }): ReactNode {
  return (
    <div className={styles['grid']}>
      {lanes.lanes.map((lane) => (
        <Band key={lane.feedId} view={view} lanes={lanes} lane={lane} />
      ))}
      <span />
      <LaneAxis axis={lanes} />
    </div>
  );
}

function Band({
  view,
  lanes,
  lane,
}: {
  readonly view: IncidentView;
  readonly lanes: FeedLanes;
  readonly lane: FeedLane;
}): ReactNode {
  const query = { feed: lane.feedId };
  return (
    <>
      <div className={styles['name']}>
        <a href={hrefOf({ view: 'incident', id: view.state.id, tab: 'provider', query })}>{lane.name}</a>
        <span className={styles['first']}>{firstWords(lane)}</span>
      </div>
      <LaneStrip axis={lanes} lane={lane} />
    </>
  );
}

/** When a feed first spoke against onset: `first public word 71 minutes after onset`. */
function firstWords({ firstWord }: FeedLane): string {
  if (firstWord === null) return 'no public word that fits';
  const { minute } = firstWord;
  if (minute === 0) return 'first public word at onset';
  return `first public word ${duration(minute)} ${minute < 0 ? 'before' : 'after'} onset`;
}

/** The bands as a table: all that they show, and why. */
function Words({ lanes }: { readonly lanes: FeedLanes }): ReactNode {
  const minute = (at: Parameters<typeof minutesBetween>[0]): string =>
    sinceOnset(Math.floor(minutesBetween(lanes.onset, at)));
  return (
    <Table columns={['Feed', 'From', 'Until', 'What it said']} dense className={styles['table']}>
      {lanes.lanes.map((lane) => (
        <tbody key={lane.feedId}>
          {lane.segments.map((segment, index) => (
            <tr key={segment.from}>
              {index === 0 && (
                <th scope="rowgroup" rowSpan={lane.segments.length}>
                  {lane.name}: {firstWords(lane)}
                  {lane.firstRead !== null && `, first read by us ${sinceOnset(lane.firstRead.minute)}`}
                </th>
              )}
              <td>{minute(segment.from)}</td>
              <td>{minute(segment.until)}</td>
              <td>{[segmentWord(segment).word, segment.about].filter((part) => part !== '').join(': ')}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
}
