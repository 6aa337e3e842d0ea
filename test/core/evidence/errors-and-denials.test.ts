import { describe, expect, test } from 'vitest';
import errors from '../../../resources/evidence/errors.json' with { type: 'json' };
import { deniedAfterChange, deniedPrincipals } from '../../../main/core/evidence/denied.ts';
import { parseErrorTable } from '../../../main/core/evidence/error-table.ts';
import { groupErrors } from '../../../main/core/evidence/group-errors.ts';
import { ErrorGroup, type LogRecord } from '../../../main/core/evidence/model.ts';
import { ONSET, record, TABLES } from './evidence.ts';

function group(records: readonly LogRecord[]): ErrorGroup[] {
  return groupErrors(records, { onset: ONSET }, TABLES.errors);
}

describe('errors', () => {
  test('of one code are one group, with who, when and what', () => {
    const groups = group([
      record(10, { errorCode: 'AccessDenied', name: 'GetObject' }),
      record(-2, { errorCode: 'AccessDenied', name: 'PutObject', principal: 'other' }),
      record(-5, { errorCode: 'AccessDenied', name: 'GetObject' }),
      record(0),
    ]);
    expect(groups.map((item) => ErrorGroup.parse(item))).toEqual([
      {
        errorCode: 'AccessDenied',
        family: 'denied',
        side: 'customer',
        count: 3,
        principals: 2,
        before: 1,
        after: 2,
        first: '2026-03-04T09:20:00.000Z',
        last: '2026-03-04T09:35:00.000Z',
        calls: ['s3.amazonaws.com GetObject', 's3.amazonaws.com PutObject'],
        note: 'A policy did not allow the call. Scanners and probes are denied all day: only a change from allowed to denied counts. The policy may be another account’s. 1 time before onset, 2 after.',
      },
    ]);
  });

  const lambda = 'lambda.amazonaws.com';
  test.each<[string, Partial<LogRecord>, string, ErrorGroup['side']]>([
    [
      'a key of a function, answered with 502',
      { errorCode: 'KMSAccessDeniedException', source: lambda },
      'key',
      'customer',
    ],
    [
      'a subnet of a function, answered with 502',
      { errorCode: 'InvalidSubnetIDException', source: lambda },
      'invalid_request',
      'customer',
    ],
    [
      'an unexpected error of a function',
      { errorCode: 'EC2UnexpectedException', source: lambda },
      'internal',
      'provider',
    ],
    ['an internal error', { errorCode: 'InternalError' }, 'internal', 'provider'],
    [
      'an internal error with the prefix Server.',
      { errorCode: 'InternalError', flags: ['server_fault'] },
      'internal',
      'provider',
    ],
    [
      'an internal error with the prefix Client.',
      { errorCode: 'InternalError', flags: ['client_fault'] },
      'internal',
      'customer',
    ],
    [
      'no capacity',
      { errorCode: 'InsufficientInstanceCapacity', flags: ['server_fault'] },
      'capacity',
      'provider',
    ],
    [
      'a full subnet, which sounds like capacity',
      { errorCode: 'InsufficientFreeAddressesInSubnet' },
      'quota',
      'customer',
    ],
    ['a rate that EC2 calls a server error', { errorCode: 'RequestLimitExceeded' }, 'throttled', 'customer'],
    ['a quota', { errorCode: 'VcpuLimitExceeded', flags: ['client_fault'] }, 'quota', 'customer'],
    ['an expired token', { errorCode: 'ExpiredToken' }, 'authentication', 'customer'],
    ['a timeout', { errorCode: 'RequestTimeout' }, 'timeout', 'either'],
    ['an answer to an inventory tool', { errorCode: 'NoSuchBucketPolicy' }, 'not_found', 'either'],
    ['an unknown code', { errorCode: 'Mystery' }, 'other', 'either'],
    [
      'an unknown code with the prefix Server.',
      { errorCode: 'Mystery', flags: ['server_fault'] },
      'other',
      'either',
    ],
    [
      'an unknown code with the prefix Client.',
      { errorCode: 'Mystery', flags: ['client_fault'] },
      'other',
      'customer',
    ],
  ])('take sides by what they name: %s', (_case, fields, family, side) => {
    const [found] = group([record(-1, fields)]);
    expect([found?.family, found?.side]).toEqual([family, side]);
  });

  test('are never the provider’s for the word server alone', () => {
    expect(group([record(-1, { errorCode: 'Mystery', flags: ['server_fault'] })])[0]?.note).toBe(
      'A 5xx status or the word server says whose software answered, not whose fault it was: without a known code the side stays open. Once, after onset.',
    );
  });

  test('that grew with the incident come first, answers to inventory tools last', () => {
    const many = (count: number, minutes: number, errorCode: string): LogRecord[] =>
      Array.from({ length: count }, () => record(minutes, { errorCode }));
    const groups = group([
      ...many(500, -1, 'NoSuchTagSet'),
      ...many(80, 20, 'ThrottlingException'),
      ...many(5, -1, 'AccessDenied'),
    ]);
    expect(groups.map((item) => item.errorCode)).toEqual([
      'AccessDenied',
      'ThrottlingException',
      'NoSuchTagSet',
    ]);
  });
});

describe('the table of errors', () => {
  test('is refused with the place of its fault', () => {
    const [first] = errors.rules;
    expect(parseErrorTable({ ...errors, rules: [{ ...first, family: 'magic' }] })).toEqual({
      ok: false,
      error: {
        code: 'invalid_input',
        message: 'The table of errors names an unknown family: magic.',
        place: 'rules.0',
      },
    });
    expect(parseErrorTable({ ...errors, version: 2 })).toMatchObject({
      ok: false,
      error: { place: 'version' },
    });
  });
});

const ROLE = 'arn:aws:iam::111122223333:role/orders-api';
const read: Partial<LogRecord> = {
  principal: ROLE,
  actor: 'role',
  name: 'GetObject',
  readOnly: true,
  resources: ['arn:aws:s3:::archive'],
};
const denied: Partial<LogRecord> = { ...read, errorCode: 'AccessDenied' };
const detach = {
  source: 'iam.amazonaws.com',
  name: 'DetachRolePolicy',
  resources: ['orders-api'],
  region: 'us-east-1',
};

function find(records: readonly LogRecord[]): ReturnType<typeof deniedAfterChange> {
  return deniedAfterChange(records, TABLES);
}

describe('what worked before and was denied after a change', () => {
  test('is found with the change that touches it', () => {
    const worked = record(6, read);
    const other = record(4, {
      source: 'iam.amazonaws.com',
      name: 'DetachRolePolicy',
      resources: ['someone-else'],
    });
    const change = record(3, detach);
    const first = record(1, denied);
    const second = record(-1, denied);
    expect(find([second, record(20, read), worked, first, other, change])).toEqual([
      {
        principal: ROLE,
        call: 's3.amazonaws.com GetObject',
        lastWorked: worked.at,
        firstDenied: first.at,
        denials: 2,
        change,
        linked: true,
        note: 'GetObject by orders-api worked at 09:24 and was denied from 09:29 UTC on; between them, DetachRolePolicy by bob at 09:27.',
        recordIds: [change.id, worked.id, first.id, second.id],
      },
    ]);
  });

  test('is told as unlinked when the change names something else', () => {
    const [found] = find([
      record(6, read),
      record(3, { ...detach, resources: ['other'] }),
      record(1, denied),
    ]);
    expect([
      found?.linked,
      found?.note.endsWith('No link between the change and this call is seen in the records.'),
    ]).toEqual([false, true]);
  });

  test('is linked by the resource, and by a policy of the organisation', () => {
    const bucket = record(3, { resources: ['archive'] });
    const organisation = record(3, {
      source: 'organizations.amazonaws.com',
      name: 'AttachPolicy',
      resources: ['p-1'],
    });
    for (const change of [bucket, organisation]) {
      expect(find([record(6, read), change, record(1, denied)]).map((item) => item.linked)).toEqual([true]);
    }
  });

  test.each<[string, readonly LogRecord[]]>([
    ['it never worked', [record(3, detach), record(1, denied)]],
    ['nothing was changed between', [record(9, detach), record(6, read), record(1, denied)]],
    [
      'the change failed',
      [record(6, read), record(3, { ...detach, errorCode: 'AccessDenied' }), record(1, denied)],
    ],
    ['the change was no policy', [record(6, read), record(3, { name: 'PutBucketCors' }), record(1, denied)]],
    ['the change was long before', [record(200, read), record(150, detach), record(1, denied)]],
    [
      'the change was in another account',
      [record(6, read), record(3, { ...detach, account: '444455556666' }), record(1, denied)],
    ],
    [
      'another resource was denied',
      [record(6, read), record(3, detach), record(1, { ...denied, resources: ['arn:aws:s3:::other'] })],
    ],
    [
      'it works again by itself, and the change is unlinked',
      [record(6, read), record(3, { ...detach, resources: ['other'] }), record(2, denied), record(1, read)],
    ],
  ])('is not claimed when %s', (_case, records) => {
    expect(find(records)).toEqual([]);
  });
});

describe('who is denied since onset', () => {
  const by = (principal: string, source: string, minutes = -1): LogRecord =>
    record(minutes, { ...denied, principal, source });
  const answer = (records: readonly LogRecord[]): string | null =>
    deniedPrincipals(records, { onset: ONSET }, TABLES).answer;
  const many = ['a', 'b', 'c', 'd', 'e'].map((who, index) =>
    by(who, index % 2 === 0 ? 's3.amazonaws.com' : 'sqs.amazonaws.com'),
  );

  test('is nobody when the same calls were denied before', () => {
    expect(answer([by('a', 's3.amazonaws.com', 30), by('a', 's3.amazonaws.com')])).toBe(null);
  });

  test('is one', () => {
    expect(deniedPrincipals([by(ROLE, 's3.amazonaws.com')], { onset: ONSET }, TABLES)).toMatchObject({
      answer: 'one',
      principals: [ROLE],
      note: 'Since onset only orders-api is newly denied.',
    });
  });

  test('is a related group when one service or a policy change is behind it', () => {
    expect(answer(['a', 'b', 'c', 'd', 'e'].map((who) => by(who, 's3.amazonaws.com')))).toBe('related_group');
    expect(answer([...many, record(5, detach)])).toBe('related_group');
  });

  test('is many unrelated ones when no policy change came before', () => {
    expect(deniedPrincipals(many, { onset: ONSET }, TABLES)).toMatchObject({
      answer: 'unrelated_many',
      note: 'Many unrelated principals are newly denied since onset (5 principals of 2 services: a, b, c and 2 more), and no policy change was seen in the 60 minutes before.',
    });
  });
});
