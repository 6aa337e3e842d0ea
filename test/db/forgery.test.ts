import { expect, test } from 'vitest';
import { runOperation } from '../../db/operations.ts';
import { INCIDENT, minute, note, summary, testStore, value } from '../support/database.ts';

const COLUMNS = 'incident_id, writer_id, seq, hlc, at, offset_minutes, actor, type, body, prev, hash';

/** Entry `seq` copied with another text. */
const forged = (seq: string, prev = 'prev') =>
  `SELECT incident_id, writer_id, ${seq}, hlc, at, offset_minutes, 'forger', type, CAST('{}' AS BLOB), ${prev}, hash
   FROM entry WHERE seq = 5`;

const REFUSED = /must carry the next sequence number|must follow the one before it/;

const ATTEMPTS: readonly [what: string, sql: string, refusal: RegExp][] = [
  ['update', `UPDATE entry SET actor = 'forger' WHERE seq = 5`, /never changed/],
  ['delete', `DELETE FROM entry WHERE seq = 10`, /never deleted/],
  ['insert or replace', `INSERT OR REPLACE INTO entry (${COLUMNS}) ${forged('5')}`, REFUSED],
  ['replace', `REPLACE INTO entry (${COLUMNS}) ${forged('10')}`, REFUSED],
  [
    'upsert',
    `INSERT INTO entry (${COLUMNS}) ${forged('5')} ON CONFLICT DO UPDATE SET actor = 'forger'`,
    REFUSED,
  ],
  ['gap', `INSERT INTO entry (${COLUMNS}) ${forged('12')}`, REFUSED],
  ['insert or ignore', `INSERT OR IGNORE INTO entry (${COLUMNS}) ${forged('3')}`, REFUSED],
  ['insert select', `INSERT INTO entry (${COLUMNS}) SELECT ${COLUMNS} FROM entry`, REFUSED],
  ['wrong link', `INSERT INTO entry (${COLUMNS}) ${forged('11', 'zeroblob(32)')}`, REFUSED],
  ['by rowid', `INSERT OR REPLACE INTO entry (rowid, ${COLUMNS}) SELECT 5, ${COLUMNS} FROM entry`, /rowid/],
  ['update or replace', `UPDATE OR REPLACE entry SET seq = 5 WHERE seq = 6`, /never changed/],
  ['rename the incident', `UPDATE incident SET id = 'other'`, /FOREIGN KEY/],
  ['remove the incident', `DELETE FROM incident`, /FOREIGN KEY/],
  [
    'replace the incident',
    `REPLACE INTO incident SELECT 2, 'other', title, mode, onset, provider, severity, status,
     verdict, accepted, updated_at, entries FROM incident; DELETE FROM incident WHERE number = 1`,
    /FOREIGN KEY/,
  ],
];

test.each(ATTEMPTS)('SQL cannot forge an entry: %s', async (_what, sql, refusal) => {
  const store = await testStore();
  const drafts = Array.from({ length: 10 }, (_, index) => note(`note ${index + 1}`, minute(index)));
  const args = { incidentId: INCIDENT, expectedCount: 0, drafts, summary: summary() };
  value(await runOperation(store, 'appendEntries', args));
  const before = value(await runOperation(store, 'readEntries', { incidentId: INCIDENT }));

  expect(() => store.db.exec(sql)).toThrow(refusal);
  expect(value(await runOperation(store, 'readEntries', { incidentId: INCIDENT }))).toEqual(before);
});
