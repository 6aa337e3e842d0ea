import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../../main/core/verdict/model.ts';
import { playbook } from '../small-playbook.ts';
import { currentCheck, otherChecks } from '../../../../renderer/features/triage/current-check.ts';

function proposed(...ids: string[]): Judgement['next'] {
  return ids.map((check) => ({
    check,
    side: 'both',
    gainBits: 0.5,
    costMinutes: 1,
    bitsPerMinute: 0.5,
    why: `Why ${check} now.`,
    asksAgain: false,
  }));
}
const judgement = {
  next: proposed('account_health', 'scope'),
  unchecked: [
    { check: 'account_health', atMost: 2 },
    { check: 'scope', atMost: 1.5 },
    { check: 'changes', atMost: 1.2 },
  ],
};
const idOf = (chosen: string | null, shown: string | null): string | undefined =>
  currentCheck(playbook, judgement, chosen, shown)?.check.id;

describe('currentCheck', () => {
  it('asks the best check when nothing is on the screen', () => {
    expect(currentCheck(playbook, judgement, null, null)).toMatchObject({
      check: { id: 'account_health' },
      why: 'Why account_health now.',
      better: null,
    });
  });

  it('keeps the question on the screen when news makes another one better, and names that one', () => {
    expect(currentCheck(playbook, judgement, null, 'scope')).toMatchObject({
      check: { id: 'scope' },
      better: 'account_health',
    });
  });

  it('moves on when what was on the screen can no longer be asked', () => {
    expect(idOf(null, 'minutes_before')).toBe('account_health');
  });

  it('asks what the responder chose, answered before or not, with the reason of the playbook', () => {
    expect(currentCheck(playbook, judgement, 'minutes_before', 'scope')).toMatchObject({
      check: { id: 'minutes_before' },
      why: 'Nearer is likelier.',
      next: null,
      better: null,
    });
  });

  it('is nothing when nothing is left, and does not trip over a check the playbook does not have', () => {
    expect(currentCheck(playbook, { next: [], unchecked: [] }, null, null)).toBeNull();
    expect(idOf('no_such_check', null)).toBe('account_health');
  });
});

describe('otherChecks', () => {
  it('lists what else can be asked, the proposals first with their rank, without the one on the screen', () => {
    expect(
      otherChecks(playbook, judgement, 'account_health').map(({ check, rank, atMost }) => [
        check.id,
        rank,
        atMost,
      ]),
    ).toEqual([
      ['scope', 2, 1.5],
      ['changes', null, 1.2],
    ]);
  });
});
