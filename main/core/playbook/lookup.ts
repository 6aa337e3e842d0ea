import type { Check, Playbook } from './definition.ts';

/** Quick ways into a playbook, made once per document. */
export interface PlaybookIndex {
  readonly checks: ReadonlyMap<string, Check>;
  /** Place of each check in `order`; checks that `order` leaves out come last. */
  readonly rank: ReadonlyMap<string, number>;
  /** For a check, the checks whose weights look at its answer. */
  readonly dependents: ReadonlyMap<string, readonly Check[]>;
  /** Cap per group; the group at 0 holds the checks without one, and has no cap. */
  readonly caps: readonly number[];
  /** Which of these groups a check is in. */
  readonly groupOf: ReadonlyMap<string, number>;
}

const made = new WeakMap<Playbook, PlaybookIndex>();

/** The index of a playbook; a document is never changed in place, so the answer is kept. */
export function indexOf(playbook: Playbook): PlaybookIndex {
  const known = made.get(playbook);
  if (known !== undefined) return known;
  const dependents = new Map<string, Check[]>();
  for (const check of playbook.checks) {
    const looksAt = new Set(check.weights.flatMap(({ given }) => (given ?? []).map((one) => one.check)));
    for (const other of looksAt) dependents.set(other, [...(dependents.get(other) ?? []), check]);
  }
  const index: PlaybookIndex = {
    checks: new Map(playbook.checks.map((check) => [check.id, check])),
    rank: new Map(
      [...new Set([...playbook.order, ...playbook.checks.map(({ id }) => id)])].map((id, at) => [id, at]),
    ),
    dependents,
    caps: [Infinity, ...playbook.groups.map(({ cap }) => cap)],
    groupOf: new Map(
      playbook.checks.map(({ id, group }) => [id, playbook.groups.findIndex((one) => one.id === group) + 1]),
    ),
  };
  made.set(playbook, index);
  return index;
}
