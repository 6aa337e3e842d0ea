import { COULD_NOT_CHECK, type Check, type Condition, type Playbook } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';

/** Gates and conditions of weights that contradict themselves; gates that wait for each other or keep a check from ever being reached. */
export function gateFaults(playbook: Playbook): Fault[] {
  const checks = new Map(playbook.checks.map((check) => [check.id, check]));
  const faults: Fault[] = [];
  for (const [at, check] of playbook.checks.entries()) {
    const contradiction = contradictionIn(check.gate, checks);
    if (contradiction !== null)
      faults.push({
        code: 'contradictory_gate',
        path: jsonPath('checks', at, 'gate'),
        message: contradiction,
      });
    for (const [which, { given }] of check.weights.entries()) {
      const never = contradictionIn(given ?? [], checks);
      if (never !== null)
        faults.push({
          code: 'contradictory_gate',
          path: jsonPath('checks', at, 'weights', which, 'given'),
          message: `${never.replace('gate', 'condition')} The weight never counts.`,
        });
    }
    const cycle = cycleFrom(check.id, checks);
    if (cycle !== null)
      faults.push({
        code: 'cycle',
        path: jsonPath('checks', at, 'gate'),
        message: `The gates wait for each other: ${cycle.join(' > ')}.`,
      });
  }
  const reached = reachable(playbook.checks, checks);
  for (const [at, check] of playbook.checks.entries())
    if (!reached.has(check.id))
      faults.push({
        code: 'unreachable',
        path: jsonPath('checks', at, 'gate'),
        message: `No answers ever open the gate of ${check.id}.`,
      });
  return faults;
}

/** The answers of a check that would satisfy all of a gate's conditions on it. */
function openingAnswers(check: Check, conditions: readonly Condition[]): readonly string[] {
  return check.answers
    .map(({ id }) => id)
    .filter(
      (id) =>
        id !== COULD_NOT_CHECK &&
        conditions.every((one) => ('is' in one ? one.is.includes(id) : !one.isNot.includes(id))),
    );
}

/** In words why a gate can never open by itself, or null. Checks with several answers can satisfy more than one `is`. */
function contradictionIn(gate: readonly Condition[], checks: ReadonlyMap<string, Check>): string | null {
  for (const id of new Set(gate.map(({ check }) => check))) {
    const check = checks.get(id);
    if (check === undefined) continue;
    const conditions = gate.filter((one) => one.check === id);
    const single = check.several
      ? conditions.every(
          (one) => openingAnswers(check, [one, ...conditions.filter((c) => 'isNot' in c)]).length > 0,
        )
      : openingAnswers(check, conditions).length > 0;
    if (!single) return `No answer to ${id} satisfies this gate.`;
  }
  return null;
}

/** The first cycle of gates that leads back to `start`, as ids, or null. */
function cycleFrom(start: string, checks: ReadonlyMap<string, Check>): readonly string[] | null {
  const pending: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const last = path.at(-1) ?? start;
    for (const { check } of checks.get(last)?.gate ?? []) {
      if (check === start) return [...path, start];
      if (seen.has(check)) continue;
      seen.add(check);
      pending.push([...path, check]);
    }
  }
  return null;
}

function reachable(all: readonly Check[], checks: ReadonlyMap<string, Check>): ReadonlySet<string> {
  const reached = new Set<string>();
  for (let grew = true; grew;) {
    grew = false;
    for (const check of all) {
      if (reached.has(check.id) || contradictionIn(check.gate, checks) !== null) continue;
      if (!check.gate.every((one) => reached.has(one.check))) continue;
      reached.add(check.id);
      grew = true;
    }
  }
  return reached;
}
