import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COULD_NOT_CHECK, HYPOTHESES } from '../../../main/core/playbook/definition.ts';
import { Provider } from '../../../main/core/sides.ts';
import { judge } from '../../../main/core/verdict/judge.ts';
import type { Distribution, Facts, ObservedAnswer } from '../../../main/core/verdict/model.ts';
import { generalPlaybook } from '../playbook/general-playbook.ts';
import { factsFrom } from './facts.ts';

const playbook = generalPlaybook();

/** Any answer to one check: one of its real answers, several where it takes several, or could_not_check. */
function anyObservation(check: (typeof playbook.checks)[number]): fc.Arbitrary<ObservedAnswer> {
  const real = check.answers.map(({ id }) => id).filter((id) => id !== COULD_NOT_CHECK);
  const answers = check.several
    ? fc.uniqueArray(fc.constantFrom(...real), { minLength: 1, maxLength: 3 })
    : fc.constantFrom(...real).map((one) => [one]);
  const given = fc.oneof(
    { weight: 5, arbitrary: answers },
    { weight: 1, arbitrary: fc.constant([COULD_NOT_CHECK]) },
  );
  return fc
    .tuple(given, fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 50_000 }))
    .map(([chosen, minute, number]) => ({
      check: check.id,
      answers: chosen,
      minute,
      evidence: [],
      ...(check.asksNumber !== undefined && chosen[0] !== COULD_NOT_CHECK ? { number } : {}),
    }));
}

const anyFacts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.constantFrom(...Provider.options),
    fc.tuple(...playbook.checks.map((check) => fc.option(anyObservation(check), { nil: null, freq: 2 }))),
  )
  .map(([provider, observed]) => ({
    provider,
    nowMinute: 180,
    observations: observed.filter((one) => one !== null),
  }));

function sumOf(distribution: Distribution): number {
  return HYPOTHESES.reduce((sum, one) => sum + distribution[one], 0);
}

describe('judge', () => {
  it('gives probabilities that sum to one', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(sumOf(judge(playbook, facts).probabilities)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('learns nothing from could_not_check', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const known = facts.observations.filter(({ answers }) => !answers.includes(COULD_NOT_CHECK));
        const with_ = judge(playbook, facts);
        expect(with_.probabilities).toEqual(judge(playbook, { ...facts, observations: known }).probabilities);
        expect(
          with_.contributions.map(({ check }) => check).filter((id) => with_.holes.includes(id)),
        ).toEqual([]);
      }),
    );
  });

  it('judges the same whatever the order of the observations', () => {
    fc.assert(
      fc.property(
        anyFacts.chain((facts) =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray([...facts.observations], { minLength: facts.observations.length }),
          ),
        ),
        ([facts, shuffled]) => {
          expect(judge(playbook, { ...facts, observations: shuffled })).toEqual(judge(playbook, facts));
        },
      ),
    );
  });

  it('adds up: prior and contributions give the posterior', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { prior, contributions, probabilities } = judge(playbook, facts);
        const odds = HYPOTHESES.map((one) =>
          contributions.reduce((sum, { logOdds }) => sum + logOdds[one], Math.log(prior[one])),
        );
        const weights = odds.map((one) => Math.exp(one));
        const total = weights.reduce((a, b) => a + b, 0);
        for (const [at, one] of HYPOTHESES.entries())
          expect(probabilities[one]).toBeCloseTo((weights[at] ?? 0) / total, 9);
      }),
    );
  });

  it('keeps every group within its cap', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { contributions } = judge(playbook, facts);
        for (const { id, cap } of playbook.groups) {
          const of = contributions.filter(({ group }) => group === id);
          const sums = HYPOTHESES.map((one) => of.reduce((sum, { logOdds }) => sum + logOdds[one], 0));
          expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(cap + 1e-9);
        }
      }),
    );
  });

  it('offers two changes together only where none alone turns the verdict, and both do', () => {
    let found = 0;
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { turns, turnTogether, verdict } = judge(playbook, facts);
        if (turnTogether === null) return;
        found += 1;
        expect(turns).toEqual([]);
        const to = new Map(turnTogether.changes.map((one) => [one.check, one.to]));
        const observations = facts.observations.map((one) => {
          const other = to.get(one.check);
          return other === undefined
            ? one
            : { check: one.check, answers: [other], minute: one.minute, evidence: [] };
        });
        const turned = judge(playbook, { ...facts, observations }).verdict;
        expect(turned).toBe(turnTogether.verdict);
        expect(turned).not.toBe(verdict);
      }),
    );
    expect(found).toBeGreaterThan(0);
  });

  it('offers only turns that really turn the verdict', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { turns, verdict } = judge(playbook, facts);
        for (const turn of turns) {
          const observations = facts.observations.map((one) =>
            one.check === turn.check
              ? { check: one.check, answers: [turn.to], minute: one.minute, evidence: [] }
              : one,
          );
          const turned = judge(playbook, { ...facts, observations }).verdict;
          expect(turned).toBe(turn.verdict);
          expect(turned).not.toBe(verdict);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('declares only with enough probability, margin and both sides looked at', () => {
    const { declare, margin } = playbook.thresholds;
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { declared, verdict, probabilities, lookedAt, missing, leading } = judge(playbook, facts);
        expect(declared).toBe(missing.length === 0);
        expect(verdict).toBe(declared ? leading : 'inconclusive');
        if (!declared) return;
        const [first = 0, second = 0] = Object.values(probabilities).sort((a, b) => b - a);
        expect(first).toBeGreaterThanOrEqual(declare - 1e-9);
        expect(first - second).toBeGreaterThanOrEqual(margin - 1e-9);
        expect(lookedAt).toEqual({ provider: true, customer: true });
      }),
    );
  });

  it('proposes only checks whose gates are open, each once, none just answered', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { next } = judge(playbook, facts);
        const ids = next.map(({ check }) => check);
        expect(new Set(ids).size).toBe(ids.length);
        const answered = new Map(facts.observations.map((one) => [one.check, one]));
        for (const { check, asksAgain, bitsPerMinute, gainBits, costMinutes } of next) {
          expect(asksAgain).toBe(answered.has(check));
          expect(bitsPerMinute).toBeCloseTo(gainBits / costMinutes, 12);
        }
        const hasRefusal = answered
          .get('error_signature')
          ?.answers.some((one) => ['authentication_failure', 'authorization_denied'].includes(one));
        if (hasRefusal !== true) expect(ids).not.toContain('denied_principals');
      }),
    );
  });

  it('asks about a change only when there was one', () => {
    const nothing = judge(playbook, factsFrom('aws', 5, ['recent_change=none']));
    const deploy = judge(playbook, factsFrom('aws', 5, ['recent_change=deploy']));
    const about = ['change_touches_failure', 'change_minutes_before', 'rollback_result'];
    expect(nothing.next.filter(({ check }) => about.includes(check))).toEqual([]);
    expect(deploy.next.some(({ check }) => check === 'change_touches_failure')).toBe(true);
  });

  it('begins with what fails and how wide, and goes on until nothing is worth asking', () => {
    const facts: Facts = { provider: 'gcp', nowMinute: 0, observations: [] };
    expect(
      judge(playbook, facts)
        .next.slice(0, 5)
        .map(({ check }) => check),
    ).toEqual(['error_signature', 'provider_status_page', 'recent_change', 'failure_scope', 'plane']);
    const all = playbook.checks.map(({ id }) => `${id}=${COULD_NOT_CHECK}`);
    expect(judge(playbook, factsFrom('gcp', 5, all)).next).toEqual([]);
  });

  it('weighs a silent status page with its age, and never against a failing canary', () => {
    const silent = (minute: number): number =>
      judge(playbook, factsFrom('aws', minute, ['provider_status_page=no_incident'])).probabilities.provider;
    expect(silent(10)).toBeCloseTo(playbook.priors[0]?.probabilities.provider ?? 0, 9);
    expect(silent(45)).toBeLessThan(silent(10));
    expect(silent(90)).toBeLessThan(silent(45));
    const [early = 0, late = 0] = [10, 150].map(
      (minute) =>
        judge(
          playbook,
          factsFrom('aws', minute, ['provider_status_page=no_incident', 'clean_canary=failing']),
        ).probabilities.provider,
    );
    expect(late).toBeGreaterThan(early / 2);
  });

  it('asks the status page again when its answer is old', () => {
    const at = (now: number): boolean =>
      judge(playbook, factsFrom('aws', now, ['provider_status_page=no_incident@2'])).next.some(
        ({ check, asksAgain }) => check === 'provider_status_page' && asksAgain,
      );
    expect([at(5), at(30)]).toEqual([false, true]);
  });

  it('does not declare on a prior alone, however old and silent everything is', () => {
    const all = playbook.checks
      .filter(({ id }) => id !== 'provider_status_page')
      .map(({ id }) => `${id}=${COULD_NOT_CHECK}`);
    const judgement = judge(playbook, factsFrom('aws', 300, [...all, 'provider_status_page=no_incident']));
    expect([judgement.verdict, judgement.leading]).toEqual(['inconclusive', 'customer']);
    expect(judgement.missing).toContain(
      'What has been found so far speaks for it by 0.4; a verdict needs 0.5: no prior alone decides.',
    );
  });

  it('says what is missing in words', () => {
    expect(judge(playbook, { provider: 'aws', nowMinute: 0, observations: [] }).missing).toEqual([
      'What has been found so far speaks for it by 0.0; a verdict needs 0.5: no prior alone decides.',
      "Nothing on the provider's side has been looked at yet.",
      'Nothing on our own side has been looked at yet.',
      'Not asked yet: Other suppliers. With no change of ours that touches it, other suppliers come into question.',
    ]);
  });

  it('names a source also for an answer that speaks for no side', () => {
    const { contributions } = judge(playbook, factsFrom('aws', 0, ['error_signature=none_visible']));
    expect(contributions.map(({ reason, source }) => [reason, source])).toEqual([
      [
        'This answer speaks for no side.',
        `The playbook General ${playbook.version}, which gives this answer no weight`,
      ],
    ]);
  });

  it('does not weigh a check that the playbook does not have', () => {
    const none = judge(playbook, { provider: 'aws', nowMinute: 0, observations: [] });
    expect(judge(playbook, factsFrom('aws', 0, ['moon_phase=full']))).toEqual(none);
  });
});
