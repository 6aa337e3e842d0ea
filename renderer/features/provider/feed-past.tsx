import { useState, type ReactNode } from 'react';
import type { FeedLane, FeedLanes } from '../../../main/core/report/feed-lanes.ts';
import type { Instant } from '../../../main/core/time.ts';
import type { FeedStatementView } from '../../../preload/contract/feed-history-requests.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { LaneAxis, LaneStrip } from '../../components/lane-strip.tsx';
import { announce } from '../../lib/announce.ts';
import { ask } from '../../lib/api.ts';
import { isAtRest } from '../../lib/at-rest.ts';
import { useAttachBox } from '../../lib/attach-box.ts';
import { useCommands } from '../../lib/commands.ts';
import { copyText } from '../../lib/copy-text.ts';
import { sinceOnset, utcMinute, utcTime } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import styles from './provider-view.module.css';
import { minutesOf, momentOf, stepTo } from './scrub.ts';
import { Statement } from './statement.tsx';
import { useStatement } from './use-statement.ts';

/** One feed over time: its lane, a slider over the minutes, and what it said at the one chosen. */
export function FeedPast({
  view,
  feedId,
  lanes,
}: {
  readonly view: IncidentView;
  readonly feedId: string;
  readonly lanes: FeedLanes | null;
}): ReactNode {
  const [at, setAt] = useState<Instant | null>(null);
  const lane = lanes?.lanes.find((one) => one.feedId === feedId);
  const asked = view.feeds.find((one) => one.feedId === feedId)?.checkedAt ?? '';
  const statement = useStatement(
    view.state.id,
    feedId,
    at,
    at === null ? `${view.state.entries} ${asked}` : '',
  );
  const name = view.feeds.find((one) => one.feedId === feedId)?.name ?? '';
  return (
    <section className={styles['past']} aria-label={name}>
      {lanes !== null && lane !== undefined && <Scrubber lanes={lanes} lane={lane} at={at} onMove={setAt} />}
      {statement === null ? (
        <p role="status" className={styles['muted']}>
          Reading what it said…
        </p>
      ) : (
        <>
          <Actions view={view} statement={statement} at={at} />
          <Statement view={view} statement={statement} isPast={at !== null} />
        </>
      )}
    </section>
  );
}

/** Moves over the minutes: the arrow keys by one, Page Up and Down by many, `[` and `]` from change to change. */
function Scrubber({
  lanes,
  lane,
  at,
  onMove,
}: {
  readonly lanes: FeedLanes;
  readonly lane: FeedLane;
  readonly at: Instant | null;
  readonly onMove: (at: Instant | null) => void;
}): ReactNode {
  const { first, last } = minutesOf(lanes);
  const minute = at === null ? last : Math.floor(minutesBetween(lanes.onset, at));
  const marks = lane.segments.map(({ from }) => from);
  const earlier = stepTo(marks, at, 'earlier');
  const later = stepTo(marks, at, 'later');
  const where = at === null ? 'now' : `${sinceOnset(minute)}, ${utcMinute(at)}`;
  const step = (to: Instant | null): void => {
    onMove(to);
    announce(to === null ? 'Now' : `${sinceOnset(minutesBetween(lanes.onset, to))}, ${utcTime(to)}`);
  };
  useCommands([
    {
      id: 'provider.earlier',
      title: 'What it said before: to the change before',
      // Some keyboards have no bracket within reach.
      keys: ['[', 'j'],
      group: 'Incident',
      enabled: earlier !== null,
      run: () => {
        step(earlier);
      },
    },
    {
      id: 'provider.later',
      title: 'What it said after: to the next change',
      keys: [']', 'k'],
      group: 'Incident',
      enabled: at !== null,
      run: () => {
        step(later);
      },
    },
    {
      id: 'provider.now',
      title: 'What it says now',
      keys: ['Escape'],
      group: 'Incident',
      enabled: at !== null,
      run: () => {
        step(null);
      },
    },
  ]);
  return (
    <div className={styles['scrubber']}>
      <LaneStrip axis={lanes} lane={lane} {...(at !== null && { cursor: at })} />
      <input
        type="range"
        className={styles['slider']}
        aria-label="Minute to look at"
        aria-valuetext={where}
        min={first}
        max={last}
        step={1}
        value={minute}
        onChange={(event) => {
          const to = Number(event.target.value);
          onMove(to >= last ? null : momentOf(lanes, to));
        }}
      />
      <LaneAxis axis={lanes} />
      <div className={styles['steps']}>
        <Button
          keys="["
          isDisabled={earlier === null}
          onPress={() => {
            step(earlier);
          }}
        >
          Change before
        </Button>
        <Button
          keys="]"
          isDisabled={at === null}
          onPress={() => {
            step(later);
          }}
        >
          Next change
        </Button>
        <strong className={styles['where']}>{at === null ? 'Now' : `At ${where}`}</strong>
        {at !== null && (
          <Button
            keys="Escape"
            variant="quiet"
            onPress={() => {
              step(null);
            }}
          >
            Back to now
          </Button>
        )}
      </div>
    </div>
  );
}

/** What can be done with a statement: attach it, copy it, save its bytes. */
function Actions({
  view,
  statement,
  at,
}: {
  readonly view: IncidentView;
  readonly statement: FeedStatementView;
  readonly at: Instant | null;
}): ReactNode {
  const { attach, save, tell, told } = useActions(view, statement, at);
  const has = statement.snapshot !== null;
  const copy = async (): Promise<void> => {
    tell((await copyText(statement.markdown)) ? 'Copied as Markdown.' : 'Could not be copied.');
  };
  const isOpen = !isAtRest(view.state);
  useCommands([
    {
      id: 'provider.attach',
      title: `Attach this statement of ${statement.name} to the check being asked`,
      keys: ['s'],
      group: 'Answer',
      enabled: has && isOpen,
      run: () => void attach(),
    },
    {
      id: 'provider.copy',
      title: `Copy this statement of ${statement.name} as Markdown`,
      group: 'Incident',
      enabled: statement.polled !== null,
      run: () => void copy(),
    },
    {
      id: 'provider.save',
      title: `Save the raw bytes of this statement of ${statement.name}`,
      group: 'Incident',
      enabled: has,
      run: () => void save(),
    },
  ]);
  return (
    <div className={styles['actions']}>
      {isOpen && (
        <Button keys="s" isDisabled={!has} onPress={() => void attach()}>
          Attach to the check
        </Button>
      )}
      <Button isDisabled={!has} onPress={() => void save()}>
        Save raw bytes
      </Button>
      <Button isDisabled={statement.polled === null} onPress={() => void copy()}>
        Copy as Markdown
      </Button>
      {told !== null && (
        <span role="status" className={styles['muted']}>
          {told}
        </span>
      )}
    </div>
  );
}

function useActions(
  view: IncidentView,
  { feedId, name, at: shownAt }: FeedStatementView,
  at: Instant | null,
): {
  readonly attach: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** Says what was done, until another statement is looked at. */
  readonly tell: (text: string) => void;
  readonly told: string | null;
} {
  const { setFault, refresh } = useIncident();
  const put = useAttachBox((box) => box.put);
  const [last, say] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const incidentId = view.state.id;
  // What is said of one statement is not said of the next.
  const of = `${feedId} ${at ?? ''}`;
  const tell = (text: string): void => {
    say({ of, text });
    announce(text);
  };
  return {
    told: last?.of === of ? last.text : null,
    tell,
    attach: async () => {
      const attached = await ask('attachFeedStatement', { incidentId, feedId, at }, setFault);
      if (attached === null) return;
      const from = at === null ? `feed:${feedId}` : `evidence:${attached.evidenceId}`;
      const when = at === null ? 'now' : `at ${utcTime(shownAt)}`;
      put({ incidentId, from, id: attached.evidenceId, name: `${name}, ${when}` });
      tell('Attached: it goes with the answer of the check being asked.');
      await refresh();
    },
    save: async () => {
      const written = await ask('saveFeedSnapshot', { incidentId, feedId, at }, setFault);
      if (written === null) return;
      tell(`Saved: ${written.name} in ${written.folder}`);
    },
  };
}
