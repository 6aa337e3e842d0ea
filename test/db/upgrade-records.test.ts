import { expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { openDetached } from '../../db/open.ts';
import { getRecord, listRecords } from '../../db/queries/log-records.ts';
import { INCIDENT, minute, temporaryFolder, value } from '../support/database.ts';

test('records kept one row each before are all there after the upgrade, those of an unfinished import are not', () => {
  const db = openDetached(`${temporaryFolder()}/demarc.db`);
  migrate(
    db,
    MIGRATIONS.filter(({ version }) => version <= 10),
  );
  db.exec(
    `INSERT INTO incident VALUES (1, '${INCIDENT}', 'x', 'live', '${minute(0)}', 'aws', 1, 'open', NULL, NULL, '${minute(0)}', 0)`,
  );
  const file = db.prepare(
    `INSERT INTO evidence_file (number, id, incident, name, sha256, size, state, process, after_record, report, records)
     VALUES (?, ?, 1, ?, ?, 1, ?, ?, 0, '{}', 1)`,
  );
  file.run(1, 'f1', 'a.json', 'a'.repeat(64), 'complete', null);
  file.run(2, 'f2', 'b.json', 'b'.repeat(64), 'complete', null);
  file.run(3, 'f3', 'c.json', 'c'.repeat(64), 'importing', process.pid);
  const row = db.prepare(
    `INSERT INTO log_record (incident, file, id, at_ms, source, name, region, account, principal, actor, source_ip,
       user_agent, read_only, error_code, error_message, resources, flags, detail)
     VALUES (1, ?, ?, ?, 's3.amazonaws.com', 'PutBucketPolicy', 'eu-west-1', '1', 'arn:ana', 'person', '192.0.2.1',
       '', ?, ?, ?, '["orders","orders"]', '["public_principal"]', 'all may read')`,
  );
  const at = Date.parse(minute(0));
  for (let index = 0; index < 30; index += 1)
    row.run((index % 3) + 1, `r${index}`, at + index, null, null, null);
  row.run(1, '0f9a6b04-83a1-4c11-9d2c-6b7c1f0e5a11', at + 40, 1, 'AccessDenied', '');
  migrate(db, MIGRATIONS);
  const page = listRecords(db, { incidentId: INCIDENT, limit: 100 });
  expect(page.records.map(({ id }) => id)).toEqual([
    '0f9a6b04-83a1-4c11-9d2c-6b7c1f0e5a11',
    ...Array.from({ length: 30 }, (_, index) => index)
      .filter((index) => index % 3 !== 2)
      .map((index) => `r${index}`)
      .reverse(),
  ]);
  expect(page.records[0]).toMatchObject({ readOnly: true, errorCode: 'AccessDenied', errorMessage: '' });
  expect(value(getRecord(db, { incidentId: INCIDENT, recordId: 'r3' }))).toEqual({
    id: 'r3',
    at: new Date(at + 3).toISOString(),
    source: 's3.amazonaws.com',
    name: 'PutBucketPolicy',
    region: 'eu-west-1',
    account: '1',
    principal: 'arn:ana',
    actor: 'person',
    sourceIp: '192.0.2.1',
    userAgent: '',
    readOnly: null,
    errorCode: null,
    errorMessage: null,
    resources: ['orders', 'orders'],
    flags: ['public_principal'],
    detail: 'all may read',
  });
  db.close();
});
