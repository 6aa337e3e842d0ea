import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowScanner } from '../../../main/adapters/evidence/scan-rows.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

const FILE = path.join(FIXTURES, 'event-history.csv');

function scan(
  text: string,
  size: number,
): { readonly rows: unknown[]; readonly faults: unknown[]; readonly end: string } {
  const rows: unknown[] = [];
  const faults: unknown[] = [];
  const scanner = rowScanner(
    {
      onRow: (row, bytes, start, end, offset) => {
        rows.push([Object.values(row), bytes.toString('utf8', start, end).length, offset]);
      },
      onFault: (offset, reason) => {
        faults.push([offset, reason]);
      },
    },
    { objectBytes: 64, depth: 1 },
  );
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) scanner.push(bytes.subarray(i, i + size));
  return { rows, faults, end: scanner.finish() };
}

describe('rows of CSV', () => {
  test.each([1, 2, 7, 1_000])('are the same in pieces of %i bytes', (size) => {
    const text = `a,b\r\n1,2\r\n"x, ""y""\nz",\n\n3\n${'l'.repeat(200)},1\n4,é`;
    expect(scan(text, size)).toEqual({
      rows: [
        [['1', '2'], 4, 5],
        [['x, "y"\nz', ''], 13, 10],
        [['4', 'é'], 3, 230],
      ],
      faults: [
        [25, '1 cells where the header has 2'],
        [27, 'longer than 64 bytes'],
      ],
      end: 'whole',
    });
  });

  test('that end within quotes are cut off', () => {
    expect(scan('a,b\n1,"2', 3)).toEqual({
      rows: [],
      faults: [[4, 'cut off before its end']],
      end: 'cut_off',
    });
  });
});

describe('the Event history as CSV', () => {
  test('names the user, and guesses nothing that the table leaves out', async () => {
    const { records, report } = await readAll(FILE);
    expect(records[0]).toEqual({
      id: '50000000-0000-4000-8000-000000000001',
      at: '2026-03-04T09:26:48.000Z',
      source: 'iam.amazonaws.com',
      name: 'DeleteRolePolicy',
      region: 'us-east-1',
      account: '',
      principal: 'alice',
      actor: 'unknown',
      sourceIp: '198.51.100.7',
      userAgent: '',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: ['orders-api'],
      flags: [],
      detail: '',
    });
    expect(
      records.map(({ principal, actor, readOnly, errorCode }) => [principal, actor, readOnly, errorCode]),
    ).toEqual([
      ['alice', 'unknown', false, null],
      ['session, of "orders"', 'unknown', true, 'AccessDenied'],
      ['root', 'person', false, null],
    ]);
    expect(report.rejects.map(({ reason }) => reason)).toEqual([
      'eventTime is missing or is not a time in ISO 8601',
      '5 cells where the header has 12',
    ]);
  });

  test('is read whatever the order of its columns, and with the identity as JSON', async () => {
    const [header = '', first = ''] = (await readFile(FILE, 'utf8')).split('\n');
    const turned = [header, first].map((line) => line.split(',').reverse().join(',')).join('\n');
    expect((await readBytesAsFile(turned)).records).toEqual((await readAll(FILE)).records.slice(0, 1));
    const raw = `eventTime,eventSource,eventName,userIdentity\n2026-03-04T09:26:48Z,iam.amazonaws.com,DeleteUser,"{""type"":""IAMUser"",""arn"":""arn:aws:iam::111122223333:user/bob"",""accountId"":""111122223333""}"`;
    expect((await readBytesAsFile(raw)).records).toMatchObject([
      { principal: 'arn:aws:iam::111122223333:user/bob', actor: 'person', account: '111122223333' },
    ]);
  });
});
