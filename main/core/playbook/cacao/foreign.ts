import type { Condition, Playbook } from '../definition.ts';
import { jsonPath } from '../fault.ts';
import type { CacaoDocument, CacaoStep } from './document.ts';
import { edgesOf, stepOf } from './graph.ts';

/** Something that a conversion could not keep, or that is wrong in the source; `path` is where it stood. */
export interface Loss {
  readonly path: string;
  readonly message: string;
}

const MAX_CHECKS = 200;
const MAX_ANSWERS = 22;
/** Keys in the order in which they are given: digits, then letters that the window does not use. */
const KEYS = '123456789qrxyzijklmdf';
const USUAL_COST_MINUTES = 5;

interface Draft {
  readonly id: string;
  readonly stepId: string;
  readonly step: CacaoStep;
  readonly gate: readonly Condition[];
}

/**
 * A playbook document from a CACAO playbook that is not ours: actions and conditions become checks, branches become gates,
 * commands become things to do by hand. It weighs nothing, so it leads through the steps but reaches no verdict of its own.
 */
export function convertForeign(
  document: CacaoDocument,
  base: Playbook,
): { readonly document: unknown; readonly lost: readonly Loss[] } {
  const lost: Loss[] = [];
  const drafts = walk(document, lost);
  const checks = drafts.map((draft) => checkOf(draft, lost));
  const ids = drafts.map(({ id }) => id);
  const first = ids.slice(0, 1);
  lost.push({
    path: '$.workflow',
    message: 'CACAO has no weights: until some are written, no verdict is declared.',
  });
  for (const field of Object.keys(document))
    if (NOT_KEPT.has(field)) lost.push({ path: jsonPath(field), message: `${field} is not kept.` });
  return {
    document: {
      schemaVersion: base.schemaVersion,
      id: slug(document.name, new Set()),
      version: '1.0.0',
      title: cut(document.name, 200),
      description: cut(document.description ?? `Imported from the CACAO playbook ${document.id}.`, 2000),
      appliesTo: {},
      sources: [
        { title: cut(`CACAO playbook ${document.id}, as of ${document.modified}`, 200) },
        ...(document.external_references ?? []).slice(0, 49).map(({ name, url }) => ({
          title: cut(name, 200),
          ...(url !== undefined && /^https:\/\/[\w.-]+(\/|$)/.test(url) && { url }),
        })),
      ],
      priors: base.priors.filter(({ failureScope }) => failureScope === undefined),
      thresholds: base.thresholds,
      keyChecks: { provider: first, customer: first },
      checks,
      order: ids,
      escalation: base.escalation,
    },
    lost,
  };
}

const NOT_KEPT = new Set(
  'playbook_types playbook_activities revoked valid_from valid_until derived_from related_to priority severity impact industry_sectors labels markings playbook_variables workflow_exception playbook_extensions authentication_info_definitions agent_definitions target_definitions extension_definitions data_marking_definitions signatures'.split(
    ' ',
  ),
);

/** Every step that asks or does something, depth first from the start, gated by the branch that leads to it. */
function walk(document: CacaoDocument, lost: Loss[]): readonly Draft[] {
  const visits = new Map<string, Visit>();
  const taken = new Set<string>();
  const pending: { readonly id: string; readonly gate: readonly Condition[] }[] = [
    { id: document.workflow_start, gate: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const step = stepOf(document, next.id);
    if (step === undefined) continue;
    const { gate } = next;
    const known = visits.get(next.id);
    const common = known?.gate.filter((one) => gate.some((other) => same(one, other))) ?? gate;
    if (known !== undefined && common.length === known.gate.length) continue;
    const asks = !['start', 'end', 'parallel'].includes(step.type);
    const id = known?.id ?? (asks ? slug(step.name ?? step.type, taken) : '');
    visits.set(next.id, { id, step, gate: common, joined: known !== undefined });
    for (const { place, to } of [...edgesOf(step)].reverse())
      pending.push({ id: to, gate: gateOf(common, id, step, place, to, document) });
  }
  return draftsOf(visits, lost);
}

interface Visit extends Omit<Draft, 'stepId'> {
  /** Several branches lead here, so that it has no branch of its own. */
  readonly joined: boolean;
}

function draftsOf(visits: ReadonlyMap<string, Visit>, lost: Loss[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const [stepId, { id, step, gate, joined }] of visits) {
    const path = jsonPath('workflow', stepId);
    if (step.type === 'parallel')
      lost.push({ path, message: 'What runs at once is asked one after the other.' });
    if (id === '') continue;
    if (joined) lost.push({ path, message: 'Several branches lead here; it is asked whichever was taken.' });
    if (drafts.length < MAX_CHECKS) drafts.push({ id, stepId, step, gate });
    else lost.push({ path, message: `A playbook has at most ${String(MAX_CHECKS)} checks.` });
  }
  return drafts;
}

/** The gate of what follows an edge: the branch's own, on top of the one that led here. Nobody waits for an end. */
function gateOf(
  gate: readonly Condition[],
  check: string,
  step: CacaoStep,
  place: readonly PropertyKey[],
  to: string,
  document: CacaoDocument,
): readonly Condition[] {
  if (gate.length >= 10 || stepOf(document, to)?.type === 'end') return gate;
  const [field, name] = place;
  if (field === 'on_true') return [...gate, { check, is: ['yes'] }];
  if (field === 'on_false') return [...gate, { check, is: ['no'] }];
  if (field === 'on_failure') return [...gate, { check, is: ['failed'] }];
  if (field === 'on_success' && step.on_failure !== step.on_success)
    return [...gate, { check, is: ['done'] }];
  const answer = casesOf(step).find((one) => one.name === name);
  return field === 'cases' && answer !== undefined ? [...gate, { check, is: [answer.id] }] : gate;
}

function same(a: Condition, b: Condition): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function checkOf({ id, stepId, step, gate }: Draft, lost: Loss[]): unknown {
  const name = step.name ?? step.commands?.[0]?.command ?? step.condition ?? step.type;
  for (const field of [
    'agent',
    'targets',
    'step_variables',
    'in_args',
    'out_args',
    'step_extensions',
    'owner',
  ])
    if (step[field] !== undefined)
      lost.push({ path: jsonPath('workflow', stepId, field), message: `${field} is not kept.` });
  const minutes = (step.timeout ?? 0) / 60_000;
  const loop = step.type === 'while-condition';
  return {
    id,
    title: cut(name, 200),
    question: cut(questionOf(step, name), 200),
    why: cut(step.description ?? `A step of the imported playbook: ${name}.`, 2000),
    side: 'both',
    howTo: { all: howTo(step, stepId, lost) },
    answers: answersOf(step, stepId, lost),
    costMinutes: minutes > 0 ? Math.min(600, Math.max(1, minutes)) : USUAL_COST_MINUTES,
    ...(loop && {
      changesWithTime: { askAgainAfterMinutes: Math.min(10_000, Math.max(1, (step.delay ?? 0) / 60_000)) },
    }),
    gate,
  };
}

function questionOf({ type, condition }: CacaoStep, name: string): string {
  if (type === 'action' || type === 'playbook-action') return `Is it done: ${name}`;
  return condition === undefined || condition === '' ? name : `${name} (${condition})`;
}

function answersOf(step: CacaoStep, stepId: string, lost: Loss[]): readonly unknown[] {
  if (step.type === 'if-condition' || step.type === 'while-condition')
    return [answer('yes', 'Yes', 0), answer('no', 'No', 1)];
  if (step.type !== 'switch-condition')
    return [answer('done', 'Done', 0), answer('failed', 'Tried, and it failed', 1)];
  const cases = casesOf(step);
  if (cases.length < Object.keys(step.cases ?? {}).length)
    lost.push({
      path: jsonPath('workflow', stepId, 'cases'),
      message: `A check has at most ${String(MAX_ANSWERS)} answers.`,
    });
  const answers = cases.map(({ id, name }, at) => answer(id, cut(name, 200), at));
  return answers.length > 0 ? answers : [answer('done', 'Done', 0)];
}

function answer(id: string, label: string, at: number): unknown {
  return { id, label, key: KEYS[at] ?? '1' };
}

function casesOf({ cases }: CacaoStep): readonly { readonly id: string; readonly name: string }[] {
  const taken = new Set(['could_not_check']);
  return Object.keys(cases ?? {})
    .slice(0, MAX_ANSWERS)
    .map((name) => ({ name: name.trim() === '' ? 'case' : name, id: slug(name, taken) }));
}

/** Commands to do by hand. Those in base64 or too long are left out and told. */
function howTo(step: CacaoStep, stepId: string, lost: Loss[]): readonly unknown[] {
  return (step.commands ?? []).flatMap((command, at) => {
    const path = jsonPath('workflow', stepId, 'commands', at);
    const { command: text } = command;
    if (text === undefined || text === '' || text.length > 1000 || at >= 12) {
      lost.push({
        path,
        message: 'The command is missing, in base64, too long or one too many; it is not kept.',
      });
      return [];
    }
    if (command.type === 'manual') return [{ text: cut(text, 1000) }];
    lost.push({
      path,
      message: `A command of type ${command.type} is run by nobody; it is shown to be done by hand.`,
    });
    return [{ text: cut(command.description ?? `By hand (${command.type})`, 1000), command: text }];
  });
}

/** A name as an id in snake_case that is not taken yet. */
function slug(name: string, taken: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+(?=[a-z])|^_+|_+$/g, '')
    .slice(0, 50);
  const base = /^[a-z]/.test(plain) ? plain : `case_${plain}`.replace(/_$/, '');
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}_${String(count)}`;
  taken.add(id);
  return id;
}

function cut(text: string, length: number): string {
  const trimmed = text.trim();
  return trimmed === ''
    ? 'Without a name'
    : trimmed.length <= length
      ? trimmed
      : `${trimmed.slice(0, length - 1)}…`;
}
