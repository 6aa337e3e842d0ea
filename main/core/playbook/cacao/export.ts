import { ROLE_NAMES, type ContactRole } from '../../escalation/contact.ts';
import type { Instant } from '../../time.ts';
import type { Check, Condition, Playbook, Step } from '../definition.ts';
import { EXTENSION } from './document.ts';

/** When the format's ids were first given; CACAO wants a time of creation that never changes from version to version. */
const CREATED = '2025-01-01T00:00:00.000Z';

/**
 * What an export needs from outside. `uuid` gives for a name always the same UUID of version 5 (CACAO takes none above);
 * `modified` marks the version.
 */
export interface ExportOptions {
  readonly uuid: (name: string) => string;
  readonly modified: Instant;
}

type Json = Readonly<Record<string, unknown>>;
type Steps = Record<string, Json>;

/**
 * A playbook as CACAO 2.0. Checks become manual actions in the playbook's order, gates become if-conditions, the verdict a
 * switch to the escalation. What CACAO has no place for stands in one extension, so that `importCacao` gives the same playbook.
 */
export function exportCacao(playbook: Playbook, { uuid, modified }: ExportOptions): Json {
  const id = (type: string, name: string): string => `${type}--${uuid(`${playbook.id}/${type}/${name}`)}`;
  const author = `identity--${uuid('demarc')}`;
  const responder = `individual--${uuid('demarc/responder')}`;
  const group = (role: ContactRole): string => `group--${uuid(`demarc/${role}`)}`;
  const context: Context = { playbook, id, responder, group };
  const { checks, title, description, ...rest } = playbook;
  return {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: id('playbook', 'document'),
    name: title,
    description,
    playbook_types: ['investigation', 'notification'],
    playbook_activities: ['analyze-collected-data', 'deliver-content'],
    playbook_processing_summary: {
      manual_playbook: true,
      if_logic: checks.some(({ gate }) => gate.length > 0),
      switch_logic: true,
      temporal_logic: true,
      extensions: true,
    },
    created_by: author,
    created: CREATED,
    modified: modified < CREATED ? CREATED : modified,
    labels: ['demarc', ...playbook.appliesTo.providers.map((provider) => `provider:${provider}`)],
    external_references: playbook.sources.map((source) => ({
      name: source.title,
      ...(source.url !== undefined && { url: source.url }),
    })),
    playbook_variables: {
      ...Object.fromEntries(checks.map((check) => [variable(check.id), variableOf(check)])),
      __verdict__: {
        type: 'string',
        description: 'provider, customer, shared, third_party or inconclusive',
        external: false,
      },
    },
    workflow_start: id('start', 'start'),
    workflow: workflowOf(context),
    playbook_extensions: { [EXTENSION]: { ...rest, checks: checks.map((check) => check.id) } },
    agent_definitions: { [responder]: { type: 'individual', name: 'Responder' } },
    target_definitions: Object.fromEntries(
      rolesOf(playbook).map((role) => [group(role), { type: 'group', name: ROLE_NAMES[role] }]),
    ),
    extension_definitions: {
      [EXTENSION]: {
        type: 'extension-definition',
        name: 'Demarc playbook',
        description:
          'Sides, answers with keys and weights, gates, priors, thresholds and escalation of a Demarc playbook.',
        created_by: author,
        schema:
          'A Demarc playbook document without what the CACAO playbook holds itself; of checks, their ids in order.',
        version: `${String(playbook.schemaVersion)}.0.0`,
      },
    },
  };
}

interface Context {
  readonly playbook: Playbook;
  readonly id: (type: string, name: string) => string;
  readonly responder: string;
  readonly group: (role: ContactRole) => string;
}

/** Start, the checks one after the other, the verdict, then by verdict the levels of its escalation. */
function workflowOf(context: Context): Steps {
  const { playbook, id, responder } = context;
  const inOrder = askedInOrder(playbook);
  const entry = (check: Check): string =>
    check.gate.length > 0 ? id('if-condition', check.id) : id('action', `check/${check.id}`);
  const decide = id('action', 'verdict');
  const first = inOrder[0];
  const steps: Steps = {
    [id('start', 'start')]: { type: 'start', on_completion: first === undefined ? decide : entry(first) },
  };
  for (const [at, check] of inOrder.entries()) {
    const following = inOrder[at + 1];
    const next = following === undefined ? decide : entry(following);
    const action = id('action', `check/${check.id}`);
    const end = id('end', `check/${check.id}`);
    const gated = check.gate.length > 0;
    if (gated)
      steps[entry(check)] = {
        type: 'if-condition',
        name: `Only in a context: ${check.title}`,
        condition: patternOf(playbook, check.gate),
        on_true: action,
        on_completion: next,
      };
    steps[action] = actionOf(check, responder, gated ? end : next);
    if (gated) steps[end] = { type: 'end' };
  }
  const branch = id('switch-condition', 'verdict');
  steps[decide] = {
    type: 'action',
    name: 'Verdict',
    commands: [manual('Decide whose side the cause is on.', 'analyze-collected-data')],
    agent: responder,
    out_args: ['__verdict__'],
    on_completion: branch,
  };
  const cases: Record<string, string> = {};
  for (const verdict of Object.keys(playbook.escalation) as (keyof Playbook['escalation'])[])
    // the record's own keys
    cases[verdict] = addEscalation(context, verdict, steps);
  steps[branch] = {
    type: 'switch-condition',
    name: 'Whom to call',
    switch: '__verdict__',
    cases,
    on_completion: id('end', 'end'),
  };
  steps[id('end', 'end')] = { type: 'end' };
  return steps;
}

/** Adds the levels of a verdict, each begun when the one before is done or overdue; gives the id of the first. */
function addEscalation(context: Context, verdict: keyof Playbook['escalation'], steps: Steps): string {
  const { playbook, id, responder, group } = context;
  const { levels } = playbook.escalation[verdict];
  const place = (at: number): string => id('action', `escalation/${verdict}/${String(at)}`);
  const end = id('end', `escalation/${verdict}`);
  for (const [at, level] of levels.entries()) {
    const next = at + 1 < levels.length ? place(at + 1) : end;
    steps[place(at)] = {
      type: 'action',
      name: level.title,
      commands: [manual(level.instruction, 'deliver-content')],
      agent: responder,
      targets: [group(level.who)],
      timeout: level.deadlineMinutes * 60_000,
      on_success: next,
      on_failure: next,
    };
  }
  steps[end] = { type: 'end' };
  return place(0);
}

function actionOf(check: Check, responder: string, next: string): Json {
  const { title, question, why, ...rest } = check;
  return {
    type: 'action',
    name: title,
    description: howToText(check.howTo),
    commands: [{ ...manual(question, 'analyze-collected-data'), description: why }],
    agent: responder,
    out_args: [variable(check.id)],
    on_completion: next,
    step_extensions: { [EXTENSION]: rest },
  };
}

function manual(command: string, activity: string): Json {
  return { type: 'manual', command, playbook_activity: activity };
}

function howToText(howTo: Check['howTo']): string {
  const text = (step: Step): string =>
    [step.text, step.command, step.url].filter((part) => part !== undefined).join(' | ');
  return Object.entries(howTo)
    .flatMap(([provider, steps]) => steps.map((step) => `${provider}: ${text(step)}`))
    .join('\n');
}

/** The opening first, then the rest in the playbook's order; a check before those whose gate looks at it. */
function askedInOrder(playbook: Playbook): readonly Check[] {
  const ids = [...playbook.opening.map(({ check }) => check), ...playbook.order];
  const left = new Set(ids);
  const sorted: Check[] = [];
  while (left.size > 0) {
    const next = [...left]
      .map((id) => playbook.checks.find((check) => check.id === id))
      .find((check) => check !== undefined && check.gate.every((one) => !left.has(one.check)));
    if (next === undefined) break;
    left.delete(next.id);
    sorted.push(next);
  }
  return sorted;
}

function variable(check: string): string {
  return `__${check}__`;
}

function variableOf(check: Check): Json {
  const values = check.answers.map(({ id }) => id).join(', ');
  return { type: 'string', description: `${check.question} One of: ${values}`, external: false };
}

/** A gate as a STIX pattern. A check that takes several answers keeps them in one text. */
function patternOf(playbook: Playbook, gate: readonly Condition[]): string {
  return gate
    .map((one) => {
      const several = playbook.checks.find(({ id }) => id === one.check)?.several === true;
      const value = `${variable(one.check)}:value`;
      if ('is' in one)
        return `(${one.is.map((id) => (several ? `${value} LIKE '%${id}%'` : `${value} = '${id}'`)).join(' OR ')})`;
      const unlike = one.isNot.map((id) => (several ? `${value} NOT LIKE '%${id}%'` : `${value} != '${id}'`));
      return `(${unlike.join(' AND ')})`;
    })
    .join(' AND ');
}

function rolesOf(playbook: Playbook): readonly ContactRole[] {
  return [
    ...new Set(Object.values(playbook.escalation).flatMap(({ levels }) => levels.map(({ who }) => who))),
  ];
}
