import { z } from 'zod';
import { err, ok, type Result } from '../../result.ts';
import { isWithinBounds } from '../bounds.ts';
import { type Playbook } from '../definition.ts';
import { jsonPath, type Fault } from '../fault.ts';
import { parsePlaybook, type PlaybookRefusal } from '../parse.ts';
import { CacaoDocument, EXTENSION } from './document.ts';
import { convertForeign, type Loss } from './foreign.ts';
import { edgesOf } from './graph.ts';
import { findingsIn } from './rules.ts';

/** More steps, or ways from step to step, than these are no playbook that people follow. */
const MAX_STEPS = 1000;
const MAX_EDGES = 5000;

/**
 * A CACAO playbook read as one of ours. `own`: it carried our extension, and nothing was lost. `warnings`: what is wrong with
 * the document but does not keep it from being followed. `lost`: what did not survive, and where it stood.
 */
export interface CacaoImport {
  readonly playbook: Playbook;
  readonly own: boolean;
  readonly warnings: readonly Loss[];
  readonly lost: readonly Loss[];
}

/**
 * Reads a CACAO 2.0 playbook from parsed JSON. One of our own export comes back identical; any other becomes a playbook of checks
 * without weights, with the priors, thresholds and escalation of `base`. Refused with every fault placed: `too_large` beyond
 * the bounds, `invalid_input` for what is not CACAO 2.0 or cannot be followed.
 */
export function importCacao(json: unknown, base: Playbook): Result<CacaoImport, PlaybookRefusal> {
  if (!isWithinBounds(json))
    return refuse('too_large', [shape('$', 'The document is too large or too deep.')]);
  const parsed = CacaoDocument.safeParse(json);
  if (!parsed.success)
    return refuse(
      'invalid_input',
      parsed.error.issues.map((issue) => shape(jsonPath(...issue.path), `${issue.message}.`)),
    );
  const document = parsed.data;
  const steps = Object.values(document.workflow);
  if (steps.length > MAX_STEPS || steps.reduce((sum, step) => sum + edgesOf(step).length, 0) > MAX_EDGES)
    return refuse('too_large', [
      shape(
        '$.workflow',
        `It has more than ${String(MAX_STEPS)} steps or ${String(MAX_EDGES)} ways between them.`,
      ),
    ]);
  const findings = findingsIn(document);
  const grave = findings.filter((one) => one.grave);
  if (grave.length > 0)
    return refuse(
      'invalid_input',
      grave.map(({ path, message }) => shape(path, message)),
    );
  const warnings = findings.map(({ path, message }) => ({ path, message }));
  const own = document.playbook_extensions?.[EXTENSION];
  const { document: converted, lost } =
    own === undefined ? convertForeign(document, base) : { document: restored(document, own), lost: [] };
  const playbook = parsePlaybook(converted);
  return playbook.ok ? ok({ playbook: playbook.value, own: own !== undefined, warnings, lost }) : playbook;
}

const OwnExtension = z.looseObject({ checks: z.array(z.string()) });
const OwnStep = z.looseObject({ id: z.string() });

/** Our document from the extension, with the title, question and reason of each check as the CACAO steps have them now. */
function restored(document: CacaoDocument, own: unknown): unknown {
  const rest = OwnExtension.safeParse(own);
  if (!rest.success) return own;
  const checks = new Map<string, unknown>();
  for (const step of Object.values(document.workflow)) {
    const kept = OwnStep.safeParse(step.step_extensions?.[EXTENSION]);
    const [command] = step.commands ?? [];
    if (kept.success)
      checks.set(kept.data.id, {
        ...kept.data,
        title: step.name,
        question: command?.command,
        why: command?.description,
      });
  }
  return {
    ...rest.data,
    title: document.name,
    description: document.description,
    checks: rest.data.checks.map((id) => checks.get(id) ?? { id }),
  };
}

function shape(path: string, message: string): Fault {
  return { code: 'shape', path, message };
}

function refuse(code: PlaybookRefusal['code'], faults: readonly Fault[]): Result<never, PlaybookRefusal> {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${String(faults.length - 1)} more)` : '';
  const place = first?.path ?? '$';
  return err({
    code,
    message: `The CACAO playbook is refused: at ${place}: ${first?.message ?? 'It is not one.'}${more}`,
    place,
    faults: faults.slice(0, 200),
  });
}
