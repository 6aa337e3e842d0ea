import path from 'node:path';
import { expect, test } from 'vitest';
import { FIXTURES, readAll } from './reading.ts';

test('CloudTrail in OCSF says what CloudTrail says', async () => {
  const { records } = await readAll(path.join(FIXTURES, 'ocsf-cloudtrail.jsonl'));
  expect(records[0]).toEqual({
    id: '1d2c3b4a-0f1e-4d2c-8b3a-9f8e7d6c5b4a',
    at: '2026-03-04T09:26:48.000Z',
    source: 's3.amazonaws.com',
    name: 'PutBucketPolicy',
    region: 'eu-west-1',
    account: '111122223333',
    principal: 'arn:aws:iam::111122223333:user/bob',
    actor: 'person',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: ['arn:aws:s3:::orders-exports', 'orders-exports'],
    flags: ['public_principal'],
    detail: 'allows every principal',
  });
  expect(
    records
      .slice(1)
      .map(({ name, principal, readOnly, errorCode, flags }) => [
        name,
        principal,
        readOnly,
        errorCode,
        flags,
      ]),
  ).toEqual([
    ['GetObject', 'arn:aws:iam::111122223333:role/orders', true, 'AccessDenied', []],
    ['ConsoleLogin', 'arn:aws:iam::111122223333:root', null, 'ConsoleLoginFailure', ['root_user']],
  ]);
});
