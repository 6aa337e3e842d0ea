import { describe, expect, test } from 'vitest';
import type { EventType } from '../../../main/core/incident/events.ts';
import { timelineOf } from '../../../main/core/report/timeline.ts';
import type { TimelineItem, TrailEntry } from '../../../main/core/report/model.ts';
import { addMinutes } from '../../../main/core/time.ts';
import {
  accept,
  answer,
  DECLARE,
  MATCH,
  ONSET,
  PLAYBOOK,
  reading,
  SHA,
  withdraw,
  type Step,
} from '../incident/fixtures.ts';
import { DRILL_STORY, STORY, trailOf } from './fixtures.ts';

function told(steps: readonly Step[]): readonly TimelineItem[] {
  return timelineOf(trailOf(steps), PLAYBOOK);
}

function entry(type: string, data: unknown, minute = 60): TrailEntry {
  const at = addMinutes(ONSET, minute);
  return { seq: 99, writer: 'w', hash: SHA, type, data, at, offsetMinutes: 0, actor: 'a.ruiz' };
}

/** The sentence of one further entry after the story. */
function tellsOf(type: EventType, data: unknown): Pick<TimelineItem, 'title' | 'detail' | 'lane'> {
  const [item] = timelineOf([...trailOf(STORY), entry(type, data)], PLAYBOOK).slice(-1);
  if (item === undefined) throw new Error('no item');
  return { lane: item.lane, title: item.title, detail: item.detail };
}

test('an incident is told in sentences, one per entry', () => {
  expect(told(STORY).map(({ minute, lane, kind, title }) => [minute, lane, kind, title])).toEqual([
    [4, 'line', 'incident', 'Incident declared: Checkout errors'],
    [5, 'provider', 'feed', 'Google Cloud status is silent about this'],
    [6, 'customer', 'evidence', 'Evidence added: trail.json'],
    [7, 'provider', 'observation', 'Status page: Nothing'],
    [7, 'line', 'verdict', 'Verdict: inconclusive. Customer leads with 26 %'],
    [9, 'customer', 'observation', 'Recent change: A policy'],
    [9, 'customer', 'verdict', 'Verdict: the customer’s side'],
    [10, 'customer', 'observation', 'Recent change: Nothing'],
    [10, 'line', 'verdict', 'Verdict: inconclusive. Shared leads with 34 %'],
    [12, 'line', 'observation', 'Minutes before: could not check'],
    [71, 'provider', 'feed', 'Google Cloud status says an incident that matches: Several products fail'],
    [72, 'provider', 'observation', 'Status page: An incident that matches'],
    [72, 'provider', 'verdict', 'Verdict: the provider’s side'],
    [75, 'provider', 'verdict', 'p.nair accepted the verdict: the provider’s side'],
    [75, 'provider', 'escalation', 'Escalation started for the provider’s side: 1 level'],
    [78, 'provider', 'escalation', 'Dana did not answer: Open a support case'],
    [91, 'provider', 'feed', 'Google Cloud status says an incident that matches: Several products fail'],
    [
      91,
      'provider',
      'feed',
      'Google Cloud status moved the start it claims from 2025-06-12 19:00:00Z to 2025-06-12 17:51:00Z',
    ],
    [100, 'line', 'incident', 'Amended: severity'],
    [101, 'line', 'note', 'Note: Recovering in europe-west1.'],
    [102, 'line', 'observation', 'a.ruiz withdrew an answer: Minutes before: could not check'],
    [180, 'line', 'incident', 'a.ruiz closed the incident'],
  ]);
});

describe('what stands below a title', () => {
  const items = told(STORY);
  const detail = (seq: number) => items[seq - 1]?.detail;

  test('a declaration says what it is about and which playbook it began with', () => {
    expect(detail(1)).toEqual([
      'Onset: 2025-06-12 17:51:00Z',
      'Provider: Google Cloud',
      'Services: Cloud Run',
      'Regions: europe-west1',
      'Severity: 1',
      'Workload: shop',
      'Lead: a.ruiz',
      `Playbook: small 1.0.0, SHA-256 ${SHA}`,
    ]);
  });

  test('evidence says its SHA-256 and its size', () => {
    expect(detail(3)).toEqual(['CloudTrail, 12 records', `SHA-256 ${SHA}, 1,974 bytes`]);
  });

  test('an answer says its note line by line, and the evidence behind it', () => {
    expect([detail(4), detail(6)]).toEqual([['Looked twice.', 'Still green.'], ['Evidence: trail.json']]);
  });

  test('an answer that changes another says which', () => {
    expect(detail(8)).toEqual(['Supersedes the answer before: A policy', 'That was last week.']);
  });

  test('could not check is called a hole', () => {
    expect(detail(10)).toEqual(['No access.', 'A hole: it counts neither for nor against any side.']);
  });

  test('a reading says what the provider claims and when it first spoke', () => {
    expect(detail(11)).toEqual([
      'Several products fail (ow5i3PPK96RduMcb1SsW, open): Provider, service, region and time fit; start claimed 2025-06-12 19:00:00Z; first public word at T+71 min',
      `Snapshot, SHA-256 ${'b'.repeat(64)}`,
    ]);
  });

  test('what a provider changes about its own words is said in words, a scope with every name', () => {
    const full = {
      ...MATCH,
      claimedEnd: null,
      severity: 'degraded' as const,
      services: ['Cloud Run'],
      regions: ['europe-west1'],
    };
    const end = addMinutes(ONSET, 240);
    const later = { ...full, claimedEnd: end, severity: 'outage' as const, lifecycle: 'closed' as const };
    const wider = { ...later, claimedEnd: null, services: ['Cloud Run', 'Cloud Storage'] };
    const said = told([
      [4, DECLARE],
      ...[full, later, wider].map((match, at): Step => [
        71 + at,
        reading({ saying: 'matching', matches: [match] }),
      ]),
    ]).filter(({ title }) => !title.includes('says an incident'));
    expect(said.slice(1).map(({ title, detail: lines }) => [title, lines.slice(1)])).toEqual([
      ['Google Cloud status now claims an end, 2025-06-12 21:51:00Z', []],
      ['Google Cloud status changed its state from open to closed', []],
      ['Google Cloud status changed the severity it claims from degraded to outage', []],
      ['Google Cloud status took back the end it claimed, 2025-06-12 21:51:00Z', []],
      [
        'Google Cloud status names more, from 1 service, 1 region to 2 services, 1 region',
        ['Now named too: Cloud Storage'],
      ],
    ]);
  });

  test('an escalation says whom to reach by when', () => {
    expect(detail(15)).toEqual([
      'Open a support case: Provider support (no contact is known) by 2025-06-12 18:36:00Z (T+45 min)',
    ]);
  });

  test('an amendment says from what to what', () => {
    expect(detail(19)).toEqual(['Severity: from 1 to 2']);
  });
});

describe('what no longer counts is kept and marked', () => {
  const marked = (steps: readonly Step[]) =>
    told(steps)
      .filter(({ superseded }) => superseded)
      .map(({ title }) => title);

  test('superseded and withdrawn answers and earlier verdicts are marked, and nothing else', () => {
    expect(marked(STORY)).toEqual([
      'Status page: Nothing',
      'Verdict: inconclusive. Customer leads with 26 %',
      'Recent change: A policy',
      'Verdict: the customer’s side',
      'Verdict: inconclusive. Shared leads with 34 %',
      'Minutes before: could not check',
    ]);
  });

  test('an answer that came back by undo is not marked', () => {
    const steps: readonly Step[] = [
      [0, DECLARE],
      [1, answer('o-1', 'status', ['silent'])],
      [2, answer('o-2', 'status', ['matching'])],
      [3, withdraw('o-2')],
    ];
    expect(marked(steps).filter((title) => title.startsWith('Status'))).toEqual([
      'Status page: An incident that matches',
    ]);
    expect(told(steps).findLast(({ kind }) => kind === 'observation')?.detail).toEqual([
      'The answer before it stands again: Nothing',
    ]);
  });

  test('a verdict accepted anew marks the one before, with its escalation', () => {
    const steps: readonly Step[] = [...STORY.slice(0, 10), [76, accept('customer', 'We found it.')]];
    expect(marked(steps).slice(-2)).toEqual([
      'p.nair accepted the verdict: the provider’s side',
      'Escalation started for the provider’s side: 1 level',
    ]);
    expect(told(steps).at(-2)?.title).toBe(
      'a.ruiz overruled the engine: the customer’s side, not the provider’s side',
    );
  });
});

describe('entries of every kind', () => {
  test.each([
    [
      'incident.reopened',
      { reason: 'It is back.' },
      { lane: 'line', title: 'a.ruiz reopened the incident', detail: ['It is back.'] },
    ],
    [
      'deadline.passed',
      { levelId: 'first', title: 'Open a support case', due: addMinutes(ONSET, 45) },
      {
        lane: 'provider',
        title: 'Deadline passed, nobody reached: Open a support case',
        detail: ['It was due 2025-06-12 18:36:00Z (T+45 min)'],
      },
    ],
    [
      'page.recorded',
      { id: 'p-2', levelId: 'first', contactName: 'Dana', outcome: 'answered', note: 'Case 123.' },
      {
        lane: 'provider',
        title: 'Dana answered: Open a support case',
        detail: ['Case 123.', 'After the deadline of 2025-06-12 18:36:00Z'],
      },
    ],
    [
      'export.made',
      { files: [{ format: 'md', name: 'DM-7.md', sha256: SHA }], count: 1, head: SHA },
      {
        lane: 'line',
        title: 'Exported as md',
        detail: [`DM-7.md, SHA-256 ${SHA}`, `The trail had 1 entry then; its head was ${SHA}`],
      },
    ],
    [
      'clock.went_back',
      { from: addMinutes(ONSET, 10), to: addMinutes(ONSET, 9) },
      {
        lane: 'line',
        title: 'The writer’s clock went back by 60 seconds',
        detail: [
          'From 2025-06-12 18:01:00Z to 2025-06-12 18:00:00Z; the order of the entries is unaffected.',
        ],
      },
    ],
    [
      'feed.read',
      {
        feedId: 'cf',
        feedName: 'Cloudflare',
        kind: 'statuspage',
        state: 'unreadable',
        reason: 'The answer is an HTML page, not the feed.',
        sha256: null,
        saying: 'could_not_check',
        matches: [],
      },
      {
        lane: 'third_party',
        title: 'Could not check Cloudflare',
        detail: ['The answer is an HTML page, not the feed.'],
      },
    ],
  ] as const)('%s', (type, data, expected) => {
    expect(tellsOf(type, data)).toEqual(expected);
  });

  test('a finished drill tells its points and why', () => {
    expect(told(DRILL_STORY).at(-1)).toMatchObject({
      kind: 'drill',
      title: 'Drill finished: 81 of 100 points',
      detail: [
        'The truth: the provider’s side; the verdict given: the provider’s side',
        'The verdict: 40 of 40. It was provider.',
      ],
    });
  });

  test('a drill’s declaration names its scenario', () => {
    const [first] = told(DRILL_STORY);
    expect([first?.title, first?.detail.at(-1)]).toEqual([
      'Drill declared: Checkout errors',
      `Scenario: A small scenario, at 10x, SHA-256 ${SHA}`,
    ]);
  });
});

describe('entries this version cannot read', () => {
  test('an unknown type is shown as it is', () => {
    const [item] = timelineOf(
      [...trailOf(STORY), entry('room.joined', { who: 'b', n: [1] })],
      PLAYBOOK,
    ).slice(-1);
    expect(item).toEqual({
      seq: 99,
      at: addMinutes(ONSET, 60),
      offsetMinutes: 0,
      actor: 'a.ruiz',
      minute: 60,
      lane: 'line',
      kind: 'unknown',
      title: 'An entry this version cannot read: room.joined',
      detail: ['{"who":"b","n":[1]}'],
      superseded: false,
      hash: SHA,
    });
  });

  test('a known type whose data do not fit is shown as it is too', () => {
    const [item] = timelineOf([...trailOf(STORY), entry('note.added', { text: 7 })], PLAYBOOK).slice(-1);
    expect([item?.kind, item?.detail]).toEqual(['unknown', ['{"text":7}']]);
  });

  test('a trail of nothing readable still has every entry', () => {
    expect(
      timelineOf([entry('a', null), entry('b', null, 61)], PLAYBOOK).map(({ minute }) => minute),
    ).toEqual([0, 1]);
    expect(timelineOf([], PLAYBOOK)).toEqual([]);
  });
});

test('minutes count from the onset as it was amended last', () => {
  const items = told([
    [0, DECLARE],
    [10, { type: 'amend', changes: { onset: addMinutes(ONSET, -5) } }],
  ]);
  expect(items.map(({ kind, minute }) => [kind, minute])).toEqual([
    ['incident', 5],
    ['incident', 15],
    ['verdict', 15],
  ]);
});

test('ten thousand notes are told in well under a second', () => {
  const [first] = trailOf(STORY);
  if (first === undefined) throw new Error('no first entry');
  const notes = Array.from({ length: 10_000 }, (_, index) =>
    entry('note.added', { text: `n ${index}` }, index),
  );
  const before = performance.now();
  expect(timelineOf([first, ...notes], PLAYBOOK)).toHaveLength(10_001);
  expect(performance.now() - before).toBeLessThan(2000);
});
