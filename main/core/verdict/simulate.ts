import { COULD_NOT_CHECK, type Check, type Playbook } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { VerdictLabel } from '../sides.ts';
import type { Case } from './cases.ts';
import { step } from './judge.ts';
import type { Distribution, Facts, ObservedAnswer } from './model.ts';

/** How long a case is played, in simulated minutes. */
const PLAYED_MINUTES = 60;
/** With nothing worth asking now, simulated time passes in steps of this many minutes until there is. */
const WAIT_MINUTES = 1;

/** One check put to a case, with the answer it got and the simulated minute of the answer. */
export interface AskedCheck {
  readonly check: string;
  readonly answers: readonly string[];
  readonly minute: number;
}

/** How the engine fared on one case. `minutes`: simulated time at the end. */
export interface CaseOutcome {
  readonly id: string;
  readonly label: VerdictLabel;
  readonly accept: readonly VerdictLabel[];
  readonly trap: string | null;
  readonly verdict: VerdictLabel;
  readonly declared: boolean;
  readonly probabilities: Distribution;
  readonly asked: readonly AskedCheck[];
  readonly minutes: number;
}

/** Plays every case. */
export function simulateAll(playbook: Playbook, cases: readonly Case[]): readonly CaseOutcome[] {
  return cases.map((one) => simulate(playbook, one));
}

/**
 * Plays one case: the engine proposes a check, the check's cost passes, the answer is what the case knew by then, else
 * *could not check*; until a verdict is declared or an hour is over. A check that would end after the hour is not begun.
 */
export function simulate(playbook: Playbook, one: Case): CaseOutcome {
  const { checks } = indexOf(playbook);
  const standing = new Map<string, ObservedAnswer>();
  const asked: AskedCheck[] = [];
  let minute = 0;
  let state = step(playbook, factsOf(one, standing, minute), PLAYED_MINUTES - minute);
  while (!state.declared && minute < PLAYED_MINUTES) {
    const check = checks.get(state.next ?? '');
    if (check === undefined) minute = Math.min(PLAYED_MINUTES, minute + WAIT_MINUTES);
    else {
      minute += check.costMinutes;
      const seen = answerOf(one, check, minute);
      standing.set(check.id, seen);
      asked.push({ check: check.id, answers: seen.answers, minute });
    }
    state = step(playbook, factsOf(one, standing, minute), PLAYED_MINUTES - minute);
  }
  const { id, label, accept, trap } = one;
  const { verdict, declared, probabilities } = state;
  return { id, label, accept, trap, verdict, declared, probabilities, asked, minutes: minute };
}

function factsOf(one: Case, standing: ReadonlyMap<string, ObservedAnswer>, nowMinute: number): Facts {
  return { provider: one.provider, nowMinute, observations: [...standing.values()] };
}

function answerOf(one: Case, check: Check, minute: number): ObservedAnswer {
  const nothing = { check: check.id, answers: [COULD_NOT_CHECK], minute, evidence: [] };
  const known = one.observations.filter(
    (observation) =>
      observation.check === check.id && observation.minute !== null && observation.minute <= minute,
  );
  const latest = known.reduce<(typeof known)[number] | undefined>(
    (best, next) => (best === undefined || (next.minute ?? 0) >= (best.minute ?? 0) ? next : best),
    undefined,
  );
  if (latest === undefined) return nothing;
  const carrier = check.answers.find(({ number }) => number);
  const number = Number(latest.value);
  if (carrier !== undefined)
    return Number.isFinite(number) ? { ...nothing, answers: [carrier.id], number } : nothing;
  const offered = new Set(check.answers.map(({ id }) => id));
  const values = (check.several ? known : [latest])
    .map(({ value }) => String(value))
    .filter((id) => offered.has(id));
  return values.length === 0 ? nothing : { ...nothing, answers: [...new Set(values)] };
}
