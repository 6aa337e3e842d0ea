import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { evidenceAround, failingAround, rankedAround } from '../../db/queries/evidence-around.ts';
import { groupsAround } from '../../db/queries/groups-around.ts';
import { listRecords } from '../../db/queries/log-records.ts';
import { recordHits } from '../../db/queries/record-hits.ts';
import { openStore } from '../../db/store.ts';
import { parseChangeTable } from '../../main/core/evidence/change-table.ts';
import { parseErrorTable } from '../../main/core/evidence/error-table.ts';
import { IncidentId } from '../../main/core/ids.ts';
import { addMinutes, Instant } from '../../main/core/time.ts';

/*
 * Asks a filled database what the window asks it, and prints how long each took, as JSON: the ranking, everything around onset, the
 * first page of searches for single words and for several in certain fields, how many records each of those words is in, and pages at
 * the top and far down, taken in turns.
 */
const [dataDir = '', resourcesFolder = '', incident = '', onsetText = '', asked = ''] = process.argv.slice(2);
const { words, queries } = JSON.parse(asked) as { words: readonly string[]; queries: readonly string[] }; // from the bench

function value<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const json = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(resourcesFolder, 'evidence', name), 'utf8'));
function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const onset = Instant.parse(onsetText);
const incidentId = IncidentId.parse(incident);
const { db } = value(await openStore(dataDir, { now: onset }));
const tables = {
  changes: value(parseChangeTable(json('changes.json'))),
  errors: value(parseErrorTable(json('errors.json'))),
};
const around = {
  incidentId,
  context: { onset, services: ['s3'], regions: ['eu-west-1'] },
  window: { before: 24 * 60, after: 60 },
  tables,
};
const ROUNDS = 7;
const PAGE = 200;
/** What the window shows first: `FIRST_PAGE` of main/services/records.ts. */
const FOUND = 50;

function ranked(): unknown {
  const groups = groupsAround(db, around);
  return rankedAround(db, groups, around, failingAround(db, groups, around));
}

const ranking: number[] = [];
const everything: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  ranking.push(timed(ranked));
  everything.push(timed(() => evidenceAround(db, around)));
}

function search(text: string): number {
  return listRecords(db, { incidentId, limit: FOUND, filter: { text } }).records.length;
}
/** The first page of each in turns, again and again. */
function searched(texts: readonly string[]): number[] {
  return Array.from({ length: ROUNDS }, () => texts.map((text) => timed(() => search(text)))).flat();
}

const searches = searched(words);
const narrow = searched(queries);
const counts = words.map((text) => {
  let hits = 0;
  const milliseconds = timed(() => {
    let after: number | null = null;
    do {
      const part = recordHits(db, { incidentId, filter: { text }, most: 120, after });
      hits += part.found;
      after = part.next;
    } while (after !== null);
  });
  return { text, hits, milliseconds };
});

const top: number[] = [];
const deep: number[] = [];
const unseen: number[] = [];
const depths = Array.from({ length: 60 }, (_, index) => addMinutes(onset, -115 + index * 1.9));
for (const at of depths) {
  const after = { at, number: Number.MAX_SAFE_INTEGER };
  const page = (): unknown => listRecords(db, { incidentId, limit: PAGE, after });
  unseen.push(timed(page));
  // Both just after they were read: the first page has been in memory for long, and depth alone is to be told.
  deep.push(timed(page));
  top.push(timed(() => listRecords(db, { incidentId, limit: PAGE })));
}
db.close();
process.stdout.write(
  JSON.stringify({
    rankingMs: quantile(ranking, 0.5),
    everythingMs: quantile(everything, 0.5),
    searches,
    narrow,
    counts,
    topMs: quantile(top, 0.5),
    deepMs: quantile(deep, 0.5),
    unseenMs: quantile(unseen, 0.5),
  }),
);
