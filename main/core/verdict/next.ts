import { COULD_NOT_CHECK, type Answer, type Check, type Weight } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import { suppose, type Balance } from './balance.ts';
import { holds, isHole } from './conditions.ts';
import type { Declaration } from './declaration.ts';
import { divergence, normalise, type Vector } from './distribution.ts';
import type { NextCheck, ObservedAnswer } from './model.ts';

/** Asking again seldom brings something new, so its expected information counts this much. */
const AGAIN = 0.2;
/** Checks within this share of the best are about equally telling; the playbook's order decides between them. */
const ABOUT_EQUAL = 0.8;
/** Below this many bits a check is not worth a responder's minutes. */
const WORTHLESS = 0.002;

/** `urgency` 2: the playbook's opening; 1: a verdict waits for it; 0: ranked by information alone. */
interface Candidate {
  readonly next: NextCheck;
  readonly urgency: 0 | 1 | 2;
}

/**
 * The checks worth making now, best first: the playbook's opening, then those a clear verdict still waits for, then by
 * expected information per minute of cost; among about equally telling ones the playbook's order. Only checks whose
 * gates are open.
 */
export function nextChecks(
  balance: Balance,
  declaration: Declaration,
  nowMinute: number,
): readonly NextCheck[] {
  const needed = new Set(declaration.waitsFor);
  const candidates: Candidate[] = [];
  for (const check of balance.playbook.checks) {
    const seen = balance.standing.get(check.id);
    if (!isAskable(balance, declaration, check, nowMinute)) continue;
    const gainBits = expectedGain(balance, check, seen, nowMinute) * worthOf(balance, check, seen);
    const urgency = urgencyOf(balance, check, seen, needed);
    if (gainBits < WORTHLESS && urgency === 0) continue;
    const next: NextCheck = {
      check: check.id,
      side: check.side,
      gainBits,
      costMinutes: check.costMinutes,
      bitsPerMinute: gainBits / check.costMinutes,
      why: whyNow(balance, declaration, check, seen, urgency === 1),
      asksAgain: seen !== undefined,
    };
    candidates.push({ next, urgency });
  }
  return inOrder(balance, candidates);
}

/**
 * The first of the checks worth making now that cost at most `withinMinutes`, or null. The same as the first such one of
 * `nextChecks`, without ranking the rest where the opening decides: what a run of many cases needs.
 */
export function firstCheck(
  balance: Balance,
  declaration: Declaration,
  nowMinute: number,
  withinMinutes: number,
): string | null {
  const { checks } = indexOf(balance.playbook);
  for (const { check: id, given } of balance.playbook.opening) {
    const check = checks.get(id);
    if (check === undefined || check.costMinutes > withinMinutes || balance.standing.has(id)) continue;
    if (holds(given, balance.standing) && isAskable(balance, declaration, check, nowMinute)) return id;
  }
  const next = nextChecks(balance, declaration, nowMinute);
  return next.find(({ costMinutes }) => costMinutes <= withinMinutes)?.check ?? null;
}

/** Not asked yet or due again, its gate open, and about a question that is on. */
function isAskable(balance: Balance, declaration: Declaration, check: Check, nowMinute: number): boolean {
  const seen = balance.standing.get(check.id);
  if (seen !== undefined && !isDue(balance, check, seen, nowMinute)) return false;
  if (check.about === 'spread' && !declaration.settled) return false;
  return holds(check.gate, balance.standing);
}

/** Asking again is worth less, save for what the playbook opens with and was out of reach: it is still the basis. */
function worthOf(balance: Balance, check: Check, seen: ObservedAnswer | undefined): number {
  if (seen === undefined) return 1;
  return isHole(balance.standing, check.id) && openingPlace(balance, check.id) >= 0 ? 1 : AGAIN;
}

function urgencyOf(
  balance: Balance,
  check: Check,
  seen: ObservedAnswer | undefined,
  needed: ReadonlySet<string>,
): Candidate['urgency'] {
  if (seen !== undefined) return 0;
  if (openingPlace(balance, check.id) >= 0) return 2;
  return needed.has(check.id) ? 1 : 0;
}

/** Best first; a pick among the about equally telling is made again after each pick. */
function inOrder(balance: Balance, candidates: readonly Candidate[]): readonly NextCheck[] {
  const { rank } = indexOf(balance.playbook);
  const place = ({ next }: Candidate): number => rank.get(next.check) ?? Number.MAX_SAFE_INTEGER;
  const opening = ({ next }: Candidate): number => openingPlace(balance, next.check);
  const worth = ({ next }: Candidate): number => next.bitsPerMinute;
  const left = [...candidates].sort(
    (a, b) =>
      b.urgency - a.urgency ||
      (a.urgency === 2 ? opening(a) - opening(b) : worth(b) - worth(a)) ||
      place(a) - place(b),
  );
  const sorted: NextCheck[] = [];
  for (let best = left[0]; best !== undefined; best = left[0]) {
    const equal = left.findIndex(
      (one) => best.urgency === 2 || one.urgency !== best.urgency || worth(one) < worth(best) * ABOUT_EQUAL,
    );
    const close = left.slice(0, equal < 0 ? left.length : Math.max(1, equal));
    const chosen = close.reduce((first, one) => (place(one) < place(first) ? one : first), best);
    left.splice(left.indexOf(chosen), 1);
    sorted.push(chosen.next);
  }
  return sorted;
}

/** Place of a check in the playbook's opening as it stands with these answers, or -1. */
function openingPlace(balance: Balance, id: string): number {
  return balance.playbook.opening.findIndex(
    ({ check, given }) => check === id && holds(given, balance.standing),
  );
}

/**
 * What was out of reach is tried again after the playbook's time, and past the opening ever more seldom; what changes
 * with time, after the time its check names.
 */
function isDue(balance: Balance, check: Check, seen: ObservedAnswer, nowMinute: number): boolean {
  const { retryAfterMinutes } = balance.playbook.thresholds;
  const age = nowMinute - seen.minute;
  if (isHole(balance.standing, check.id))
    return age >= Math.max(retryAfterMinutes, openingPlace(balance, check.id) >= 0 ? 0 : seen.minute);
  return check.changesWithTime !== undefined && age >= check.changesWithTime.askAgainAfterMinutes;
}

/**
 * Expected information in bits, were the check made at `nowMinute`: over the answers the table makes plausible, how far
 * each would move the probabilities (Kullback-Leibler divergence). For a check made before, seen from without its answer.
 */
function expectedGain(
  balance: Balance,
  check: Check,
  seen: ObservedAnswer | undefined,
  nowMinute: number,
): number {
  const without = seen === undefined ? balance.probabilities : suppose(balance, check, null).probabilities;
  const outcomes = outcomesOf(check, seen, nowMinute);
  const supposed = outcomes.map(({ observation }) => suppose(balance, check, observation));
  const chances = predict(
    outcomes,
    supposed.map(({ logOdds }) => logOdds),
    without,
  );
  return supposed.reduce(
    (gain, { probabilities }, at) => gain + (chances[at] ?? 0) * divergence(probabilities, without),
    0,
  );
}

interface Outcome {
  readonly observation: ObservedAnswer;
  readonly frequency: number;
}

/** Each answer the check could bring; for one that asks a number, one outcome per band. */
function outcomesOf(check: Check, seen: ObservedAnswer | undefined, minute: number): readonly Outcome[] {
  const known = seen === undefined || seen.answers.includes(COULD_NOT_CHECK) ? [] : seen.answers;
  const outcomes: Outcome[] = [];
  for (const answer of check.answers) {
    if (answer.id === COULD_NOT_CHECK) continue;
    const answers = check.several && !answer.alone ? [...new Set([...known, answer.id])] : [answer.id];
    const base = { check: check.id, answers, minute, evidence: [] };
    for (const number of numbersOf(check, answer))
      outcomes.push({
        observation: number === null ? base : { ...base, number },
        frequency: answer.frequency,
      });
  }
  return outcomes;
}

const WITHOUT_NUMBER = [null];

function numbersOf(check: Check, answer: Answer): readonly (number | null)[] {
  if (!answer.number) return WITHOUT_NUMBER;
  const bands = check.weights.find((weight: Weight) => weight.answer === answer.id)?.byNumber;
  if (bands === undefined) return WITHOUT_NUMBER;
  return [...bands.map(({ upTo }) => upTo), (bands.at(-1)?.upTo ?? 0) + 1];
}

/** Chance of each outcome: P(answer | hypothesis) in proportion to frequency times the table's ratio, mixed by `belief`. */
function predict(outcomes: readonly Outcome[], odds: readonly Vector[], belief: Vector): readonly number[] {
  const chances = outcomes.map(() => 0);
  const relative = odds.map((one) => normalise(one));
  for (const h of [0, 1, 2, 3] as const) {
    const likelihoods = relative.map((one, at) => one[h] * (outcomes[at]?.frequency ?? 0));
    const sum = likelihoods.reduce((a, b) => a + b, 0);
    if (sum === 0) continue;
    for (let at = 0; at < likelihoods.length; at += 1)
      chances[at] = (chances[at] ?? 0) + (belief[h] * (likelihoods[at] ?? 0)) / sum;
  }
  return chances;
}

function whyNow(
  balance: Balance,
  declaration: Declaration,
  check: Check,
  seen: ObservedAnswer | undefined,
  needed: boolean,
): string {
  if (needed) return declaration.missing.find(({ checks }) => checks.includes(check.id))?.words ?? check.why;
  if (seen === undefined) return check.why;
  if (isHole(balance.standing, check.id)) return `It could not be checked before; try again. ${check.why}`;
  return `The answer changes with time; look again. ${check.why}`;
}
