import { jsonPath } from '../fault.ts';
import type { CacaoDocument, CacaoStep } from './document.ts';
import { edgesOf, endlessCycle, reachableSteps, stepOf } from './graph.ts';

/** What is wrong with a document, and where. `grave`: it cannot be followed, so the document is refused. */
export interface Finding {
  readonly grave: boolean;
  readonly path: string;
  readonly message: string;
}

/** UUID versions 1 to 5 only, as the identifier type of the specification has it (section 10.10). */
const IDENTIFIER =
  /^[a-z][a-z0-9-]+[a-z0-9]--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const MILLISECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const VARIABLE = /^__[a-zA-Z_][a-zA-Z0-9_-]{0,199}__$/;
const EMAIL = /^[^\s@;`<>()]+@[^\s@;`<>()]+$/;

const STEP_TYPES = [
  'start',
  'end',
  'action',
  'playbook-action',
  'parallel',
  'if-condition',
  'while-condition',
  'switch-condition',
];
const PARTY_TYPES = [
  'group',
  'individual',
  'location',
  'organization',
  'sector',
  'http-api',
  'linux',
  'net-address',
  'security-category',
  'ssh',
];
/** Properties of a playbook and of a step by the specification: draft-07 schemas take any other, so a misspelt one is told here. */
const PLAYBOOK_FIELDS = new Set(
  'type spec_version id name description playbook_types playbook_activities playbook_processing_summary created_by created modified revoked valid_from valid_until derived_from related_to priority severity impact industry_sectors labels external_references markings playbook_variables workflow_start workflow_exception workflow playbook_extensions authentication_info_definitions agent_definitions target_definitions extension_definitions data_marking_definitions signatures'.split(
    ' ',
  ),
);
const STEP_FIELDS = new Set(
  'type name description external_references delay timeout step_variables owner on_completion on_success on_failure step_extensions commands agent targets in_args out_args playbook_id playbook_version condition on_true on_false switch cases next_steps'.split(
    ' ',
  ),
);

/** Everything the specification asks that the published schemas do not see, and what they do see but others leave out. */
export function findingsIn(document: CacaoDocument): readonly Finding[] {
  return [
    ...headFindings(document),
    ...partyFindings(document),
    ...variableFindings(document),
    ...flowFindings(document),
  ];
}

function headFindings(document: CacaoDocument): Finding[] {
  const findings: Finding[] = [];
  for (const field of ['id', 'created_by', 'workflow_start'] as const)
    if (!IDENTIFIER.test(document[field])) findings.push(grave([field], notIdentifier(document[field])));
  for (const field of ['created', 'modified'] as const)
    if (!MILLISECONDS.test(document[field]))
      findings.push(slight([field], 'A time has exactly three digits of a second and ends in Z.'));
  if (document.modified < document.created)
    findings.push(slight(['modified'], 'It was modified before it was created.'));
  if (document.playbook_types !== undefined && (document.playbook_activities ?? []).length === 0)
    findings.push(slight(['playbook_activities'], 'A playbook with types names at least one activity.'));
  findings.push(...unknownFields(document, PLAYBOOK_FIELDS, []));
  return findings;
}

function partyFindings(document: CacaoDocument): Finding[] {
  const findings: Finding[] = [];
  for (const field of ['agent_definitions', 'target_definitions'] as const)
    for (const [id, party] of Object.entries(document[field] ?? {})) {
      if (!IDENTIFIER.test(id)) findings.push(grave([field, id], notIdentifier(id)));
      const [kind = ''] = id.split('--');
      const at = [field, id, 'type'];
      // A known type under another's id can still be followed; an unknown one under a known id says two things at once.
      if (PARTY_TYPES.includes(kind) && party.type !== kind)
        findings.push({
          ...slight(at, `The id says ${kind}, the type says ${party.type}.`),
          grave: !PARTY_TYPES.includes(party.type),
        });
      else if (!PARTY_TYPES.includes(party.type))
        findings.push(slight(at, `${party.type} is no type that the specification knows.`));
      for (const email of emailsOf(party))
        if (!EMAIL.test(email))
          findings.push(slight([field, id, 'contact', 'email'], `${email} is no e-mail address.`));
    }
  return findings;
}

function emailsOf(party: Readonly<Record<string, unknown>>): string[] {
  const { contact } = party;
  if (typeof contact !== 'object' || contact === null || !('email' in contact)) return [];
  const { email } = contact;
  if (typeof email !== 'object' || email === null) return [];
  return Object.values(email).filter((value) => typeof value === 'string');
}

function variableFindings(document: CacaoDocument): Finding[] {
  const all = [
    { place: ['playbook_variables'], variables: document.playbook_variables ?? {} },
    ...Object.entries(document.workflow).map(([id, step]) => ({
      place: ['workflow', id, 'step_variables'],
      variables: step.step_variables ?? {},
    })),
  ];
  return all.flatMap(({ place, variables }) =>
    Object.entries(variables).flatMap(([name, variable]) => {
      const findings: Finding[] = [];
      if (!VARIABLE.test(name)) findings.push(slight([...place, name], 'A variable is named like __name__.'));
      if (typeof variable !== 'object' || variable === null)
        findings.push(grave([...place, name], 'A variable is an object with a type.'));
      else if ('value' in variable && variable.value !== null && typeof variable.value !== 'string')
        findings.push(grave([...place, name, 'value'], 'The value of a variable is a text or null.'));
      return findings;
    }),
  );
}

function flowFindings(document: CacaoDocument): Finding[] {
  const { workflow } = document;
  const steps = Object.entries(workflow);
  const types = new Set(steps.map(([, { type }]) => type));
  const findings: Finding[] = [];
  if (!types.has('start'))
    findings.push(slight(['workflow'], 'There is no start step; the first step is taken for it.'));
  if (!types.has('action') && !types.has('playbook-action'))
    findings.push(grave(['workflow'], 'There is no action step, so there is nothing to do.'));
  if (!types.has('end')) findings.push(grave(['workflow'], 'There is no end step: the workflow is endless.'));
  if (stepOf(document, document.workflow_start) === undefined)
    findings.push(grave(['workflow_start'], `There is no step ${document.workflow_start}.`));
  const { workflow_exception: exception } = document;
  if (exception !== undefined && stepOf(document, exception) === undefined)
    findings.push(slight(['workflow_exception'], `There is no step ${exception}.`));
  const cycle = endlessCycle(document);
  if (cycle !== null)
    findings.push(
      grave(['workflow', cycle[0] ?? ''], `The steps lead back to themselves: ${cycle.join(' > ')}.`),
    );
  const reached = reachableSteps(document);
  for (const [id, step] of steps) {
    findings.push(...stepFindings(document, id, step));
    if (!reached.has(id)) findings.push(slight(['workflow', id], 'No step leads here.'));
  }
  return [...findings, ...sharedEnds(document)];
}

function stepFindings(document: CacaoDocument, id: string, step: CacaoStep): Finding[] {
  const findings: Finding[] = [];
  const at = (...place: readonly PropertyKey[]): readonly PropertyKey[] => ['workflow', id, ...place];
  const [kind = ''] = id.split('--');
  if (!IDENTIFIER.test(id)) findings.push(grave(at(), notIdentifier(id)));
  if (!STEP_TYPES.includes(step.type))
    findings.push(grave(at('type'), `There is no step of type ${step.type}.`));
  else if (kind !== step.type)
    findings.push(grave(at('type'), `The id says ${kind}, the type says ${step.type}.`));
  for (const { place, to } of edgesOf(step))
    if (stepOf(document, to) === undefined) findings.push(grave(at(...place), `There is no step ${to}.`));
  const after = [step.on_completion, step.on_success, step.on_failure];
  if (step.on_completion !== undefined && after.some((one, which) => which > 0 && one !== undefined))
    findings.push(grave(at('on_completion'), 'on_completion excludes on_success and on_failure.'));
  if (step.type === 'end' && after.some((one) => one !== undefined))
    findings.push(grave(at(), 'Nothing can follow an end step.'));
  for (const field of requiredBy(step.type))
    if (step[field] === undefined || step[field] === '')
      findings.push(slight(at(field), `A step of type ${step.type} has ${field}.`));
  const parties = { ...document.agent_definitions, ...document.target_definitions };
  for (const party of [step.agent ?? [], step.targets ?? []].flat())
    if (!Object.hasOwn(parties, party) && !party.startsWith('__'))
      findings.push(slight(at(), `${party} is not defined in this playbook.`));
  return [...findings, ...unknownFields(step, STEP_FIELDS, at())];
}

function requiredBy(type: string): readonly string[] {
  if (type === 'action') return ['commands', 'agent'];
  if (type === 'if-condition' || type === 'while-condition') return ['condition', 'on_true'];
  if (type === 'switch-condition') return ['switch', 'cases'];
  if (type === 'parallel') return ['next_steps'];
  return [];
}

/** Each branch of a condition or a parallel step ends in an end step of its own (section 4.1). */
function sharedEnds(document: CacaoDocument): Finding[] {
  const known = new Map<string, ReadonlySet<string>>();
  const endsOf = (start: string): ReadonlySet<string> => {
    const ends = known.get(start) ?? endsFrom(document, start);
    known.set(start, ends);
    return ends;
  };
  return Object.entries(document.workflow).flatMap(([id, step]) => {
    const branches = edgesOf(step).filter(({ place }) => place[0] !== 'on_completion');
    if (step.type === 'action' || branches.length < 2) return [];
    const taken = new Set<string>();
    for (const { to } of branches) {
      const ends = endsOf(to);
      if ([...ends].some((end) => taken.has(end)))
        return [slight(['workflow', id], 'Its branches share an end step; each has one of its own.')];
      for (const end of ends) taken.add(end);
    }
    return [];
  });
}

function endsFrom(document: CacaoDocument, start: string): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const id of seen) {
    const step = stepOf(document, id);
    if (step !== undefined) for (const { to } of edgesOf(step)) seen.add(to);
  }
  return new Set([...seen].filter((id) => stepOf(document, id)?.type === 'end'));
}

function unknownFields(
  of: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  place: readonly PropertyKey[],
): Finding[] {
  return Object.keys(of)
    .filter((field) => !known.has(field))
    .map((field) => slight([...place, field], `${field} is no property that the specification knows.`));
}

function notIdentifier(text: string): string {
  return `${text} is no identifier: a type, two hyphens and a UUID of version 1 to 5.`;
}

function grave(place: readonly PropertyKey[], message: string): Finding {
  return { grave: true, path: jsonPath(...place), message };
}

function slight(place: readonly PropertyKey[], message: string): Finding {
  return { grave: false, path: jsonPath(...place), message };
}
