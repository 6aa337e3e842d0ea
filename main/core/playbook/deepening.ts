import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { VerdictLabel } from '../sides.ts';
import { isWithinBounds } from './bounds.ts';
import { Playbook, Symptoms } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';
import { lintPlaybook } from './lint.ts';
import { issueWords, newerSchema, shapeless, type Examination, type PlaybookRefusal } from './parse.ts';

const shape = Playbook.unwrap().shape;
const Check = shape.checks.unwrap().element;
const CheckShape = Check.unwrap().shape;
const Levels = shape.escalation.unwrap().valueType.unwrap().shape.levels;
const Id = shape.id;

/**
 * A playbook that deepens another: what it says is laid over the base, what it leaves out stays the base's. It only adds checks
 * and how-to steps and changes what comes first, so that it keeps the base's vocabulary and weights.
 */
const Deepening = z
  .strictObject({
    schemaVersion: shape.schemaVersion,
    extends: Id,
    id: Id,
    version: shape.version,
    title: shape.title,
    description: shape.description,
    appliesTo: shape.appliesTo,
    symptoms: Symptoms,
    /** Put before the base's sources. */
    sources: shape.sources,
    /** In place of the base's opening. */
    opening: shape.opening,
    /** Moved to the front of the base's order; further new checks follow them. */
    first: shape.order,
    checks: z.array(Check).max(40).readonly().default([]),
    /** Steps put before those of the base's check. */
    howTo: z.record(Id, CheckShape.howTo).readonly().default({}),
    beforeDeclaring: shape.beforeDeclaring,
    /** Levels put before the base's. */
    escalation: z.partialRecord(VerdictLabel, Levels).readonly().default({}),
  })
  .readonly();
type Deepening = z.infer<typeof Deepening>;

/** The id of the playbook that a document deepens, or null for a document that stands alone. */
export function extendedBy(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('extends' in json)) return null;
  return typeof json.extends === 'string' ? json.extends : '';
}

/** Looks a deepening through, from parsed JSON, laid over its base: every fault, placed in the deepening's own document. */
export function examineDeepening(json: unknown, base: Playbook): Examination {
  if (!isWithinBounds(json))
    return shapeless('too_large', [fault('shape', '$', 'The document is too large or too deep.')]);
  const newer = newerSchema(json);
  if (newer !== null) return newer;
  const parsed = Deepening.safeParse(json);
  if (!parsed.success)
    return shapeless(
      'invalid_input',
      parsed.error.issues.map((issue) => fault('shape', jsonPath(...issue.path), issueWords(issue))),
    );
  const own = ownFaults(parsed.data, base);
  const playbook = merged(parsed.data, base);
  // Laid over, a document with faults of its own gives faults that only follow from them.
  const faults =
    own.length > 0
      ? own
      : lintPlaybook(playbook).map((one) => ({ ...one, path: placeInDeepening(one.path, base) }));
  return { faults, usable: faults.length === 0, playbook, code: 'invalid_input' };
}

/**
 * Lays a deepening, from parsed JSON, over its base. Refused, with every fault placed in the deepening's own document, as
 * `parsePlaybook` refuses.
 */
export function deepen(json: unknown, base: Playbook): Result<Playbook, PlaybookRefusal> {
  const { faults, usable, playbook, code } = examineDeepening(json, base);
  return usable && playbook !== null ? ok(playbook) : refuse(code, faults);
}

function merged(deepening: Deepening, base: Playbook): Playbook {
  const { id, version, title, description, appliesTo, symptoms, first, howTo } = deepening;
  const checks = [...base.checks, ...deepening.checks].map((check) => {
    const before = howTo[check.id];
    if (before === undefined) return check;
    const steps = { ...check.howTo };
    for (const where of ['all', 'aws', 'gcp', 'azure', 'other'] as const)
      steps[where] = [...before[where], ...check.howTo[where]].slice(0, 12);
    return { ...check, howTo: steps };
  });
  const order = new Set([...first, ...deepening.checks.map((check) => check.id), ...base.order]);
  const escalation = { ...base.escalation };
  for (const verdict of VerdictLabel.options) {
    const levels = deepening.escalation[verdict] ?? [];
    escalation[verdict] = { levels: [...levels, ...base.escalation[verdict].levels].slice(0, 12) };
  }
  const titles = new Set(deepening.sources.map((source) => source.title));
  return {
    ...base,
    id,
    version,
    title,
    description,
    appliesTo,
    symptoms,
    sources: [...deepening.sources, ...base.sources.filter((source) => !titles.has(source.title))],
    checks,
    opening: deepening.opening,
    order: [...order],
    beforeDeclaring: [...deepening.beforeDeclaring, ...base.beforeDeclaring],
    escalation,
  };
}

/** Faults that only show before the two are one. */
function ownFaults(deepening: Deepening, base: Playbook): Fault[] {
  const faults: Fault[] = [];
  const known = new Set(base.checks.map(({ id }) => id));
  if (deepening.extends !== base.id)
    faults.push(fault('shape', '$.extends', `It extends ${deepening.extends}; the base is ${base.id}.`));
  if (deepening.id === base.id)
    faults.push(fault('duplicate_id', '$.id', `${base.id} is the id of the playbook it extends.`));
  for (const [at, { id }] of deepening.checks.entries())
    if (known.has(id))
      faults.push(fault('duplicate_id', jsonPath('checks', at, 'id'), `${id} is a check of ${base.id}.`));
  const all = new Set([...known, ...deepening.checks.map(({ id }) => id)]);
  for (const [at, id] of deepening.first.entries()) {
    if (!all.has(id)) faults.push(fault('unknown_check', jsonPath('first', at), `There is no check ${id}.`));
    if (deepening.first.indexOf(id) < at)
      faults.push(fault('order', jsonPath('first', at), `${id} is used twice.`));
  }
  for (const id of Object.keys(deepening.howTo))
    if (!known.has(id))
      faults.push(fault('unknown_check', jsonPath('howTo', id), `${base.id} has no check ${id}.`));
  return faults;
}

/** The checks of a deepening stand after the base's, so their places in its own document are that much lower. */
function placeInDeepening(path: string, base: Playbook): string {
  const place = /^\$\.checks\[(\d+)\](.*)$/.exec(path);
  const at = Number(place?.[1]) - base.checks.length;
  return place !== null && at >= 0 ? `$.checks[${String(at)}]${place[2] ?? ''}` : path;
}

function fault(code: Fault['code'], path: string, message: string): Fault {
  return { code, path, message };
}

function refuse(code: PlaybookRefusal['code'], faults: readonly Fault[]): Result<never, PlaybookRefusal> {
  const [first] = faults;
  const place = first?.path ?? '$';
  const more = faults.length > 1 ? ` (and ${String(faults.length - 1)} more)` : '';
  const message = `The playbook is refused: at ${place}: ${first?.message ?? 'It is none.'}${more}`;
  return err({ code, message, place, faults: faults.slice(0, 200) });
}
