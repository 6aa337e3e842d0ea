import type { StateFinding } from '../../main/core/evidence/state-finding.ts';
import { classify, type PatternTable } from '../../main/core/evidence/pattern-table.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import { fail, ok, type Result } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import { epochMs } from '../../main/core/time.ts';
import type { FindingCounts, FindingPage, FindingQuery } from '../findings-api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { prepared } from '../database.ts';
import type { Staging } from './record-batches.ts';

interface FindingRow extends Omit<StateFinding, 'seenAt' | 'since'> {
  readonly seenMs: number | null;
  readonly sinceMs: number | null;
}

const COLUMNS = `id, source, product, seen_ms AS seenMs, since_ms AS sinceMs, status, severity, pattern, owner, title, detail,
  resource, region, account, control`;

const STANDING = `incident = (SELECT number FROM incident WHERE id = $incidentId) AND stands = 1`;

/** A look that says no moment is older than every one that does. */
const SEEN = 'coalesce(seen_ms, -1)';

/** Adds findings to an import under way; of one id the newest look of the file is kept. */
export function insertStagedFindings(
  db: WritableDb,
  { incident, number }: Staging,
  findings: readonly StateFinding[],
): void {
  const insert = db.prepare<object>(
    `INSERT INTO state_finding (incident, file, id, source, product, seen_ms, since_ms, status, severity, pattern, owner,
       title, detail, resource, region, account, control)
     VALUES ($incident, $file, $id, $source, $product, $seenMs, $sinceMs, $status, $severity, $pattern, $owner,
       $title, $detail, $resource, $region, $account, $control)
     ON CONFLICT (file, id) DO UPDATE SET seen_ms = excluded.seen_ms, since_ms = excluded.since_ms,
       status = excluded.status, severity = excluded.severity, pattern = excluded.pattern, owner = excluded.owner,
       title = excluded.title, detail = excluded.detail
     WHERE coalesce(excluded.seen_ms, -1) >= ${SEEN}`,
  );
  const same = db.prepare<[number, string], Pick<FindingRow, 'seenMs' | 'detail' | 'resource'>>(
    'SELECT seen_ms AS seenMs, detail, resource FROM state_finding WHERE file = ? AND id = ?',
  );
  for (const { seenAt, since, id, ...finding } of findings) {
    const seenMs = msOf(seenAt);
    const isOther = (candidate: string): boolean => {
      const there = same.get(number, candidate);
      return (
        there !== undefined &&
        there.seenMs === seenMs &&
        (there.detail !== finding.detail || there.resource !== finding.resource)
      );
    };
    // Scanners give two things found in one look the same id now and then: neither may be lost.
    let own = id;
    for (let copy = 2; isOther(own); copy += 1) own = `${id}#${copy}`;
    insert.run({ ...finding, id: own, seenMs, sinceMs: msOf(since), incident, file: number });
  }
}

const CLASSIFIED_AT_ONCE = 5_000;

type CheckRow = Pick<StateFinding, 'control' | 'title' | 'pattern' | 'owner'> & { readonly finding: number };

/** Gives a file's findings the pattern and owner that check and title tell; there are far fewer checks than findings. */
export function classifyStaged(db: WritableDb, { number }: Staging, patterns: PatternTable): void {
  const page = db.prepare<[number, number, number], CheckRow>(
    `SELECT finding, control, title, pattern, owner FROM state_finding
     WHERE file = ? AND finding > ? ORDER BY finding LIMIT ?`,
  );
  const update = db.prepare<object>(
    'UPDATE state_finding SET pattern = $pattern, owner = $owner WHERE finding = $finding',
  );
  const known = new Map<string, ReturnType<typeof classify>>();
  let after = 0;
  for (;;) {
    const rows = page.all(number, after, CLASSIFIED_AT_ONCE);
    for (const { finding, ...check } of rows) {
      const key = JSON.stringify(check);
      const found = known.get(key) ?? classify(check, patterns);
      known.set(key, found);
      if (found.pattern !== check.pattern || found.owner !== check.owner) update.run({ ...found, finding });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CLASSIFIED_AT_ONCE) return;
    after = last.finding;
  }
}

/** Makes a file's findings stand, each unless another file holds a newer look at the same id. */
export function letFindingsStand(db: WritableDb, { incident, number }: Staging): void {
  const numbers = { incident, number };
  db.prepare<object>(
    `UPDATE state_finding AS new SET stands = 1 WHERE file = $number AND NOT EXISTS (
       SELECT 1 FROM state_finding AS old WHERE old.incident = $incident AND old.id = new.id AND old.stands = 1
         AND coalesce(old.seen_ms, -1) > coalesce(new.seen_ms, -1))`,
  ).run(numbers);
  db.prepare<object>(
    `UPDATE state_finding AS old SET stands = 0
     WHERE old.incident = $incident AND old.stands = 1 AND old.file <> $number AND EXISTS (
       SELECT 1 FROM state_finding AS new WHERE new.file = $number AND new.id = old.id AND new.stands = 1)`,
  ).run(numbers);
  sayTurned(db, numbers);
  // A history dates what the finding itself only states.
  db.prepare<object>(
    `UPDATE state_finding AS one SET since_ms = (
       SELECT max(other.since_ms) FROM state_finding AS other
       WHERE other.incident = $incident AND other.id = one.id AND other.status = one.status
         AND (other.file = $number OR other.file IN (SELECT number FROM evidence_file WHERE state = 'complete')))
     WHERE one.incident = $incident AND one.stands = 1 AND one.since_ms IS NULL
       AND one.id IN (SELECT id FROM state_finding WHERE file = $number)`,
  ).run(numbers);
}

/** Two looks nearer to each other than this date what turned between them. */
const NEAR_LOOKS_MS = 2 * 60 * 60_000;

/** Says of what fails now that an earlier look saw it pass; where the looks are near each other, that dates it. */
function sayTurned(db: WritableDb, numbers: { readonly incident: number; readonly number: number }): void {
  db.prepare<object>(
    `UPDATE state_finding AS one SET
       detail = 'passed when looked at ' || strftime('%Y-%m-%d %H:%M', passed.at / 1000, 'unixepoch') || ' UTC; ' || detail,
       since_ms = coalesce(since_ms, (
         SELECT min(seen_ms) FROM state_finding AS failed
         WHERE failed.incident = $incident AND failed.id = one.id AND failed.status = 'failing'
           AND failed.seen_ms > passed.at AND failed.seen_ms <= passed.at + ${NEAR_LOOKS_MS}))
     FROM (SELECT id, max(seen_ms) AS at FROM state_finding
           WHERE incident = $incident AND stands = 0 AND status = 'passing'
             AND file IN (SELECT number FROM evidence_file WHERE incident = $incident)
           GROUP BY id) AS passed
     WHERE one.id = passed.id AND one.seen_ms > passed.at AND one.incident = $incident AND one.stands = 1
       AND one.status = 'failing' AND one.id IN (SELECT id FROM state_finding WHERE file = $number)
       AND one.detail NOT LIKE 'passed when looked at %'`,
  ).run(numbers);
}

/** Removes the findings of an import under way. */
export function removeStagedFindings(db: WritableDb, { number }: Staging): void {
  db.prepare('DELETE FROM state_finding WHERE file = ?').run(number);
}

/** The number at the end makes it an order without ties, so that a page goes on exactly behind the one before. */
const ORDER = 'place, pattern, resource, finding';

/** Those that stand, dated ones first, then by severity; a page at a time. */
export function listFindings(db: ReadableDb, query: FindingQuery): FindingPage {
  const { incidentId, status, pattern, text, dated, after, limit } = query;
  // Within one status the index gives the order; all of them are few.
  const order = status === undefined ? `status <> 'failing', ${ORDER}` : ORDER;
  const conditions = [
    STANDING,
    ...(status ? ['status = $status'] : []),
    ...(pattern ? ['pattern = $pattern'] : []),
    ...(text ? [TEXT_MATCH] : []),
    ...(dated ? ['since_ms BETWEEN $fromMs AND $toMs'] : []),
    ...(after === undefined
      ? []
      : [`(${order}) > (SELECT ${order} FROM state_finding WHERE finding = $after)`]),
  ];
  const rows = db
    .prepare<[object], FindingRow>(
      `SELECT ${COLUMNS} FROM state_finding WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT $limit`,
    )
    .all({
      incidentId,
      limit: limit + 1,
      ...(after !== undefined && { after }),
      ...(status && { status }),
      ...(pattern && { pattern }),
      ...(dated && { fromMs: epochMs(dated.from), toMs: epochMs(dated.to) }),
      ...(text && { text: `%${text.replace(/[\\%_]/g, '\\$&')}%` }),
    });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    findings: page.map(stateFinding),
    next: last === undefined ? null : numberOf(db, { incidentId, findingId: last.id }),
  };
}

function numberOf(
  db: ReadableDb,
  one: { readonly incidentId: IncidentId; readonly findingId: string },
): number | null {
  const number = prepared<object, number>(
    db,
    `SELECT finding FROM state_finding WHERE ${STANDING} AND id = $findingId`,
  ).pluck();
  return number.get(one) ?? null;
}

const TEXT_MATCH = `(${['title', 'detail', 'resource', 'control', 'product', 'region', 'account']
  .map((column) => `${column} LIKE $text ESCAPE '\\'`)
  .join(' OR ')})`;

/** One finding that stands, by its id. */
export function getFinding(
  db: ReadableDb,
  { incidentId, findingId }: { readonly incidentId: IncidentId; readonly findingId: string },
): Result<StateFinding> {
  const row = db
    .prepare<[object], FindingRow>(
      `SELECT ${COLUMNS} FROM state_finding WHERE ${STANDING} AND id = $findingId`,
    )
    .get({ incidentId, findingId });
  return row ? ok(stateFinding(row)) : fail('not_found', 'There is no such finding in this incident.');
}

/** How many stand, by status; of the failing ones, by pattern. */
export function findingCounts(
  db: ReadableDb,
  { incidentId }: { readonly incidentId: IncidentId },
): FindingCounts {
  const rows = db
    .prepare<[object], { status: StateFinding['status']; pattern: StateFinding['pattern']; count: number }>(
      `SELECT status, pattern, count(*) AS count FROM state_finding WHERE ${STANDING} GROUP BY status, pattern`,
    )
    .all({ incidentId });
  const of = (status: StateFinding['status']): number =>
    rows.reduce((sum, row) => sum + (row.status === status ? row.count : 0), 0);
  return {
    failing: of('failing'),
    passing: of('passing'),
    unknown: of('unknown'),
    patterns: rows
      .filter((row) => row.status === 'failing')
      .map(({ pattern, count }) => ({ pattern, count }))
      .sort((a, b) => b.count - a.count),
  };
}

function stateFinding({ seenMs, sinceMs, ...row }: FindingRow): StateFinding {
  return { ...row, seenAt: instant(seenMs), since: instant(sinceMs) };
}

function instant(ms: number | null): Instant | null {
  // Only `epochMs` has written it.
  return ms === null ? null : (new Date(ms).toISOString() as Instant);
}

function msOf(at: Instant | null): number | null {
  return at === null ? null : epochMs(at);
}
