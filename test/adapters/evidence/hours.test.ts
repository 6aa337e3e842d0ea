import { describe, expect, test } from 'vitest';
import { expandPaths } from '../../../main/adapters/evidence/expand-paths.ts';
import { coverageOf } from '../../../main/core/evidence/coverage.ts';
import { deniedAfterChange, deniedPrincipals } from '../../../main/core/evidence/denied.ts';
import { failingNames } from '../../../main/core/evidence/failing-names.ts';
import { groupErrors } from '../../../main/core/evidence/group-errors.ts';
import { LogRecord, type FileReport } from '../../../main/core/evidence/model.ts';
import { providerWords } from '../../../main/core/evidence/provider-words.ts';
import { holesIn } from '../../../main/core/evidence/holes.ts';
import { isChange, rankChanges } from '../../../main/core/evidence/rank-changes.ts';
import { suggestAnswers } from '../../../main/core/evidence/suggest.ts';
import { TABLES } from '../../core/evidence/evidence.ts';
import { hours } from './hours.ts';
import { readAll } from './reading.ts';

async function readHour(paths: readonly string[]): Promise<{ records: LogRecord[]; reports: FileReport[] }> {
  const records: LogRecord[] = [];
  const reports: FileReport[] = [];
  for (const file of (await expandPaths(paths)).files) {
    const read = await readAll(file);
    records.push(...read.records);
    reports.push(read.report);
  }
  return { records, reports };
}

function counts(values: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
}

describe.each(hours().map((hour) => [hour.name, hour] as const))('%s', (_name, hour) => {
  test('is read whole, every record in the common shape', async () => {
    const { records, reports } = await readHour(hour.paths);
    expect([reports.length, records.length, new Set(records.map((record) => record.id)).size]).toEqual([
      hour.files,
      hour.records,
      hour.records,
    ]);
    expect(reports.filter((report) => report.rejected > 0 || report.notes.length > 0)).toEqual([]);
    expect(records.filter((record) => !LogRecord.safeParse(record).success)).toEqual([]);
    expect(records.filter((record) => record.errorCode !== null).length).toBe(hour.failed);
    expect(
      records.filter((record) => record.readOnly === false && isChange(record, TABLES.changes)).length,
    ).toBe(hour.changes);
    expect(counts(records.map((record) => record.actor))).toEqual(hour.actors);
    expect(counts(records.flatMap((record) => record.errorCode ?? []))).toMatchObject(hour.errorCodes);
    const coverage = coverageOf(reports, hour);
    expect([coverage.window, coverage.accounts, coverage.regions, coverage.gaps]).toEqual([
      hour.window,
      [hour.account],
      hour.regionsSeen,
      [],
    ]);
  });

  test('has the changes that mattered among the first five', async () => {
    const { records } = await readHour(hour.paths);
    const ranked = rankChanges(records, hour, TABLES.changes);
    expect(ranked.slice(0, 5).map((change) => [change.record.name, change.record.at, change.count])).toEqual(
      expect.arrayContaining(hour.first.map((change) => [...change])),
    );
    expect(ranked.every((change) => change.record.at <= hour.onset && change.reasons.length >= 3)).toBe(true);
  });

  test('answers the checks that it can answer', async () => {
    const { records, reports } = await readHour(hour.paths);
    const coverage = coverageOf(reports, hour);
    const changes = records.filter((record) => isChange(record, TABLES.changes));
    const suggested = suggestAnswers(
      {
        onset: hour.onset,
        ranked: rankChanges(records, hour, TABLES.changes),
        changes,
        errors: groupErrors(records, hour, TABLES.errors),
        deniedAfterChange: deniedAfterChange(records, TABLES),
        deniedPrincipals: deniedPrincipals(records, hour, TABLES),
        coverage,
        failing: failingNames(
          records.filter((record) => record.errorCode !== null),
          hour,
          TABLES.errors,
        ),
        holes: holesIn({ onset: hour.onset, coverage, files: reports, changes, findings: [], gaps: [] }),
        providerWords: providerWords(records, hour),
      },
      TABLES,
    );
    expect(
      suggested.map(({ check, answers, number }) => [
        check,
        answers,
        ...(number === undefined ? [] : [number]),
      ]),
    ).toEqual(hour.suggested);
    const ids = new Set(records.map((record) => record.id));
    expect(suggested.flatMap((item) => item.recordIds).filter((id) => !ids.has(id))).toEqual([]);
    expect(suggested.filter((item) => item.why === '' || item.recordIds.length > 20)).toEqual([]);
  });
});
