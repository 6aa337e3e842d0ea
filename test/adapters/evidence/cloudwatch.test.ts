import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorInMessage } from '../../../main/adapters/evidence/message-errors.ts';
import { errorRuleOf } from '../../../main/core/evidence/error-table.ts';
import { TABLES } from '../../core/evidence/evidence.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

test.each<[string, string, string]>([
  [
    'An error occurred (AccessDeniedException) when calling the Decrypt operation: User is not authorized',
    'AccessDeniedException',
    'denied',
  ],
  ['(Service: AmazonS3; Status Code: 503; Error Code: SlowDown; Request ID: X)', 'SlowDown', 'throttled'],
  ['operation error SQS: SendMessage, api error InternalError: oops', 'InternalError', 'internal'],
  ['{"__type":"com.amazon.coral.service#ExpiredTokenException"}', 'ExpiredTokenException', 'authentication'],
  ['x509: certificate has expired or is not yet valid', 'CERT_HAS_EXPIRED', 'tls'],
  ['javax.net.ssl.SSLHandshakeException: PKIX path building failed', 'SSLError', 'tls'],
  ['dial tcp: lookup orders-db on 10.0.0.2:53: no such host', 'ENOTFOUND', 'dns'],
  ['java.net.UnknownHostException: orders-db.internal', 'ENOTFOUND', 'dns'],
  ['connect ECONNREFUSED 10.0.4.12:5432', 'ECONNREFUSED', 'timeout'],
  ['2026-03-04T09:31:02Z Task timed out after 30.03 seconds', 'ETIMEDOUT', 'timeout'],
  ['upstream answered with status code 503', '503', 'internal'],
])('a line of a log that says %s', (line, code, family) => {
  expect(errorInMessage(line)?.code).toBe(code);
  expect(errorRuleOf(code, 'application log', TABLES.errors)?.family).toBe(family);
});

test('a line that only says that something went wrong is an error without a name; others are none', () => {
  expect(errorInMessage('2026-03-04 ERROR orders - could not save')).toEqual({
    code: 'LoggedError',
    call: '',
  });
  expect(errorInMessage('GET /orders 200 12ms')).toBe(null);
  expect(errorInMessage('no errors found in 503 files')).toBe(null);
});

test('log events hold lines of an application, and CloudTrail where it is delivered there', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'log-events.json'));
  expect(
    records.map(({ at, source, name, readOnly, errorCode }) => [at, source, name, readOnly, errorCode]),
  ).toEqual([
    ['2026-03-04T09:31:02.118Z', 'application log', 'log line', true, 'ENOTFOUND'],
    ['2026-03-04T09:31:03.001Z', 'application log', 'log line', true, null],
    ['2026-03-04T09:31:40.000Z', 's3.amazonaws.com', 'PutBucketPolicy', false, null],
  ]);
  expect(report.notes).toEqual(['A page of a log: there may be more lines than were saved.']);
});

/** Synthetic: three calls of our own hour, in each shape in which CloudWatch Logs gives them out. */
async function deliveredCalls() {
  const { Records } = JSON.parse(await readFile(path.join(FIXTURES, 'hour.json'), 'utf8')) as {
    Records: object[];
  };
  const calls = Records.slice(0, 3);
  const messages = calls.map((call) => JSON.stringify(call));
  const passedOn = calls.map((detail) =>
    JSON.stringify({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3', detail }),
  );
  const cell = (message: string): string => `1772615525000,"${message.replaceAll('"', '""')}"`;
  const line = (message: string): string => `2026-03-04T09:12:05.000Z ${message}`;
  const event = (message: string, index: number): object => ({
    ...{ logStreamName: 's', timestamp: 1_772_615_525_000, ingestionTime: 1_772_615_525_001 },
    ...{ eventId: String(index), message },
  });
  return [
    ['a table', ['timestamp,message', ...messages.map(cell)].join('\n')],
    ['lines of an export task', messages.map(line).join('\n')],
    ['lines of what EventBridge passed on', passedOn.map(line).join('\n')],
    ['events of what EventBridge passed on', JSON.stringify({ events: passedOn.map(event) })],
  ] as const;
}

test('CloudTrail is read as such in every shape in which CloudWatch Logs gives it out', async () => {
  const expected = (await readAll(path.join(FIXTURES, 'hour.json'))).records.slice(0, 3);
  for (const [shape, text] of await deliveredCalls()) {
    const { records, report } = await readBytesAsFile(text);
    expect([shape, records, report.rejected]).toEqual([shape, expected, 0]);
  }
});

test('the audit log of a managed cluster is read as such where it is delivered to CloudWatch Logs', async () => {
  const file = path.join(FIXTURES, 'kubernetes-audit.jsonl');
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const events = lines.map((message, index) => ({
    ...{ timestamp: 1_772_615_525_000, ingestionTime: 1_772_615_525_001, eventId: String(index) },
    ...{ logStreamName: 'kube-apiserver-audit-1', message },
  }));
  const { records } = await readAll(file);
  expect((await readBytesAsFile(JSON.stringify({ events }))).records).toEqual(records);
  const exported = lines.map((line) => `2026-03-04T09:12:05.000Z ${line}`).join('\n');
  expect((await readBytesAsFile(exported)).records).toEqual(records);
});

test('a table and lines that hold no such record are lines of an application, or left to a person', async () => {
  const table = 'timestamp,message\n1772615525000,"GET /orders 500, again"\n';
  const { records } = await readBytesAsFile(table);
  expect(records.map(({ at, name, detail }) => [at, name, detail])).toEqual([
    ['2026-03-04T09:12:05.000Z', 'log line', 'GET /orders 500, again'],
  ]);
  const { report } = await readBytesAsFile('2026-03-04T09:12:05.000Z {"level":"info"}\n'.repeat(3));
  expect([report.recognisedAs, report.mappable]).toEqual([null, true]);
});

test('the rows of a query are lines, calls, or sums that belong to no moment', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'logs-insights.json'));
  expect(
    records.map(({ at, source, name, principal, errorCode }) => [at, source, name, principal, errorCode]),
  ).toEqual([
    ['2026-03-04T09:31:02.118Z', '/ecs/orders', 'GetObject', 'orders/1', 'AccessDenied'],
    ['2026-03-04T09:31:03.001Z', 'application log', 'log line', 'orders/1', null],
    [
      '2026-03-04T09:32:00.500Z',
      'iam.amazonaws.com',
      'DetachRolePolicy',
      'arn:aws:iam::111122223333:user/bob',
      null,
    ],
  ]);
  expect(report.notes).toEqual([
    'Left out knowingly (1): rows that sum up, without the time of an event.',
    'A query shows what it asked for, of the log groups and the time it was given.',
    'The query matched 90000 lines and gave 3 rows: the rest is not in this file.',
  ]);
});

test('a query that did not end well says so', async () => {
  const { report } = await readBytesAsFile(
    '{"results":[[{"field":"@timestamp","value":"2026-03-04 09:31:02.118"},{"field":"@message","value":"x"}]],"statistics":{"recordsMatched":1.0},"status":"Timeout"}',
  );
  expect(report.notes).toContain('The query had not ended well: its status is Timeout.');
});

test('the history of an alarm is a time line, in which an edit is a change', async () => {
  const { records } = await readAll(path.join(FIXTURES, 'alarm-history.json'));
  expect(
    records.map(({ name, readOnly, resources, detail }) => [name, readOnly, resources.join(), detail]),
  ).toEqual([
    [
      'Alarm state ALARM',
      true,
      'orders-5xx',
      'orders-5xx; before: OK; Threshold Crossed: 1 datapoint [41.0] was greater than the threshold (10.0).',
    ],
    [
      'Alarm action',
      true,
      'orders-5xx',
      'orders-5xx; Successfully executed action arn:aws:sns:eu-west-1:111122223333:on-call',
    ],
    ['Alarm updated', false, 'orders-5xx', 'orders-5xx; threshold: 5 to 10'],
  ]);
});

test('a change of state as EventBridge delivers it', async () => {
  const { records } = await readBytesAsFile(
    JSON.stringify({
      id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      account: '111122223333',
      region: 'eu-west-1',
      time: '2026-03-04T09:31:12Z',
      detail: {
        alarmName: 'orders-5xx',
        state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-03-04T09:31:12.345+0000' },
        previousState: { value: 'OK' },
      },
    }),
  );
  expect(records).toMatchObject([
    {
      at: '2026-03-04T09:31:12.345Z',
      name: 'Alarm state ALARM',
      region: 'eu-west-1',
      account: '111122223333',
    },
  ]);
});
