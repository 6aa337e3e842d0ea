import { changeBetween, stateId } from '../adapters/evidence/aws-config.ts';
import type { DbClient } from '../../db/client.ts';
import type { FileReport } from '../core/evidence/model.ts';
import type { Replacement } from '../core/evidence/state-span.ts';
import type { EvidenceId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';

interface Seamed {
  readonly report: FileReport;
  /** What this file says better than those that are there; it takes effect with the end of the import. */
  readonly replacement: Replacement;
}

/**
 * Adds what a file under way tells only beside the files that are there: of sources that write down states, the change between the
 * last state of one file and the first of the next, whichever came in first. Answers the report with these counted.
 */
export async function addSeams(
  db: DbClient,
  fileId: EvidenceId,
  report: FileReport,
): Promise<Result<Seamed>> {
  const none: Replacement = { ids: [], records: [] };
  if (report.recognisedAs?.startsWith('aws_config_') !== true) return ok({ report, replacement: none });
  const found = await db.call('stateSeams', { fileId });
  if (!found.ok) return found;
  const { resources, counted, alone, before, after } = found.value;
  const changes = before.flatMap((pair) => changeBetween(pair) ?? []);
  // The file that begins with that state has told under its id that something changed, and not what.
  const replacement: Replacement = {
    ids: after.map((pair) => stateId(pair.after)),
    records: after.flatMap((pair) => changeBetween(pair) ?? []),
  };
  const records = [...alone, ...changes];
  const added = records.length === 0 ? null : await db.call('insertRecords', { fileId, records });
  if (added?.ok === false) return added;
  const between = changes.length + replacement.records.length;
  return ok({
    replacement,
    report: {
      ...report,
      ...(resources > 0 && { states: resources }),
      records: report.records - counted + records.length + replacement.records.length,
      duplicates: report.duplicates + (added?.value.duplicates ?? 0),
      notes: [
        ...report.notes,
        ...(between === 0 ? [] : [`Changes found between this file and others of the incident: ${between}.`]),
        ...(resources === 0 ? [] : [KEPT]),
      ],
    },
  });
}

const KEPT =
  'How its resources were is kept: other files of the incident, also later ones, are held against it.';
