import { describe, expect, it } from 'vitest';
import { judge } from '../../../../main/core/verdict/judge.ts';
import { barOf, build, fullScale, polyline } from '../../../../renderer/features/explain/bars.ts';
import { playbook } from '../small-playbook.ts';

describe('barOf', () => {
  it('goes left of the line for the provider, right for us, and around it for shared and third party', () => {
    expect(barOf('provider', 2, 4)).toEqual({ from: 0.25, to: 0.5 });
    expect(barOf('customer', 4, 4)).toEqual({ from: 0.5, to: 1 });
    expect(barOf('shared', 2, 4)).toEqual({ from: 0.375, to: 0.625 });
    expect(barOf('third_party', 4, 4)).toEqual({ from: 0.25, to: 0.75 });
  });

  it('stays in the picture whatever it is given', () => {
    expect(barOf('customer', 9, 4)).toEqual({ from: 0.5, to: 1 });
    expect(barOf('provider', -1, 4)).toEqual({ from: 0.5, to: 0.5 });
    expect(barOf('provider', 1, 0)).toEqual({ from: 0.5, to: 0.5 });
    expect([fullScale([]), fullScale([{ size: 0.2 }, { size: 2.1 }])]).toEqual([1, 3]);
  });
});

describe('build', () => {
  const facts = {
    provider: 'gcp',
    nowMinute: 40,
    observations: [
      { check: 'changes', answers: ['deploy', 'dns'], minute: 30, evidence: [] },
      { check: 'account_health', answers: ['matching'], minute: 20, evidence: [] },
      { check: 'scope', answers: ['global'], minute: 10, evidence: [] },
    ],
  } as const;
  const judgement = judge(playbook, facts);
  const moments = build(judgement.prior, judgement.contributions, (id) => id);

  it('begins at the prior, follows the clock, and ends exactly at the engine’s probabilities, caps included', () => {
    expect(moments.map(({ minute, what }) => [minute, what])).toEqual([
      [null, 'Before any check'],
      [10, 'scope: Everywhere'],
      [20, 'account_health: A matching event'],
      [30, 'changes: A deploy, DNS'],
    ]);
    expect(judgement.contributions.some(({ capped }) => capped)).toBe(true);
    for (const side of ['provider', 'customer', 'shared', 'third_party'] as const) {
      expect(moments.at(-1)?.probabilities[side]).toBeCloseTo(judgement.probabilities[side], 10);
    }
  });

  it('draws as evenly spaced points from the left edge to the right one', () => {
    const points = polyline(moments, 'provider', 300, 100).split(' ');
    expect(points.map((point) => Number(point.split(',')[0]))).toEqual([0, 100, 200, 300]);
    expect(points[0]).toBe('0,75');
  });
});
