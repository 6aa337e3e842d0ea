import { expect, test } from 'vitest';
import { rankFindings } from '../../../main/core/evidence/rank-findings.ts';
import { mergeSuggestions, suggestFromFindings } from '../../../main/core/evidence/suggest-findings.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { aFinding } from '../../support/findings.ts';
import { ONSET, TABLES } from './evidence.ts';

const CONTEXT = { onset: ONSET, services: ['Amazon S3'], regions: ['eu-west-1'] };
const before = (minutes: number) => addMinutes(ONSET, -minutes);
const rank = (...findings: StateFinding[]) => rankFindings(findings, CONTEXT, TABLES.patterns);
const suggest = (...findings: StateFinding[]) =>
  suggestFromFindings(rank(...findings), ONSET, TABLES.patterns);

test('what is dated near onset comes first, whatever its severity; then what fails and how bad it is', () => {
  const ranked = rank(
    aFinding({ id: 'critical', severity: 'critical', resource: 'role/x', control: 'x' }),
    aFinding({ id: 'dated', severity: 'low', resource: 'role/x', control: 'x', since: before(14) }),
    aFinding({ id: 'same service', severity: 'high' }),
    aFinding({
      id: 'old',
      severity: 'critical',
      resource: 'role/x',
      control: 'x',
      since: before(60 * 24 * 90),
    }),
    aFinding({ id: 'elsewhere', severity: 'high', region: 'ap-south-1' }),
    aFinding({ id: 'passing', severity: 'critical', status: 'passing', resource: 'role/x', control: 'x' }),
  );
  expect(ranked.map(({ finding }) => finding.id)).toEqual([
    'dated',
    'same service',
    'old',
    'critical',
    'elsewhere',
    'passing',
  ]);
  expect(ranked[0]).toMatchObject({ dated: 'near', minutesBefore: 14, samePlace: false });
  expect(ranked[0]?.reasons[0]).toBe('so since 09:16 UTC, 14 minutes before onset');
  expect(ranked[1]?.reasons).toEqual([
    'high severity',
    'in a service that fails',
    'in eu-west-1, which is failing',
    'state at 2026-03-04 06:00 UTC, dated by nothing',
  ]);
});

test('a time far after onset or a day before it dates no cause', () => {
  const dated = (minutes: number) => rank(aFinding({ since: before(minutes) }))[0]?.dated;
  expect([dated(1441), dated(1440), dated(-60), dated(-61)]).toEqual(['far', 'near', 'near', 'far']);
});

test('services are known by their other names too', () => {
  const lb = aFinding({ resource: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x' });
  const context = { ...CONTEXT, services: ['ELB'] };
  const aliases = { elasticloadbalancing: ['elb', 'alb'] };
  expect(rankFindings([lb], context, TABLES.patterns)[0]?.samePlace).toBe(false);
  expect(rankFindings([lb], { ...context, aliases }, TABLES.patterns)[0]?.samePlace).toBe(true);
});

test('dated findings answer their checks with what shows it', () => {
  const suggestions = suggest(
    aFinding({ id: 'bucket', since: before(6), title: 'Anyone has access', product: 'IAM Access Analyzer' }),
    aFinding({ id: 'threat', pattern: 'threat_detected', since: before(7) }),
    aFinding({ id: 'cert', pattern: 'expired_certificate', since: before(1) }),
    aFinding({ id: 'trail', pattern: 'logging_off', since: before(25) }),
  );
  expect(suggestions.map(({ check, answers, findingIds }) => [check, answers, findingIds])).toEqual([
    ['expiry', ['expired'], ['cert']],
    ['exposure_or_credential_misuse', ['yes'], ['bucket', 'threat']],
    ['logging_gap', ['yes'], ['trail']],
  ]);
  expect(suggestions[1]?.why).toBe(
    'Anyone has access (arn:aws:s3:::orders), since 09:24 UTC by IAM Access Analyzer. 1 more such finding.',
  );
});

test('an undated state suggests nothing, but where it may, and then says what it is', () => {
  const nothing = [
    aFinding({ pattern: 'public_storage' }),
    aFinding({ pattern: 'expired_certificate' }),
    aFinding({ pattern: 'logging_off' }),
    aFinding({ pattern: 'unpatched', resource: 'i-1', control: 'patching' }),
    aFinding({ pattern: 'over_quota', seenAt: before(60 * 25) }),
    aFinding({ pattern: 'over_quota', seenAt: null }),
    aFinding({ pattern: 'public_storage', since: before(5), owner: 'provider' }),
    aFinding({ pattern: 'public_storage', since: before(5), status: 'unknown' }),
  ];
  expect(suggest(...nothing)).toEqual([]);
  const some = suggest(
    aFinding({ id: 'patch', pattern: 'unpatched' }),
    aFinding({
      id: 'quota',
      pattern: 'over_quota',
      title: 'Quota VPC VPCs',
      resource: 'VPC VPCs',
      product: 'Trusted Advisor',
    }),
  );
  expect(some.map(({ check, answers }) => [check, answers])).toEqual([
    ['unpatched_or_vulnerable', ['yes']],
    ['quota_usage', ['over_own_limit']],
  ]);
  expect(some[1]?.why).toBe(
    'Quota VPC VPCs (VPC VPCs): how it stood when Trusted Advisor looked, at 2026-03-04 06:00 UTC; nothing dates it.',
  );
});

test('access that ended just before onset is a right taken away; ended after, or long ago, it is not', () => {
  const ended = (minutes: number) =>
    suggest(aFinding({ pattern: 'external_access', status: 'passing', since: before(minutes) })).map(
      ({ check, answers }) => [check, answers],
    );
  expect(ended(2)).toEqual([['audit_log_policy_change', ['yes']]]);
  expect([ended(-2), ended(2000)]).toEqual([[], []]);
});

test('suggestions from records and from findings stand together; what was found stands before what was not seen', () => {
  const of = (check: string, answer: string, ids: string[], findingIds?: string[]) => ({
    check,
    answers: [answer],
    why: `${answer}.`,
    recordIds: ids,
    ...(findingIds && { findingIds }),
  });
  const fromFindings = [
    of('a', 'yes', [], ['f']),
    of('b', 'yes', [], ['f']),
    of('c', 'yes', [], ['f']),
    of('d', 'yes', [], ['f']),
  ];
  const merged = mergeSuggestions(
    [of('a', 'yes', ['r']), of('b', 'no', []), of('c', 'no', ['r'])],
    fromFindings,
  );
  expect(merged).toEqual([
    { ...of('a', 'yes', ['r'], ['f']), why: 'yes. yes.' },
    of('b', 'yes', [], ['f']),
    of('c', 'no', ['r']),
    of('d', 'yes', [], ['f']),
  ]);
});
