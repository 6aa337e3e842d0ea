import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../../main/core/evidence/coverage.ts';
import { deniedAfterChange, deniedPrincipals } from '../../../main/core/evidence/denied.ts';
import { groupErrors } from '../../../main/core/evidence/group-errors.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import { providerWords } from '../../../main/core/evidence/provider-words.ts';
import { failingNames } from '../../../main/core/evidence/failing-names.ts';
import { holesIn } from '../../../main/core/evidence/holes.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { isChange, rankChanges } from '../../../main/core/evidence/rank-changes.ts';
import { suggestAnswers, type Suggestion } from '../../../main/core/evidence/suggest.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { ONSET, record, TABLES } from './evidence.ts';

/** A file that covers two hours before and one after onset without a gap. */
const COVERED: FileReport = {
  file: 'f',
  sha256: '',
  size: 1,
  recognisedAs: 'cloudtrail_records',
  records: 1,
  duplicates: 0,
  rejected: 0,
  findings: 0,
  failing: 0,
  scanned: null,
  rejects: [],
  window: { from: addMinutes(ONSET, -120), to: addMinutes(ONSET, 60) },
  accounts: ['111122223333'],
  regions: ['eu-west-1', 'us-east-1'],
  notes: [],
};

function suggest(
  records: readonly LogRecord[],
  reports: readonly FileReport[] = [COVERED],
  states: readonly StateFinding[] = [],
): Suggestion[] {
  const context = { onset: ONSET, services: [], regions: ['eu-west-1'] };
  const coverage = coverageOf(reports, context);
  return suggestAnswers(
    {
      onset: ONSET,
      ranked: rankChanges(records, context, TABLES.changes),
      changes: records.filter((item) => isChange(item, TABLES.changes)),
      errors: groupErrors(records, context, TABLES.errors),
      deniedAfterChange: deniedAfterChange(records, TABLES),
      deniedPrincipals: deniedPrincipals(records, context, TABLES),
      coverage,
      failing: failingNames(records, context, TABLES.errors),
      holes: holesIn({
        onset: ONSET,
        coverage,
        files: reports,
        changes: records,
        findings: states,
        gaps: [],
      }),
      providerWords: providerWords(records, context),
    },
    TABLES,
  );
}

function answered(suggestions: readonly Suggestion[]): Record<string, readonly string[]> {
  return Object.fromEntries(suggestions.map(({ check, answers }) => [check, answers]));
}

const cut: FileReport = { ...COVERED, window: { from: addMinutes(ONSET, -20), to: ONSET } };

describe('what the evidence can answer', () => {
  test('with nothing seen in a complete window: none, no, no', () => {
    expect(suggest([])).toEqual([
      {
        check: 'recent_change',
        answers: ['none'],
        why: 'No change seen between 07:30 and 10:30 UTC in eu-west-1 and us-east-1. Other regions were not in these files.',
        recordIds: [],
      },
      {
        check: 'audit_log_policy_change',
        answers: ['no'],
        why: 'No change of a policy is seen in the files. The files cover 2026-03-04, 07:30 to 10:30 UTC, account 111122223333, regions eu-west-1 and us-east-1.',
        recordIds: [],
      },
      {
        check: 'logging_gap',
        answers: ['no'],
        why: 'The hour before onset is in the files without a gap.',
        recordIds: [],
      },
    ]);
  });

  test('with nothing seen in an incomplete window: only that the logs are missing', () => {
    expect(answered(suggest([], [cut]))).toEqual({ audit_log_policy_change: ['logs_missing'] });
    expect(answered(suggest([], []))).toEqual({ audit_log_policy_change: ['logs_missing'] });
  });

  test('with a change: its kind, how long before, and the records', () => {
    const change = record(12, {
      source: 'route53.amazonaws.com',
      name: 'ChangeResourceRecordSets',
      region: 'us-east-1',
    });
    expect(suggest([change], [cut])).toEqual([
      {
        check: 'recent_change',
        answers: ['dns'],
        why: 'Seen before onset, riskiest first: ChangeResourceRecordSets at 09:18 UTC.',
        recordIds: [change.id],
      },
      {
        check: 'change_minutes_before',
        answers: [],
        number: 12,
        why: 'The change ranked first, ChangeResourceRecordSets by bob, came 12 minutes before onset.',
        recordIds: [change.id],
      },
      {
        check: 'audit_log_policy_change',
        answers: ['logs_missing'],
        why: 'The logs do not show the hour before onset. The files cover 2026-03-04, 09:10 to 09:30 UTC, account 111122223333, regions eu-west-1 and us-east-1.',
        recordIds: [],
      },
    ]);
  });

  test.each<[string, Partial<LogRecord>, readonly string[]]>([
    ['a deployment', { source: 'lambda.amazonaws.com', name: 'UpdateFunctionCode' }, ['deploy']],
    [
      'a deployment through code',
      { source: 'lambda.amazonaws.com', name: 'UpdateFunctionCode', userAgent: 'Terraform/1.7' },
      ['deploy', 'infrastructure_as_code'],
    ],
    [
      'a service acting by itself',
      { source: 'autoscaling.amazonaws.com', name: 'UpdateAutoScalingGroup', actor: 'service' },
      ['scheduled_or_automatic'],
    ],
    ['a stack', { source: 'cloudformation.amazonaws.com', name: 'UpdateStack' }, ['infrastructure_as_code']],
    ['a certificate', { source: 'acm.amazonaws.com', name: 'DeleteCertificate' }, ['certificate_or_secret']],
    ['deleted data', { source: 'dynamodb.amazonaws.com', name: 'DeleteTable' }, ['data_operation']],
    [
      'a database parameter',
      { source: 'rds.amazonaws.com', name: 'ModifyDBParameterGroup' },
      ['configuration'],
    ],
    ['a route', { source: 'ec2.amazonaws.com', name: 'DeleteRoute' }, ['network_rule']],
  ])('names the kind of change: %s', (_case, fields, answers) => {
    expect(answered(suggest([record(10, fields)]))['recent_change']).toEqual(answers);
  });

  test('names neither an old change nor a routine one', () => {
    const records = [record(130), record(5, { source: 'ec2.amazonaws.com', name: 'CreateTags' })];
    expect(answered(suggest(records))['recent_change']).toBe(undefined);
  });

  test('with a policy change that explains denials: yes, in words', () => {
    const role = { principal: 'arn:aws:iam::111122223333:role/orders', name: 'GetObject', readOnly: true };
    const records = [
      record(9, role),
      record(4, {
        source: 'iam.amazonaws.com',
        name: 'DetachRolePolicy',
        resources: ['orders'],
        region: 'us-east-1',
      }),
      record(-1, { ...role, errorCode: 'AccessDenied' }),
    ];
    const policy = suggest(records).find((item) => item.check === 'audit_log_policy_change');
    expect(policy).toEqual({
      check: 'audit_log_policy_change',
      answers: ['yes'],
      why: 'GetObject by orders worked at 09:21 and was denied from 09:31 UTC on; between them, DetachRolePolicy by bob at 09:26.',
      recordIds: [records[1]?.id, records[0]?.id, records[2]?.id],
    });
    expect(answered(suggest(records))).toMatchObject({
      denied_principals: ['one'],
      error_signature: ['authorization_denied'],
    });
  });

  test('with a change of the very thing that calls fail on: that it touches the failure', () => {
    const queue = 'arn:aws:sqs:eu-west-1:111122223333:orders';
    const change = record(6, {
      source: 'sqs.amazonaws.com',
      name: 'SetQueueAttributes',
      resources: [queue],
    });
    const failure = record(-2, {
      source: 'sqs.amazonaws.com',
      name: 'ReceiveMessage',
      errorCode: 'KMS.DisabledException',
      resources: [queue],
      readOnly: true,
    });
    expect(suggest([change, failure]).find((item) => item.check === 'change_touches_failure')).toEqual({
      check: 'change_touches_failure',
      answers: ['yes'],
      why: 'SetQueueAttributes at 09:24 UTC touched orders, which calls fail on since onset.',
      recordIds: [change.id],
    });
    const worked = { ...failure, errorCode: null };
    expect(answered(suggest([change, worked]))['change_touches_failure']).toBe(undefined);
    expect(
      answered(suggest([change, { ...failure, errorCode: 'NoSuchQueue' }]))['change_touches_failure'],
    ).toBe(undefined);
  });

  test('with exposure, also shortly after onset: yes; without: never no', () => {
    const exposing = record(-2, {
      flags: ['other_account', 'credential_created'],
      detail: 'allows account 444455556666',
    });
    expect(suggest([exposing]).find((item) => item.check === 'exposure_or_credential_misuse')).toEqual({
      check: 'exposure_or_credential_misuse',
      answers: ['yes'],
      why: 'PutBucketPolicy at 09:32 UTC lets another account in (allows account 444455556666).',
      recordIds: [exposing.id],
    });
    for (const none of [
      record(-90, { flags: ['other_account'] }),
      record(5, { flags: ['other_account'], errorCode: 'AccessDenied' }),
      record(5),
    ]) {
      expect(answered(suggest([none]))['exposure_or_credential_misuse']).toBe(undefined);
    }
  });

  test('with logging switched off, or a hole in the files: a gap', () => {
    const off = record(30, {
      source: 'cloudtrail.amazonaws.com',
      name: 'StopLogging',
      flags: ['logging_off'],
    });
    expect(answered(suggest([off]))['logging_gap']).toEqual(['yes']);
    const late = { ...COVERED, window: { from: addMinutes(ONSET, -10), to: addMinutes(ONSET, 60) } };
    const early = { ...COVERED, window: { from: addMinutes(ONSET, -120), to: addMinutes(ONSET, -50) } };
    expect(suggest([], [early, late]).find((item) => item.check === 'logging_gap')).toEqual({
      check: 'logging_gap',
      answers: ['yes'],
      why: 'Nothing is in the files between 08:40 and 09:20 UTC (40 minutes): files are missing, or nothing was delivered.',
      recordIds: [],
      findingIds: [],
    });
  });

  test('with errors that grew after onset: their signatures, not those of inventory tools', () => {
    const records = [
      record(-1, { errorCode: 'InternalError', readOnly: true }),
      record(-2, { errorCode: 'NoSuchTagSet', readOnly: true }),
      record(10, { errorCode: 'ThrottlingException', readOnly: true }),
    ];
    expect(suggest(records).find((item) => item.check === 'error_signature')).toEqual({
      check: 'error_signature',
      answers: ['internal_5xx'],
      why: 'More after onset: InternalError (0 before onset, 1 after).',
      recordIds: [],
    });
  });

  test('with a fault that the provider reports of itself: the notice, never a change of ours', () => {
    const host = record(3, {
      source: 'compute.googleapis.com',
      name: 'compute.instances.hostError',
      actor: 'service',
      flags: ['provider_issue'],
    });
    const suggestions = suggest([host]);
    expect(suggestions.find((item) => item.check === 'provider_account_health')).toEqual({
      check: 'provider_account_health',
      answers: ['matching_event'],
      why: 'The provider itself reports compute.instances.hostError at 09:27 UTC. It fits what fails.',
      recordIds: [host.id],
    });
    expect(answered(suggestions)['recent_change']).toEqual(['none']);
  });
});
