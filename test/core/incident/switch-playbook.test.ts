import { describe, expect, test } from 'vitest';
import type { Command } from '../../../main/core/incident/commands.ts';
import { decide } from '../../../main/core/incident/decide.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { answer, DECLARE, ONSET, play, PLAYBOOK, stateAfter, type Step } from './fixtures.ts';

const DECLARED: Step = [5, DECLARE];
const BOTH_SIDES: readonly Step[] = [
  DECLARED,
  [6, answer('o-1', 'status', ['matching'])],
  [7, answer('o-2', 'change', ['none'])],
];

describe('switching the playbook', () => {
  const to = { id: 'other', version: '2.0.0', sha256: 'b'.repeat(64) };
  const switchTo = (reason = 'The errors are denials.'): Step => [
    8,
    { type: 'switch_playbook', to, title: 'The other', reason },
  ];
  const other = { ...PLAYBOOK, id: 'other', checks: PLAYBOOK.checks.filter(({ id }) => id !== 'status') };

  test('goes on with the other one, with the reason, and keeps every answer', () => {
    const { state, events } = play([...BOTH_SIDES, switchTo()]);
    expect(state?.playbook).toEqual(to);
    expect(state?.earlierPlaybooks).toEqual([DECLARE.playbook]);
    expect(events.at(-1)).toMatchObject({
      type: 'playbook.switched',
      data: { from: DECLARE.playbook, to, reason: 'The errors are denials.' },
    });
    expect(state?.observations).toEqual(stateAfter(BOTH_SIDES).observations);
  });

  test('is judged at once by the playbook switched to, where it thinks otherwise', () => {
    const before = stateAfter(BOTH_SIDES);
    const stamp = { at: addMinutes(ONSET, 8), offsetMinutes: 120, actor: 'a.ruiz' };
    const decision = decide(before, switchTo()[1], other, stamp);
    expect(decision.ok && decision.value.map(({ type }) => type)).toEqual([
      'playbook.switched',
      'verdict.changed',
    ]);
    expect(decision.ok && decision.value[1]?.data).toMatchObject({
      verdict: 'inconclusive',
      previous: 'provider',
      because: 'The playbook is now The other.',
    });
  });

  test('judges nothing while nothing was judged', () => {
    expect(play([DECLARED, switchTo()]).events.map(({ type }) => type)).toEqual([
      'incident.declared',
      'playbook.switched',
    ]);
  });

  test('to the one already followed is refused; back and forth is told once', () => {
    expect(play([DECLARED, [8, { ...back, to: DECLARE.playbook }]]).refusal?.message).toBe(
      'This incident follows that playbook already.',
    );
    const state = stateAfter([DECLARED, switchTo(), [9, back], switchTo('Again.')]);
    expect(state.earlierPlaybooks).toEqual([DECLARE.playbook]);
  });

  const back: Extract<Command, { type: 'switch_playbook' }> = {
    type: 'switch_playbook',
    to: DECLARE.playbook,
    title: 'Small playbook',
    reason: 'It was no denial.',
  };
});
