import { describe, expect, test } from 'vitest';
import changes from '../../../resources/evidence/changes.json' with { type: 'json' };
import { parseChangeTable } from '../../../main/core/evidence/change-table.ts';
import { RankedChange, type LogRecord } from '../../../main/core/evidence/model.ts';
import { rankChanges, standingPoints } from '../../../main/core/evidence/rank-changes.ts';
import { ONSET, record, TABLES } from './evidence.ts';

const NOTHING_KNOWN = { onset: ONSET, services: [], regions: [] };

function rank(
  records: readonly LogRecord[],
  context: Partial<Parameters<typeof rankChanges>[1]> = {},
): RankedChange[] {
  return rankChanges(records, { ...NOTHING_KNOWN, ...context }, TABLES.changes);
}

/** The better of two changes, by its id. */
function better(
  a: LogRecord,
  b: LogRecord,
  context: Partial<Parameters<typeof rankChanges>[1]> = {},
): string | undefined {
  const forward = rank([a, b], context)[0]?.record.id;
  expect(rank([b, a], context)[0]?.record.id).toBe(forward);
  return forward;
}

describe('the ranking', () => {
  test('holds changes before onset only: no reads, no failures, nothing after, nothing older than a day', () => {
    const change = record(10);
    const ranked = rank([
      change,
      record(10, { readOnly: true }),
      record(10, { readOnly: null, name: 'GetBucketPolicy' }),
      record(10, { errorCode: 'AccessDenied' }),
      record(-1),
      record(24 * 60 + 1),
    ]);
    expect(ranked.map((item) => item.record.id)).toEqual([change.id]);
  });

  test('takes a write that does not say whether it only reads', () => {
    expect(rank([record(10, { readOnly: null })]).length).toBe(1);
  });

  test('explains a change in words, strongest first', () => {
    const change = record(8, { flags: ['public_principal'], detail: 'allows every principal' });
    const [ranked] = rank([change], { services: ['Amazon S3'], regions: ['eu-west-1'] });
    expect(RankedChange.parse(ranked)).toEqual({
      record: change,
      minutesBefore: 8,
      // 40 * 2 ** (-8 / 60) for nearness, then 26 + 22 + 20 + 6 + 6
      score: 116.47,
      kind: 'policy',
      reasons: [
        '8 minutes before onset',
        'allows every principal',
        'access policy: A new Deny or a lost Allow locks out; a public principal is exposure.',
        'lets every principal in',
        'in s3, which is failing',
        'by a person, bob',
        'in eu-west-1, which is failing',
      ],
      ambiguity: null,
      count: 1,
    });
  });

  test('puts the nearer of two like changes first', () => {
    const near = record(5);
    expect(better(near, record(50))).toBe(near.id);
  });

  test('puts a change in a failing service before the same elsewhere', () => {
    const same = record(20, { source: 'sqs.amazonaws.com', name: 'SetQueueAttributes' });
    const other = record(20, { source: 'sns.amazonaws.com', name: 'SetTopicAttributes' });
    expect(better(same, other, { services: ['sqs'] })).toBe(same.id);
    expect(better(same, other, { services: ['sns'] })).toBe(other.id);
  });

  test('knows services by the names people give them', () => {
    const balancer = record(20, { source: 'elasticloadbalancing.amazonaws.com', name: 'ModifyListener' });
    const function_ = record(20, { source: 'lambda.amazonaws.com', name: 'UpdateFunctionCode' });
    expect(better(balancer, function_, { services: ['ALB'] })).toBe(balancer.id);
    expect(better(balancer, function_, { services: ['AWS Lambda'] })).toBe(function_.id);
  });

  test('puts a change in another region last, but not one of a global service', () => {
    const here = record(20, { region: 'eu-west-1' });
    const elsewhere = record(1, { region: 'ap-southeast-2' });
    const global = record(20, { source: 'iam.amazonaws.com', name: 'DetachRolePolicy', region: 'us-east-1' });
    const ranked = rank([elsewhere, global, here], { regions: ['eu-west-1'] });
    expect(ranked.map((item) => item.record.id)).toEqual([here.id, global.id, elsewhere.id]);
    expect(ranked[2]?.reasons).toContain('in ap-southeast-2, which is not among the failing regions');
  });

  test.each<[string, Partial<LogRecord>, Partial<LogRecord>]>([
    ['a person before a service acting by itself', {}, { actor: 'service' }],
    ['by hand before through code', {}, { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.0' }],
    ['a risky request before a plain one', { flags: ['explicit_deny'] }, {}],
    ['a known change before an unknown one', {}, { source: 'x.amazonaws.com', name: 'PutSomething' }],
    [
      'a removal before a creation, both unknown',
      { source: 'x', name: 'DeleteIt' },
      { source: 'x', name: 'CreateIt' },
    ],
    [
      'an unknown change before tags',
      { source: 'x', name: 'CreateIt' },
      { source: 'ec2.amazonaws.com', name: 'CreateTags' },
    ],
    [
      'a route taken away before one added',
      { source: 'ec2.amazonaws.com', name: 'DeleteRoute' },
      { source: 'ec2.amazonaws.com', name: 'CreateRoute' },
    ],
    [
      'a key disabled before a grant made',
      { source: 'kms.amazonaws.com', name: 'DisableKey', flags: ['key_disabled'] },
      { source: 'kms.amazonaws.com', name: 'CreateGrant' },
    ],
  ])('puts %s', (_case, first, second) => {
    const winner = record(20, first);
    expect(better(winner, record(20, second))).toBe(winner.id);
  });

  test('puts tags, network interfaces and inventory behind everything that matters, however near', () => {
    const names = ['CreateTags', 'CreateNetworkInterface', 'PutInventory', 'UpdateInstanceInformation'];
    const routine = names.map((name) => record(0.1, { source: 'ec2.amazonaws.com', name, actor: 'service' }));
    const old = record(300);
    expect(rank([...routine, old])[0]?.record.id).toBe(old.id);
  });

  test('folds the same call by the same principal within a minute, and shows the riskiest of them', () => {
    const risky = record(10.2, { flags: ['open_to_world'] });
    const ranked = rank([
      record(10.1),
      risky,
      record(10.3),
      record(10.1, { principal: 'other' }),
      record(12),
    ]);
    expect(ranked.map((item) => [item.record.id === risky.id, item.count])).toEqual([
      [true, 3],
      [false, 1],
      [false, 1],
    ]);
    expect(ranked[0]?.reasons.at(-1)).toBe('3 such calls by the same principal within the minute');
  });

  test('holds against a change that the same principal makes it all the time', () => {
    const habit = Array.from({ length: 20 }, (_item, index) =>
      record(10 + index * 20, { principal: 'robot' }),
    );
    const once = record(30);
    const ranked = rank([...habit, once]);
    expect(ranked[0]?.record.id).toBe(once.id);
    expect(ranked[1]?.reasons).toContain(
      'the same principal does this again and again, in 20 minutes of the window',
    );
  });

  test('says when an event often means nothing', () => {
    const [ranked] = rank([record(10, { source: 'ec2.amazonaws.com', name: 'RevokeSecurityGroupIngress' })]);
    expect(ranked?.ambiguity).toBe(
      'Controllers change security groups all day, and a group not attached to the failing resource means nothing.',
    );
  });

  test('gives no more than asked for, the best of them', () => {
    const records = Array.from({ length: 300 }, (_item, index) => record(index * 2));
    expect(rank(records).length).toBe(200);
    expect(rank(records, { limit: 3 }).map((item) => item.minutesBefore)).toEqual([0, 2, 4]);
  });

  test('has a part that a store can keep with the record', () => {
    const change = record(10, { flags: ['public_principal'], userAgent: 'Terraform' });
    expect(standingPoints(change, TABLES.changes)).toBe(26 + 22 + 6 - 6);
  });
});

describe('what a change reaches and when it shows', () => {
  const elsewhere = { source: 'sqs.amazonaws.com', name: 'SetQueueAttributes' };

  test('a thing that fails comes before its like, by ARN or by name', () => {
    const touching = record(20, { ...elsewhere, resources: ['arn:aws:sqs:eu-west-1:111122223333:orders'] });
    const other = record(20, { ...elsewhere, resources: ['arn:aws:sqs:eu-west-1:111122223333:mails'] });
    expect(better(touching, other, { resources: ['orders'] })).toBe(touching.id);
    expect(better(touching, other, { resources: touching.resources })).toBe(touching.id);
    const [ranked] = rank([touching], { resources: ['orders'] });
    expect(ranked?.reasons).toContain('touches orders, which is failing');
  });

  test('a name that the incident carries counts, a word that every title holds does not', () => {
    const named = record(20, { ...elsewhere, resources: ['checkout-events'] });
    const other = record(20, { ...elsewhere, resources: ['error-events'] });
    const names = ['Checkout errors europe-west', ''];
    expect(better(named, other, { names })).toBe(named.id);
    expect(rank([named], { names })[0]?.reasons).toContain(
      'checkout-events carries a name of this incident: checkout',
    );
    expect(rank([other], { names })[0]?.reasons.join()).not.toContain('carries');
  });

  test.each<[string, Partial<LogRecord>, string]>([
    [
      'an organisation',
      { source: 'organizations.amazonaws.com', name: 'UpdatePolicy' },
      'reaches every account of the organisation',
    ],
    ['an account', { name: 'PutAccountPublicAccessBlock' }, 'reaches the whole account'],
    ['a network', { source: 'ec2.amazonaws.com', name: 'DeleteRoute' }, 'reaches everything in its network'],
    [
      'a key',
      { source: 'kms.amazonaws.com', name: 'DisableKey' },
      'reaches everything that is encrypted with the key',
    ],
    [
      'a name',
      { source: 'route53.amazonaws.com', name: 'ChangeResourceRecordSets' },
      'reaches everybody who asks for the name',
    ],
  ])('its reach is said: %s', (_case, fields, words) => {
    expect(rank([record(20, fields)])[0]?.reasons).toContain(words);
  });

  test('a change that waits for a restart counts from the restart on', () => {
    const group = { source: 'rds.amazonaws.com', name: 'ModifyDBParameterGroup', flags: ['delayed_effect'] };
    const waiting = record(300, group);
    const reboot = record(6, {
      source: 'rds.amazonaws.com',
      name: 'RebootDBInstance',
      resources: ['orders-db'],
    });
    const alone = rank([waiting])[0];
    expect(alone?.reasons).toContain('no restart is seen since: it may not have taken effect yet');
    const ranked = rank([waiting, reboot]).find((change) => change.record.id === waiting.id);
    expect(ranked?.reasons).toContain(
      'RebootDBInstance of orders-db followed at 09:24 UTC, 4 h 54 min later, and could have brought it into effect',
    );
    expect((ranked?.score ?? 0) - (alone?.score ?? 0)).toBeGreaterThan(40);
    const elsewhereToo = { ...reboot, region: 'us-east-1' };
    expect(rank([waiting, elsewhereToo]).find((change) => change.record.id === waiting.id)?.score).toBe(
      alone?.score,
    );
  });

  test('a change of DNS counts until its TTL is over, one of rights for some minutes', () => {
    const dns = { source: 'route53.amazonaws.com', name: 'ChangeResourceRecordSets', region: 'us-east-1' };
    const slow = record(50, { ...dns, flags: ['dns_ttl_3600'] });
    expect(better(slow, record(50, { ...dns, flags: ['dns_ttl_60'] }))).toBe(slow.id);
    expect(rank([slow])[0]?.reasons).toContain(
      'old answers live for up to 3600 s after it: callers follow one by one',
    );
    const right = record(3, { source: 'iam.amazonaws.com', name: 'DetachRolePolicy' });
    expect(rank([right])[0]?.reasons).toContain(
      'rights take seconds to minutes to reach every region and session',
    );
  });
});

describe('the table of changes', () => {
  test('that comes with the program is sound and knows the events it is about', () => {
    const names = [...TABLES.changes.rules.values()].flatMap((rules) => [...rules.keys()]);
    const sources = [...TABLES.changes.rules].map(([source, rules]) => [source, rules.size] as const);
    const of = (pattern: RegExp): number =>
      sources.reduce((sum, [source, size]) => sum + (pattern.test(source) ? size : 0), 0);
    expect([of(/\.amazonaws\.com$/), of(/^microsoft\./), of(/\.googleapis\.com$/), of(/k8s\.io$/)]).toEqual([
      446, 172, 163, 112,
    ]);
    expect(names.filter((name) => TABLES.changes.routine.has(name))).toEqual([]);
  });

  test('is refused with the place of its fault', () => {
    const first = changes.rules[0];
    expect(parseChangeTable({ ...changes, rules: [first, first] })).toEqual({
      ok: false,
      error: {
        code: 'invalid_input',
        message: 'The table of changes lists AuthorizeSecurityGroupIngress of ec2.amazonaws.com twice.',
        place: 'rules.1',
      },
    });
    expect(parseChangeTable({ ...changes, rules: [{ ...first, kind: 'magic' }] })).toMatchObject({
      ok: false,
      error: { message: 'The table of changes names an unknown kind: magic.', place: 'rules.0.kind' },
    });
    expect(parseChangeTable({ ...changes, ranking: 1 })).toMatchObject({
      ok: false,
      error: { place: 'ranking' },
    });
  });
});
