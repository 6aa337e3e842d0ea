import type { DbClient } from '../../db/client.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import { epochMs } from '../../main/core/time.ts';
import { appendNotes, INCIDENT, value } from './database.ts';
import { fileReport } from './file-report.ts';

/** Stores records in so many files, and answers those that are kept: the first of each id. */
export async function storedRecords(
  client: DbClient,
  records: readonly LogRecord[],
  files: number,
): Promise<LogRecord[]> {
  await appendNotes(client, 1);
  const size = Math.ceil(records.length / files);
  for (let file = 0; file < files; file += 1) {
    const fileId = EvidenceId.parse(`f${file}`);
    const part = records.slice(file * size, (file + 1) * size);
    const sha256 = file.toString(16).padStart(64, '0');
    value(await client.call('startImport', { fileId, incidentId: INCIDENT, name: 'f', sha256, size: 1 }));
    // In the order of time, as a batch is written: the first of equal ids is then the same one.
    const sorted = part.toSorted((a, b) => epochMs(a.at) - epochMs(b.at));
    value(await client.call('insertRecords', { fileId, records: sorted }));
    value(await client.call('finishImport', { fileId, report: fileReport(sha256) }));
  }
  const kept = new Map<string, LogRecord>();
  for (let file = 0; file < files; file += 1) {
    const part = records.slice(file * size, (file + 1) * size);
    for (const record of part.toSorted((a, b) => epochMs(a.at) - epochMs(b.at))) {
      if (!kept.has(record.id)) kept.set(record.id, record);
    }
  }
  return [...kept.values()];
}
