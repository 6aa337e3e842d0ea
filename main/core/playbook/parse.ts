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

/**
 * Reads a playbook document from parsed JSON. Refused, with every fault placed by JSON path: `too_large` beyond the bounds,
 * `newer_schema` for a format version this program does not know, `invalid_input` for anything the schema or the linter
 * finds wrong. A playbook in use is never touched by a refusal.
 */
export function parsePlaybook(json: unknown): Result<Playbook, PlaybookRefusal> {
  if (!isWithinBounds(json))
    return refuse('too_large', [
      { code: 'shape', path: '$', message: 'The document is too large or too deep to be a playbook.' },
    ]);
  const version = versionOf(json);
  if (version !== null && version > PLAYBOOK_SCHEMA_VERSION)
    return refuse('newer_schema', [
      {
        code: 'shape',
        path: '$.schemaVersion',
        message: `The document has schema version ${String(version)}; this program reads up to ${String(PLAYBOOK_SCHEMA_VERSION)}. Use a newer Demarc.`,
      },
    ]);
  const parsed = Playbook.safeParse(json);
  if (!parsed.success)
    return refuse(
      'invalid_input',
      parsed.error.issues.map((issue) => ({
        code: 'shape',
        path: jsonPath(...issue.path),
        message: `${issue.message}.`,
      })),
    );
  const faults = lintPlaybook(parsed.data).filter(({ code }) => !HARMLESS.has(code));
  return faults.length === 0 ? ok(parsed.data) : refuse('invalid_input', faults);
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
