import { describe, expect, test } from 'vitest';
import type { Command } from '../../../main/core/incident/commands.ts';
import type { DrillScore } from '../../../main/core/incident/events.ts';
import { PageId } from '../../../main/core/ids.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { standingObservations, type IncidentState } from '../../../main/core/incident/state.ts';
import {
  accept,
  answer,
  DECLARE,
  DRILL,
  FILE,
  LEVEL,
  MATCH,
  ONSET,
  play,
  reading,
  SHA,
  stateAfter,
  withdraw,
  type Step,
} from './fixtures.ts';

const DECLARED: Step = [5, DECLARE];
const BOTH_SIDES: readonly Step[] = [
  DECLARED,
  [6, answer('o-1', 'status', ['matching'])],
  [7, answer('o-2', 'change', ['none'])],
];

function refused(steps: readonly Step[]): string | undefined {
  return play(steps).refusal?.message;
}

function answersOf(state: IncidentState): readonly (readonly [string, readonly string[], string])[] {
  return state.observations.map(
    ({ observationId, answers, status }) => [observationId, answers, status] as const,
  );
}

function types(steps: readonly Step[]): readonly string[] {
  return play(steps).events.map(({ type }) => type);
}

describe('declaring', () => {
  test('a declared incident is open and knows who declared it when', () => {
    const state = stateAfter([DECLARED]);
    expect({
      status: state.status,
      mode: state.mode,
      by: state.declaredBy,
      at: state.declaredAt,
      scope: state.scope,
      entries: state.entries,
    }).toEqual({
      status: 'open',
      mode: 'live',
      by: 'a.ruiz',
      at: addMinutes(ONSET, 5),
      scope: DECLARE.scope,
      entries: 1,
    });
  });

  test('nothing can be done to an incident before it is declared', () => {
    expect(play([[0, { type: 'note', text: 'hello' }]]).refusal).toEqual({
      code: 'not_found',
      message: 'This incident has not been declared.',
    });
  });

  test('an incident is declared once', () => {
    expect(play([DECLARED, [6, DECLARE]]).refusal?.code).toBe('conflict');
  });

  test('a drill needs a scenario, and a live incident has none', () => {
    expect(refused([[0, { ...DRILL, drill: null }]])).toBe('A drill needs a scenario.');
    expect(refused([[0, { ...DECLARE, drill: DRILL.drill }]])).toBe('A live incident has no scenario.');
  });
});

describe('answering', () => {
  test('changing an answer supersedes and keeps the first', () => {
    const state = stateAfter([
      DECLARED,
      [6, answer('o-1', 'status', ['silent'])],
      [7, answer('o-2', 'status', ['matching'])],
    ]);
    expect(answersOf(state)).toEqual([
      ['o-1', ['silent'], 'superseded'],
      ['o-2', ['matching'], 'standing'],
    ]);
    expect(state.observations[1]?.supersedes).toBe('o-1');
  });

  test('withdrawing an answer brings back the one it had superseded', () => {
    const state = stateAfter([
      DECLARED,
      [6, answer('o-1', 'status', ['silent'])],
      [7, answer('o-2', 'status', ['matching'])],
      [8, withdraw('o-2')],
    ]);
    expect(answersOf(state)).toEqual([
      ['o-1', ['silent'], 'standing'],
      ['o-2', ['matching'], 'withdrawn'],
    ]);
  });

  test('an answer that does not stand cannot be withdrawn again', () => {
    const steps: readonly Step[] = [DECLARED, [6, answer('o-1', 'status', ['silent'])], [7, withdraw('o-1')]];
    expect(refused([...steps, [8, withdraw('o-1')]])).toBe('That answer does not stand any more.');
  });

  test('an observation is recorded once, whatever it says the second time', () => {
    const again: Step = [9, answer('o-1', 'status', ['silent'])];
    expect(refused([...BOTH_SIDES, again])).toBe('The observation o-1 has been recorded already.');
  });

  test('a check or an answer that the playbook does not have is refused', () => {
    expect(refused([DECLARED, [6, answer('o-1', 'horoscope', ['good'])]])).toBe(
      'The playbook has no check "horoscope".',
    );
    expect(refused([DECLARED, [6, answer('o-1', 'status', ['purple'])]])).toBe(
      '"Status page" has no answer "purple".',
    );
  });

  test('a check that takes one answer refuses two, one that takes several does not', () => {
    expect(refused([DECLARED, [6, answer('o-1', 'status', ['silent', 'matching'])]])).toBe(
      '"Status page" takes one answer.',
    );
    expect(refused([DECLARED, [6, answer('o-1', 'change', ['policy', 'network'])]])).toBeUndefined();
  });

  test('could not check stands alone, also where several answers are taken', () => {
    expect(refused([DECLARED, [6, answer('o-1', 'change', ['policy', 'could_not_check'])]])).toBe(
      '"Recent change" takes one answer.',
    );
  });

  test('evidence that is not part of the incident cannot stand behind an answer', () => {
    const withFile = answer('o-1', 'change', ['policy'], { evidence: [FILE.evidence.evidenceId] });
    expect(refused([DECLARED, [6, withFile]])).toBe('The evidence e-1 is not part of this incident.');
    expect(refused([DECLARED, [6, FILE], [7, withFile]])).toBeUndefined();
  });

  test('the same evidence added twice is there once', () => {
    expect(stateAfter([DECLARED, [6, FILE], [7, FILE]]).evidence).toHaveLength(1);
  });
});

describe('the verdict', () => {
  test('the first answer records a first judgement beside its cause', () => {
    const { events } = play([DECLARED, [6, answer('o-1', 'status', ['matching'])]]);
    expect(events.map(({ type }) => type)).toEqual([
      'incident.declared',
      'observation.recorded',
      'verdict.changed',
    ]);
    expect(events[2]).toMatchObject({
      data: {
        verdict: 'inconclusive',
        declared: false,
        leading: 'provider',
        previous: null,
        because: 'Status page: An incident that matches',
      },
    });
  });

  test('a verdict is declared when both sides were looked at', () => {
    expect(stateAfter(BOTH_SIDES).verdicts.map(({ verdict, previous }) => [verdict, previous])).toEqual([
      ['inconclusive', null],
      ['provider', 'inconclusive'],
    ]);
  });

  test('an answer that changes nothing about the verdict adds no verdict entry', () => {
    const more: Step = [8, answer('o-3', 'before', ['minutes'], { number: 12 })];
    expect(types([...BOTH_SIDES, more]).filter((type) => type === 'verdict.changed')).toHaveLength(2);
  });

  test('withdrawing the telling answer takes the verdict back', () => {
    const { verdicts } = stateAfter([...BOTH_SIDES, [9, withdraw('o-1')]]);
    expect(verdicts.at(-1)).toMatchObject({
      verdict: 'inconclusive',
      previous: 'provider',
      because: 'Answer withdrawn: Status page',
    });
  });

  test('nothing can be accepted before anything was checked', () => {
    expect(refused([DECLARED, [6, accept('provider')]])).toBe(
      'Nothing has been checked yet, so there is no verdict to accept.',
    );
  });

  test('accepting starts the escalation in the same step', () => {
    const { state, events } = play([...BOTH_SIDES, [30, accept('provider')]]);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['verdict.accepted', 'escalation.started']);
    expect(state?.accepted).toMatchObject({ verdict: 'provider', by: 'a.ruiz', at: addMinutes(ONSET, 30) });
    expect(state?.escalation).toEqual({
      verdict: 'provider',
      levels: [LEVEL],
      startedAt: addMinutes(ONSET, 30),
      pages: [],
      passed: [],
    });
  });

  test('overruling the engine needs a reason, and keeps what the engine held', () => {
    expect(refused([...BOTH_SIDES, [30, accept('customer', '  ')]])).toBe(
      'A verdict other than the engine’s needs a reason.',
    );
    const { accepted } = stateAfter([...BOTH_SIDES, [30, accept('customer', 'We found the bad deploy.')]]);
    expect(accepted).toMatchObject({
      verdict: 'customer',
      reason: 'We found the bad deploy.',
      engine: { verdict: 'provider', declared: true },
    });
  });

  test('amending what the incident is about is refused when it changes nothing', () => {
    expect(refused([DECLARED, [6, { type: 'amend', changes: {} }]])).toBe('Nothing was changed.');
    expect(stateAfter([DECLARED, [6, { type: 'amend', changes: { severity: 3 } }]]).scope).toEqual({
      ...DECLARE.scope,
      severity: 3,
    });
  });
});

describe('feeds', () => {
  test('a reading that says what the last one said is no entry', () => {
    expect(types([DECLARED, [6, reading()], [7, reading({ sha256: 'b'.repeat(64) })]])).toEqual([
      'incident.declared',
      'feed.read',
    ]);
  });

  test('a start that the provider moves is an entry of its own, with both claims', () => {
    const moved = { ...MATCH, claimedStart: ONSET, lifecycle: 'recovering' as const };
    const { events } = play([
      DECLARED,
      [71, reading({ saying: 'matching', matches: [MATCH] })],
      [91, reading({ saying: 'matching', matches: [moved] })],
    ]);
    expect(events.slice(3).map(({ type, data }) => ({ type, data }))).toMatchObject([
      { type: 'feed.claim_changed', data: { claim: 'start', from: '2025-06-12T19:00:00.000Z', to: ONSET } },
      { type: 'feed.claim_changed', data: { claim: 'lifecycle', from: 'open', to: 'recovering' } },
    ]);
  });

  const FULL = {
    ...MATCH,
    claimedEnd: null,
    severity: 'degraded' as const,
    services: ['Cloud Run'],
    regions: ['europe-west1'],
  };
  const ENDED = addMinutes(ONSET, 240);
  test.each([
    ['an end', { claimedEnd: ENDED }, { claim: 'end', from: 'not said', to: ENDED }],
    ['a severity', { severity: 'outage' as const }, { claim: 'severity', from: 'degraded', to: 'outage' }],
    [
      'more services and regions',
      { services: ['Cloud Run', 'Cloud Storage'], regions: ['us-central1'] },
      {
        claim: 'scope',
        from: '1 service, 1 region',
        to: '2 services, 1 region',
        added: ['Cloud Storage', 'us-central1'],
        removed: ['europe-west1'],
      },
    ],
  ])('%s that the provider claims later is an entry of its own', (_, changes, data) => {
    const { events } = play([
      DECLARED,
      [71, reading({ saying: 'matching', matches: [FULL] })],
      [91, reading({ saying: 'matching', matches: [{ ...FULL, ...changes }] })],
    ]);
    expect(events.slice(3).map((one) => ({ type: one.type, data: one.data }))).toMatchObject([
      { type: 'feed.claim_changed', data },
    ]);
  });

  test('a claim that changed while the feed could not be read is an entry all the same', () => {
    const hole = reading({ saying: 'could_not_check', state: 'unreadable', reason: 'HTML.', sha256: null });
    const { events } = play([
      DECLARED,
      [71, reading({ saying: 'matching', matches: [MATCH] })],
      [80, hole],
      [91, reading({ saying: 'matching', matches: [{ ...MATCH, claimedStart: ONSET }] })],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'feed.claim_changed', data: { claim: 'start', to: ONSET } });
  });

  test('what an older version did not keep is not taken for a change', () => {
    const { events } = play([
      DECLARED,
      [71, reading({ saying: 'matching', matches: [MATCH] })],
      [91, reading({ saying: 'matching', matches: [FULL] })],
    ]);
    expect(events.map(({ type }) => type)).not.toContain('feed.claim_changed');
  });

  test('a feed that fails keeps when it last answered readably', () => {
    const failed = reading({ saying: 'could_not_check', state: 'unreadable', reason: 'HTML.', sha256: null });
    const [feed] = stateAfter([DECLARED, [6, reading()], [9, failed]]).feeds;
    expect({ at: feed?.at, saying: feed?.saying, lastGoodAt: feed?.lastGood?.at }).toEqual({
      at: addMinutes(ONSET, 9),
      saying: 'could_not_check',
      lastGoodAt: addMinutes(ONSET, 6),
    });
  });
});

describe('escalation', () => {
  const ESCALATED: readonly Step[] = [...BOTH_SIDES, [30, accept('provider')]];
  const page = (outcome: 'answered' | 'no_answer' | 'done', levelId = 'first') =>
    ({
      type: 'record_page',
      page: { id: PageId.parse(`p-${outcome}`), levelId, contactName: 'Dana', outcome, note: '' },
    }) as const;
  const deadlines = (minute: number): Step => [
    minute,
    { type: 'pass_deadlines', now: addMinutes(ONSET, minute) },
  ];

  test('a page to a level that is not under way is refused', () => {
    expect(refused([...BOTH_SIDES, [30, page('answered')]])).toBe('That escalation level is not under way.');
    expect(refused([...ESCALATED, [31, page('answered', 'ninth')]])).toBe(
      'That escalation level is not under way.',
    );
  });

  test('a deadline passes once, at its minute and not before', () => {
    expect(types([...ESCALATED, deadlines(44.99)]).includes('deadline.passed')).toBe(false);
    const passed = [...ESCALATED, deadlines(45), deadlines(46), deadlines(600)] as const;
    expect(types(passed).filter((type) => type === 'deadline.passed')).toHaveLength(1);
  });

  test('a deadline does not pass once somebody answered; trying in vain does not stop it', () => {
    expect(types([...ESCALATED, [40, page('answered')], deadlines(50)])).not.toContain('deadline.passed');
    expect(types([...ESCALATED, [40, page('no_answer')], deadlines(50)])).toContain('deadline.passed');
  });
});

describe('closing', () => {
  const CLOSED: readonly Step[] = [DECLARED, [60, { type: 'close', summary: 'Over.' }]];

  test('a closed incident refuses everything that would change it', () => {
    const message = 'This incident is closed. Reopen it to change it.';
    for (const command of [answer('o-1', 'status', ['silent']), FILE, reading(), accept('provider', 'x')]) {
      expect(refused([...CLOSED, [61, command]])).toBe(message);
    }
  });

  test('a closed incident can be exported, and reopened', () => {
    const made = { files: [{ format: 'md', name: 'DM-1.md', sha256: SHA }], count: 2, head: SHA };
    expect(refused([...CLOSED, [61, { type: 'record_export', export: made }]])).toBeUndefined();
    const reopened = stateAfter([...CLOSED, [61, { type: 'reopen', reason: 'It is back.' }]]);
    expect(reopened.status).toBe('open');
  });

  test('an open incident cannot be reopened', () => {
    expect(refused([DECLARED, [6, { type: 'reopen', reason: '' }]])).toBe('This incident is open.');
  });

  test('only a drill has a score, and it is given once', () => {
    const score: DrillScore = {
      truth: 'provider',
      verdict: 'provider',
      correct: true,
      minutesToVerdict: 20,
      points: 90,
      outOf: 100,
      lines: [],
    };
    const finish: Command = { type: 'finish_drill', score };
    expect(refused([DECLARED, [60, finish]])).toBe('Only a drill has a score.');
    const { state, events } = play([
      [0, DRILL],
      [60, finish],
      [61, finish],
    ]);
    expect(state?.score).toEqual(score);
    expect(events.filter(({ type }) => type === 'drill.finished')).toHaveLength(1);
  });
});

test('only the standing answers count for the verdict', () => {
  const state = stateAfter([...BOTH_SIDES, [8, answer('o-3', 'status', ['could_not_check'])]]);
  expect(standingObservations(state).map(({ observationId }) => observationId)).toEqual(['o-2', 'o-3']);
});
