import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COULD_NOT_CHECK } from '../../../main/core/playbook/definition.ts';
import { Cases, type Case } from '../../../main/core/verdict/cases.ts';
import { simulate, simulateAll } from '../../../main/core/verdict/simulate.ts';
import { generalPlaybook } from '../playbook/general-playbook.ts';

const playbook = generalPlaybook();
const FILE = path.resolve(import.meta.dirname, '../../fixtures/cases.json');
const own = Cases.parse(JSON.parse(readFileSync(FILE, 'utf8')));

function ownCase(id: string): Case {
  const found = own.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No case ${id}`);
  return found;
}

describe('simulate', () => {
  it('finds the side in every case of our own writing', () => {
    const verdicts = simulateAll(playbook, own).map(({ id, verdict }) => [id, verdict]);
    expect(verdicts).toEqual(own.map(({ id, label }) => [id, label]));
  });

  it('never plays past the hour, and passes the cost of each check', () => {
    for (const { asked, minutes, declared } of simulateAll(playbook, own)) {
      expect(minutes).toBeLessThanOrEqual(60);
      if (!declared) expect(minutes).toBe(60);
      let before = 0;
      for (const { check, minute } of asked) {
        const cost = playbook.checks.find(({ id }) => id === check)?.costMinutes ?? 0;
        expect(minute - before).toBeGreaterThanOrEqual(cost);
        before = minute;
      }
    }
  });

  it('answers with what was known by then, and could_not_check before', () => {
    const one = ownCase('own-region-down');
    const { asked } = simulate(playbook, one);
    for (const { check, answers, minute } of asked) {
      const known = one.observations.filter((seen) => seen.check === check && (seen.minute ?? 99) <= minute);
      const latest = known.at(-1);
      expect(answers).toEqual([latest === undefined ? COULD_NOT_CHECK : latest.value]);
    }
  });

  it('gives all answers known so far to a check that takes several', () => {
    const { asked } = simulate(playbook, ownCase('own-open-bucket'));
    expect(asked.find(({ check }) => check === 'recent_change')?.answers).toEqual([
      'iam_policy',
      'network_rule',
    ]);
  });

  it('never uses what only hindsight knew', () => {
    const one = ownCase('own-bad-deploy');
    const hidden = { ...one, observations: one.observations.map((seen) => ({ ...seen, minute: null })) };
    const { verdict, asked } = simulate(playbook, hidden);
    expect(verdict).toBe('inconclusive');
    expect(new Set(asked.flatMap(({ answers }) => answers))).toEqual(new Set([COULD_NOT_CHECK]));
  });

  it('plays the same whatever the label, the trap, the title and the id say', () => {
    for (const one of own) {
      const masked = simulate(playbook, {
        ...one,
        id: 'masked',
        title: '',
        label: 'inconclusive',
        accept: ['customer'],
        trap: null,
      });
      const plain = simulate(playbook, one);
      expect([masked.asked, masked.verdict, masked.probabilities]).toEqual([
        plain.asked,
        plain.verdict,
        plain.probabilities,
      ]);
    }
  });

  it('gains nothing from unknowns: taking answers away never raises the winner beyond the full case', () => {
    const one = ownCase('own-region-down');
    const full = simulate(playbook, one).probabilities.provider;
    for (const gone of ['clean_canary', 'plane', 'failure_scope'])
      expect(
        simulate(playbook, { ...one, observations: one.observations.filter(({ check }) => check !== gone) })
          .probabilities.provider,
      ).toBeLessThanOrEqual(full + 0.1);
  });
});
