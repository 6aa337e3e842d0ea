import type { z } from 'zod';
import { err, type AppError, type Result } from '../result.ts';
import { ok } from '../result.ts';
import { Playbook, PLAYBOOK_SCHEMA_VERSION } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';
import { lintPlaybook } from './lint.ts';
import { isWithinBounds } from './bounds.ts';

/** At most this many faults are listed: a document with more is the wrong document. */
const MAX_FAULTS = 200;
/** Faults of which the window makes the best itself; an incident that began with such a document must stay readable. */
const HARMLESS: ReadonlySet<Fault['code']> = new Set(['reserved_key']);

/** Why a document was refused: the first fault as message and place, and all of them as a list. */
export interface PlaybookRefusal extends AppError {
  readonly faults: readonly Fault[];
}

/** Everything found in a document, for whoever writes one. `code` says how it would be refused. */
export interface Examination {
  /** Empty, or harmless ones only, when the document can be used. */
  readonly faults: readonly Fault[];
  readonly usable: boolean;
  /** The playbook as far as the document has the shape of one: with faults it can be looked at, never used. */
  readonly playbook: Playbook | null;
  readonly code: AppError['code'];
}

/** Looks a playbook document through, from parsed JSON: every fault, placed by JSON path. */
export function examinePlaybook(json: unknown): Examination {
  if (!isWithinBounds(json))
    return shapeless('too_large', [
      { code: 'shape', path: '$', message: 'The document is too large or too deep to be a playbook.' },
    ]);
  const newer = newerSchema(json);
  if (newer !== null) return newer;
  const parsed = Playbook.safeParse(json);
  if (!parsed.success)
    return shapeless(
      'invalid_input',
      parsed.error.issues.map((issue) => ({
        code: 'shape',
        path: jsonPath(...issue.path),
        message: issueWords(issue),
      })),
    );
  const faults = lintPlaybook(parsed.data);
  const usable = faults.every(({ code }) => HARMLESS.has(code));
  return { faults, usable, playbook: parsed.data, code: 'invalid_input' };
}

/** What the schema finds wrong, as a sentence for the person who wrote it. */
export function issueWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' || issue.code === 'too_big') return sizeWords(issue);
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined')
      ? `This is missing; ${article(issue.expected)} is needed.`
      : `This must be ${article(issue.expected)}.`;
  if (issue.code === 'unrecognized_keys')
    return `The format has no ${issue.keys.map((key) => `“${key}”`).join(', ')} here.`;
  if (issue.code === 'invalid_value') return `This must be one of ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_format')
    return issue.format === 'regex' ? `This must be ${issue.message}.` : `This is no ${issue.format}.`;
  return `${issue.message}.`;
}

function sizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const isShort = issue.code === 'too_small';
  const bound = String(isShort ? issue.minimum : issue.maximum);
  if (issue.origin === 'string')
    return isShort ? 'Something has to stand here.' : `It is longer than ${bound} characters.`;
  if (issue.origin === 'array')
    return isShort ? `At least ${bound} of these is needed.` : `There are more than ${bound} of these.`;
  const open = issue.inclusive === false;
  return isShort
    ? `The number must be ${open ? 'more than' : 'at least'} ${bound}.`
    : `The number must be ${open ? 'less than' : 'at most'} ${bound}.`;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    array: 'a list',
    boolean: 'yes or no',
    object: 'an object',
  };
  return words[type] ?? `a ${type}`;
}

/** What is found in a document of a format version that this program does not know; null for any other. */
export function newerSchema(json: unknown): Examination | null {
  const version = versionOf(json);
  if (version === null || version <= PLAYBOOK_SCHEMA_VERSION) return null;
  return shapeless('newer_schema', [
    {
      code: 'shape',
      path: '$.schemaVersion',
      message: `The document has schema version ${String(version)}; this program reads up to ${String(PLAYBOOK_SCHEMA_VERSION)}. Use a newer Demarc.`,
    },
  ]);
}

/** What is found in a document that has not the shape of a playbook. */
export function shapeless(code: AppError['code'], faults: readonly Fault[]): Examination {
  return { faults, usable: false, playbook: null, code };
}

/**
 * Reads a playbook document from parsed JSON. Refused, with every fault placed by JSON path: `too_large` beyond the bounds,
 * `newer_schema` for a format version this program does not know, `invalid_input` for anything the schema or the linter
 * finds wrong. A playbook in use is never touched by a refusal.
 */
export function parsePlaybook(json: unknown): Result<Playbook, PlaybookRefusal> {
  const { faults, usable, playbook, code } = examinePlaybook(json);
  if (usable && playbook !== null) return ok(playbook);
  return refuse(
    code,
    faults.filter((fault) => !HARMLESS.has(fault.code)),
  );
}

function versionOf(json: unknown): number | null {
  if (typeof json !== 'object' || json === null || !('schemaVersion' in json)) return null;
  return typeof json.schemaVersion === 'number' ? json.schemaVersion : null;
}

function refuse(code: AppError['code'], all: readonly Fault[]): Result<never, PlaybookRefusal> {
  const faults = all.slice(0, MAX_FAULTS);
  const first = faults[0] ?? { path: '$', message: 'The document is not a playbook.' };
  const more = all.length > 1 ? ` (and ${String(all.length - 1)} more)` : '';
  return err({
    code,
    message: `The playbook is refused: at ${first.path}: ${first.message}${more}`,
    place: first.path,
    faults,
  });
}
