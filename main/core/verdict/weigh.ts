import { COULD_NOT_CHECK } from '../playbook/could-not-check.ts';
import type { Check, Playbook, Weight } from '../playbook/definition.ts';
import type { Provider } from '../sides.ts';
import { holds, type Standing } from './conditions.ts';
import { add, toVector, ZERO, type Vector } from './distribution.ts';
import type { ObservedAnswer } from './model.ts';
import { scopeShift } from './prior.ts';

/** What one observation says before caps, and the grounds of the table for it. */
export interface Weighed {
  readonly logOdds: Vector;
  readonly reasons: readonly string[];
  readonly sources: readonly string[];
}

const SILENT: Weighed = { logOdds: ZERO, reasons: [], sources: [] };

/** Looks an observation up in the table. `could_not_check` and answers the table does not weigh say nothing. */
export function weigh(
  playbook: Playbook,
  provider: Provider,
  check: Check,
  seen: ObservedAnswer,
  standing: Standing,
): Weighed {
  if (seen.answers.includes(COULD_NOT_CHECK)) return SILENT;
  let logOdds = ZERO;
  const reasons: string[] = [];
  const sources: string[] = [];
  const note = (odds: Vector, grounds: { readonly reason: string; readonly source: string }): void => {
    logOdds = add(logOdds, odds);
    if (!reasons.includes(grounds.reason)) reasons.push(grounds.reason);
    if (!sources.includes(grounds.source)) sources.push(grounds.source);
  };
  // In the playbook's order, not the order of observing, so that sums are the same to the last bit.
  for (const { id } of check.answers) {
    if (!seen.answers.includes(id)) continue;
    const weight = check.weights.find((one) => one.answer === id && holds(one.given, standing));
    if (weight !== undefined) note(valueOf(weight, seen), weight);
    if (check.id === playbook.scopeCheck) {
      const shift = scopeShift(playbook, provider, id);
      if (shift !== null) note(shift.logOdds, shift.prior);
    }
  }
  return { logOdds, reasons, sources };
}

function valueOf(weight: Weight, seen: ObservedAnswer): Vector {
  if (weight.byNumber !== undefined && seen.number !== undefined) {
    const number = seen.number;
    const band = weight.byNumber.find(({ upTo }) => number <= upTo);
    return toVector((band ?? weight).logOdds);
  }
  let value = weight.logOdds;
  for (const step of weight.byMinute ?? []) if (seen.minute >= step.from) value = step.logOdds;
  return toVector(value);
}
