import { changeBetween } from '../adapters/evidence/aws-config.ts';
import type { DbClient } from '../../db/client.ts';
import type { FileReport } from '../core/evidence/model.ts';
import type { EvidenceId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';

/**
 * Adds what a file under way tells only beside the files that are there: of sources that write down states, the change between the
 * last state of one file and the first of the next, whichever came in first. Answers the report with these counted.
 */
export async function addSeams(
  db: DbClient,
  fileId: EvidenceId,
  report: FileReport,
): Promise<Result<FileReport>> {
  if (report.recognisedAs?.startsWith('aws_config_') !== true) return ok(report);
  const found = await db.call('stateSeams', { fileId });
  if (!found.ok) return found;
  const { counted, alone, before, after } = found.value;
  const changes = [
    ...before.flatMap((pair) => changeBetween(pair) ?? []),
    // The file that begins with that state has told under its id that something changed, and not what.
    ...after.flatMap((pair) => {
      const change = changeBetween(pair);
      return change === null ? [] : [{ ...change, id: `${change.id}:seam` }];
    }),
  ];
  const records = [...alone, ...changes];
  if (records.length === 0) return ok({ ...report, records: report.records - counted });
  const added = await db.call('insertRecords', { fileId, records });
  if (!added.ok) return added;
  return ok({
    ...report,
    records: report.records - counted + records.length,
    duplicates: report.duplicates + added.value.duplicates,
    notes:
      changes.length === 0
        ? report.notes
        : [...report.notes, `Changes found between this file and others of the incident: ${changes.length}.`],
  });
}
