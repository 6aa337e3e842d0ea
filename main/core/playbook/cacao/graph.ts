import type { CacaoDocument, CacaoStep } from './document.ts';

/** An edge of the workflow: the field it stands in, as a path inside the step, and the step it leads to. */
export interface Edge {
  readonly place: readonly PropertyKey[];
  readonly to: string;
}

/** All edges that leave a step, in the order in which they would be taken. */
export function edgesOf(step: CacaoStep): readonly Edge[] {
  const edges: Edge[] = [];
  for (const field of ['on_true', 'on_false'] as const) add(edges, [field], step[field]);
  for (const [name, to] of Object.entries(step.cases ?? {})) add(edges, ['cases', name], to);
  for (const [at, to] of (step.next_steps ?? []).entries()) add(edges, ['next_steps', at], to);
  for (const field of ['on_completion', 'on_success', 'on_failure'] as const)
    add(edges, [field], step[field]);
  return edges;
}

function add(edges: Edge[], place: readonly PropertyKey[], to: string | undefined): void {
  if (to !== undefined) edges.push({ place, to });
}

/** The step with that id, looked for among the document's own keys only. */
export function stepOf({ workflow }: CacaoDocument, id: string): CacaoStep | undefined {
  return Object.hasOwn(workflow, id) ? workflow[id] : undefined;
}

/** Ids of the steps that can be reached from the start or the exception step. */
export function reachableSteps(document: CacaoDocument): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [document.workflow_start, document.workflow_exception];
  while (pending.length > 0) {
    const id = pending.pop();
    const step = id === undefined ? undefined : stepOf(document, id);
    if (id === undefined || step === undefined || reached.has(id)) continue;
    reached.add(id);
    pending.push(...edgesOf(step).map(({ to }) => to));
  }
  return reached;
}

/** A cycle in which no step is a while-condition, as ids from one step back to itself, or null. */
export function endlessCycle(document: CacaoDocument): readonly string[] | null {
  const done = new Set<string>();
  for (const start of Object.keys(document.workflow)) {
    const path: { readonly id: string; readonly left: string[] }[] = [];
    const enter = (id: string): void => {
      const step = stepOf(document, id);
      const left =
        step === undefined || step.type === 'while-condition' ? [] : edgesOf(step).map(({ to }) => to);
      path.push({ id, left });
    };
    if (!done.has(start)) enter(start);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.left.pop();
      if (next === undefined) {
        done.add(last.id);
        path.pop();
        continue;
      }
      const from = path.findIndex(({ id }) => id === next);
      if (from >= 0) return [...path.slice(from).map(({ id }) => id), next];
      if (!done.has(next)) enter(next);
    }
  }
  return null;
}
