import path from 'node:path';
import { expect, test } from 'vitest';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

test('a list of trails says what it does not tell, and an empty one that there is none', async () => {
  const { findings } = await readAll(path.join(FIXTURES, 'trail-names.json'));
  expect(findings).toMatchObject([{ status: 'unknown', pattern: 'logging_off', region: 'eu-west-1' }]);
  const none = await readBytesAsFile('{"Trails": []}');
  expect(none.findings).toMatchObject([{ status: 'failing', title: 'There is no trail in this account' }]);
});

test('Update Management tells which updates are missing, in every form in which Log Analytics gives them out', async () => {
  const { findings } = await readAll(path.join(FIXTURES, 'azure-update-rows.csv'));
  expect(findings).toMatchObject([
    {
      status: 'failing',
      severity: 'critical',
      pattern: 'unpatched',
      seenAt: '2026-03-04T02:03:11.120Z',
      detail: 'state Needed; Security Updates; KB5034129',
    },
    { status: 'passing' },
  ]);
  const summary = await readAll(path.join(FIXTURES, 'azure-update-summary.json'));
  expect(summary.findings.map(({ status, title, detail }) => [status, title, detail])).toEqual([
    [
      'failing',
      'web-1 lacks 3 critical and security updates',
      '4 others; the oldest security update is 31 days overdue; a restart is pending',
    ],
    ['passing', 'web-2 lacks 0 critical and security updates', '1 other'],
  ]);
  const uncounted = await readBytesAsFile(
    JSON.stringify([
      { Computer: 'web-4', CriticalUpdatesMissing: null, SecurityUpdatesMissing: '0' },
      { Computer: 'web-5', CriticalUpdatesMissing: '', SecurityUpdatesMissing: '1' },
    ]),
  );
  expect(uncounted.findings.map(({ status, title }) => [status, title])).toEqual([
    ['unknown', 'web-4: how many critical and security updates it lacks is not said'],
    ['failing', 'web-5 lacks 1 critical and security updates'],
  ]);
  const columns = ['Computer', 'CriticalUpdatesMissing', 'SecurityUpdatesMissing'].map((name) => ({ name }));
  const rest = await readBytesAsFile(
    JSON.stringify({ tables: [{ name: 'PrimaryResult', columns, rows: [['web-3', 0, 2]] }] }),
  );
  expect(rest.findings).toMatchObject([{ id: 'azure_update_summary:web-3', status: 'failing' }]);
});

test('a request for more of one quota is a change, as in a list of them', async () => {
  const one = {
    RequestedQuota: {
      Id: 'r-1',
      QuotaCode: 'L-1',
      QuotaName: 'Concurrent executions',
      ServiceName: 'AWS Lambda',
      QuotaArn: 'arn:aws:servicequotas:eu-west-1:111122223333:lambda/L-1',
      DesiredValue: 2000,
      Status: 'PENDING',
      Created: '2026-03-04T09:00:00+00:00',
    },
  };
  const { records, report } = await readBytesAsFile(JSON.stringify(one));
  expect(report.recognisedAs).toBe('service_quota_requests');
  expect(records).toMatchObject([{ name: 'RequestServiceQuotaIncrease', region: 'eu-west-1' }]);
});
