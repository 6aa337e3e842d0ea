import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ADAPTERS } from '../../../main/adapters/evidence/adapters.ts';
import { asObject, type Json, parseJson } from '../../../main/adapters/evidence/json.ts';
import type { EvidenceAdapter } from '../../../main/adapters/evidence/adapter.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { LogRecord } from '../../../main/core/evidence/model.ts';
import { FIXTURES } from './reading.ts';

/** Every adapter with a sound file of its own, and where the records are in it. */
const SOURCES: readonly (readonly [adapter: string, file: string, key: string | null])[] = [
  ['cloudtrail', 'hour.json', 'Records'],
  ['aws_health', 'aws-health.json', 'events'],
  ['azure_activity', 'azure-activity.json', 'value'],
  ['google_audit', 'google-audit.json', ''],
  ['kubernetes_audit', 'kubernetes-audit.jsonl', null],
  ['kubernetes_events', 'kubernetes-events.json', 'items'],
  ['ocsf_cloudtrail', 'ocsf-cloudtrail.jsonl', null],
  ['aws_config', 'config-history-delivered.json', 'configurationItems'],
  ['cloudwatch_logs', 'log-events.json', 'events'],
  ['logs_insights', 'logs-insights.json', 'results'],
  ['cloudwatch_alarm_history', 'alarm-history.json', 'AlarmHistoryItems'],
  ['cloudwatch_alarms', 'alarms.json', 'MetricAlarms'],
  ['aws_config_compliance', 'config-compliance-change.json', null],
  ['aws_logging_state', 'trail-status.json', null],
  ['acm_certificates', 'certificates.json', 'CertificateSummaryList'],
  ['service_quotas', 'quotas.json', 'Quotas'],
  ['ssm_patch_compliance', 'patch-states.json', 'InstancePatchStates'],
];

async function recordsIn(file: string, key: string | null): Promise<readonly Json[]> {
  const text = await readFile(path.join(FIXTURES, file), 'utf8');
  const whole = parseJson(text);
  const lines = (): Json | undefined => parseJson(`[${text.trim().replaceAll('\n', ',')}]`);
  const document = key !== null ? whole : whole === undefined ? lines() : [whole];
  const list = key === null || key === '' ? document : asObject(document)?.[key];
  if (!Array.isArray(list)) throw new Error(`no records in ${file}`);
  return list as readonly Json[];
}

/** Values of the wrong kind, and of the right kind but absurd. */
const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    '\0',
    [],
    {},
    [[[null]]],
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+12:00',
    '{"error":{"code":7,"details":[null]}}',
    '{"properties":{"securityRules":[null,1,{"properties":null}]}}',
    'x'.repeat(5_000),
  ),
  fc.string(),
  fc.integer(),
);

/** The value with everything under some keys exchanged; `pick` says for each key in order. */
function changed(value: Json, pick: () => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item: Json) => pick() ?? changed(item, pick));
  const object = asObject(value);
  if (object === null) return value;
  return Object.fromEntries(
    Object.entries(object).map(([key, inner]) => [key, pick() ?? changed(inner ?? null, pick)]),
  );
}

function expectSound(read: ReturnType<EvidenceAdapter['read']>): void {
  if ('notTaken' in read) {
    expect(read.reason).not.toBe('');
    return;
  }
  const findings = 'finding' in read ? [read.finding] : 'findings' in read ? read.findings : [];
  const records = 'finding' in read ? [] : 'findings' in read ? (read.records ?? []) : [read];
  for (const finding of findings) expect(StateFinding.safeParse(finding).error).toBe(undefined);
  for (const record of records) expect(LogRecord.safeParse(record).error).toBe(undefined);
}

test.each(SOURCES)('%s gives a sound record or a reason, whatever a field holds', async (id, file, key) => {
  const adapter = ADAPTERS.find((one) => one.id === id);
  if (adapter === undefined) throw new Error(`no adapter ${id}`);
  const records = await recordsIn(file, key);
  const first = adapter.open?.() ?? adapter;
  const sound = records.filter((record) => !('notTaken' in first.read(record, () => 'content')));
  expect(sound.length + (first.rest?.() ?? []).length).toBeGreaterThan(0);
  fc.assert(
    fc.property(
      fc.nat(records.length - 1),
      fc.infiniteStream(fc.option(strange, { nil: undefined, freq: 12 })),
      (index, stream) => {
        const picks: Iterator<Json | undefined, unknown> = stream[Symbol.iterator]();
        let nones = 0;
        const record = changed(records[index] ?? null, () => {
          nones += 1;
          // Mostly the record stays as it is.
          if (nones % 5 !== 0) return undefined;
          const next = picks.next();
          return next.done === true ? undefined : next.value;
        });
        const reader = adapter.open?.() ?? adapter;
        for (const value of [record, records[index] ?? null]) {
          expectSound(reader.read(value, () => 'content'));
        }
        const rests = [
          ...(reader.rest?.() ?? []),
          ...(reader.restSpans?.() ?? []).flatMap(({ alone }) => alone ?? []),
        ];
        for (const rest of rests) expect(LogRecord.safeParse(rest).error).toBe(undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a port that is no number is read as every port, and breaks nothing', () => {
  const adapter = ADAPTERS.find((one) => one.id === 'cloudtrail');
  const range = {
    ipProtocol: 'tcp',
    fromPort: { toString: 2, valueOf: 1 },
    ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
  };
  const event = {
    eventVersion: '1.09',
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    eventTime: '2026-03-04T09:12:05Z',
    requestParameters: { ipPermissions: { items: [range] } },
  };
  expect(adapter?.read(event, () => 'content')).toMatchObject({
    flags: ['open_to_world', 'sensitive_port'],
    detail: 'opens all ports tcp to 0.0.0.0/0',
  });
});
