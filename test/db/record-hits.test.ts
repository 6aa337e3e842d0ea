import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordFilter } from '../../db/api.ts';
import type { ReadableDb, WritableDb } from '../../db/database.ts';
import { completeImport, insertRecords, startImport } from '../../db/queries/evidence-files.ts';
import { recordHits } from '../../db/queries/record-hits.ts';
import { openStore } from '../../db/store.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { parseSearch } from '../../main/core/evidence/search.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import { INCIDENT, minute, summary, temporaryFolder, value } from '../support/database.ts';
import { fileReport } from '../support/file-report.ts';
import { holds, isOfKind } from '../support/plain-search.ts';

/* What a search is said to find, and when, must be what looking at every record finds. */

const aRecord = fc.record({
  id: fc.integer({ min: 0, max: 40 }),
  seconds: fc.integer({ min: -5400, max: 900 }),
  name: fc.constantFrom('PutBucketPolicy', 'GetObject', 'AttachRolePolicy'),
  principal: fc.constantFrom('arn:ana', 'arn:ben', ''),
  readOnly: fc.constantFrom(true, false, null),
  errorCode: fc.constantFrom(null, null, 'AccessDenied', ''),
  resources: fc.constantFrom([], ['orders'], ['orders', 'images']),
});
type Drawn = typeof aRecord extends fc.Arbitrary<infer T> ? T : never;

/** Many of each, so that some batches hold more hits, and more texts, than are looked up one by one. */
function copiesOf(drawn: Drawn, copies: number): LogRecord[] {
  return Array.from({ length: copies }, (_, copy): LogRecord => ({
    ...drawn,
    ...{ source: 's3.amazonaws.com', region: 'eu-west-1', account: '1', actor: 'person' },
    ...{ userAgent: '', errorMessage: null, flags: [], detail: '' },
    id: `r${drawn.id}-${copy}`,
    at: instantOf(epochMs(minute(0)) + drawn.seconds * 1000 + copy * 7),
    sourceIp: `10.0.${drawn.id}.${copy}`,
    resources: [...drawn.resources],
  }));
}

/** Stores records in three files, the third unfinished, and answers those that are kept: the first of each id. */
function stored(db: WritableDb, records: readonly LogRecord[]): LogRecord[] {
  db.prepare(
    `INSERT INTO incident (id, title, mode, onset, provider, severity, status, updated_at, entries)
     VALUES ($id, $title, $mode, $onset, $provider, $severity, $status, $updatedAt, 0)`,
  ).run({ ...summary(), id: INCIDENT });
  const kept = new Map<string, LogRecord>();
  for (const file of [0, 1, 2]) {
    const size = Math.ceil(records.length / 3);
    const part = records
      .slice(file * size, (file + 1) * size)
      .toSorted((a, b) => epochMs(a.at) - epochMs(b.at));
    const fileId = EvidenceId.parse(`f${file}`);
    const sha256 = String(file).repeat(64);
    value(startImport(db, { fileId, incidentId: INCIDENT, name: 'f', sha256, size: 1 }));
    value(insertRecords(db, { fileId, records: part }));
    if (file === 2) continue;
    value(completeImport(db, { fileId, report: fileReport(sha256) }));
    for (const record of part) if (!kept.has(record.id)) kept.set(record.id, record);
  }
  return [...kept.values()];
}

interface Counted {
  found: number;
  readonly bars: Map<string, readonly [records: number, changes: number, errors: number]>;
}

/** Adds up the answers, each of as few steps as one batch. */
function asked(db: ReadableDb, filter: RecordFilter, most: number): Counted & { readonly minutes: number } {
  const sum: Counted = { found: 0, bars: new Map() };
  let minutes = 0;
  for (let after: number | null = null, first = true; first || after !== null; first = false) {
    const answer = recordHits(db, { incidentId: INCIDENT, filter, most, after }, 1);
    minutes = answer.minutes;
    sum.found += answer.found;
    for (const { from, records, changes, errors } of answer.bars) {
      const [r, c, e] = sum.bars.get(from) ?? [0, 0, 0];
      sum.bars.set(from, [r + records, c + changes, e + errors]);
    }
    after = answer.next;
  }
  return { ...sum, minutes };
}

function scanned(kept: readonly LogRecord[], { text = '', kind, from, to }: RecordFilter, minutes: number) {
  const words = parseSearch(text);
  const sum: Counted = { found: 0, bars: new Map() };
  for (const record of kept) {
    if (!isOfKind(record, kind) || !words.every((word) => holds(record, word))) continue;
    if ((from === undefined || record.at >= from) && (to === undefined || record.at <= to)) sum.found += 1;
    const span = minutes * 60_000;
    const bar = instantOf(Math.floor(epochMs(record.at) / span) * span);
    const [r, c, e] = sum.bars.get(bar) ?? [0, 0, 0];
    sum.bars.set(bar, [
      r + 1,
      c + Number(isOfKind(record, 'changes')),
      e + Number(isOfKind(record, 'errors')),
    ]);
  }
  return sum;
}

const aMoment = fc
  .integer({ min: -5400_000, max: 900_000 })
  .map((milliseconds) => instantOf(epochMs(minute(0)) + milliseconds));

test('the number of hits and their bars are those of a scan of every record, whatever the filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRecord, { maxLength: 60 }),
      fc.integer({ min: 1, max: 80 }),
      fc.array(
        fc.record({
          text: fc.constantFrom(
            '',
            's3',
            '10.0',
            '1',
            'name:get ana',
            'orders',
            'error:denied',
            'put 10.0.7.',
            'x y',
          ),
          kind: fc.constantFrom(undefined, 'changes' as const, 'errors' as const),
          from: fc.option(aMoment, { nil: undefined }),
          to: fc.option(aMoment, { nil: undefined }),
        }),
        { minLength: 4, maxLength: 8 },
      ),
      fc.constantFrom(20, 120),
      async (drawn, copies, filters, most) => {
        const store = value(await openStore(temporaryFolder(), { now: minute(0) }));
        const kept = stored(
          store.db,
          drawn.flatMap((one) => copiesOf(one, copies)),
        );
        for (const filter of filters) {
          const { minutes, ...answer } = asked(store.db, filter, most);
          expect(answer).toEqual(scanned(kept, filter, minutes));
        }
        store.db.close();
      },
    ),
    { numRuns: 25 },
  );
});
