import path from 'node:path';
import { Instant } from '../../../main/core/time.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES } from './reading.ts';

/** An hour of logs with what is true of it, counted with jq and Python and not by the program. */
interface Hour {
  readonly name: string;
  readonly paths: readonly string[];
  readonly files: number;
  readonly onset: Instant;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly records: number;
  readonly window: { readonly from: string; readonly to: string };
  readonly account: string;
  readonly regionsSeen: readonly string[];
  /** Calls that only read, by what the records say, that failed, that changed something. */
  readonly failed: number;
  readonly changes: number;
  readonly actors: Readonly<Record<string, number>>;
  readonly errorCodes: Readonly<Record<string, number>>;
  /** Changes that must be among the first five: `name at`, and how many calls they stand for. */
  readonly first: readonly (readonly [name: string, at: string, count: number])[];
  readonly suggested: readonly (readonly [check: string, answers: readonly string[], number?: number])[];
}

/** Own account of an attack tool's run, recorded in July 2023; onset is the moment its bucket was given away. */
function recordedHour(folder: string): Hour {
  return {
    name: 'the recorded hour of 2023-07-10',
    paths: [path.join(folder, 'evidence/cloudtrail/invictus-ir-aws_dataset')],
    files: 43,
    onset: Instant.parse('2023-07-10T12:23:00.000Z'),
    services: ['s3', 'iam'],
    regions: ['us-east-1'],
    records: 1_974,
    window: { from: '2023-07-10T11:42:18.000Z', to: '2023-07-10T12:37:50.000Z' },
    account: '123837392027',
    regionsSeen: ['us-east-1'],
    failed: 182,
    changes: 344,
    actors: { person: 1_828, service: 128, role: 18 },
    errorCodes: { ThrottlingException: 77, AccessDenied: 7, UnauthorizedOperation: 5, VpcLimitExceeded: 2 },
    first: [
      ['PutBucketPolicy', '2023-07-10T12:22:41.000Z', 1],
      ['AuthorizeSecurityGroupIngress', '2023-07-10T12:10:08.000Z', 2],
    ],
    suggested: [
      ['recent_change', ['iam_policy', 'network_rule', 'infrastructure_as_code']],
      ['change_minutes_before', [], 0],
      ['audit_log_policy_change', ['yes']],
      ['exposure_or_credential_misuse', ['yes']],
      ['logging_gap', ['yes']],
    ],
  };
}

const WRITTEN_HOUR: Hour = {
  name: 'the written hour of 2026-03-04',
  paths: [path.join(FIXTURES, 'hour.json')],
  files: 1,
  onset: Instant.parse('2026-03-04T09:30:00.000Z'),
  services: ['s3'],
  regions: ['eu-west-1'],
  records: 33,
  window: { from: '2026-03-04T08:35:04.000Z', to: '2026-03-04T09:34:59.000Z' },
  account: '111122223333',
  regionsSeen: ['eu-west-1', 'us-east-1'],
  failed: 12,
  changes: 10,
  actors: { person: 9, service: 3, role: 21 },
  errorCodes: {
    AccessDenied: 5,
    ThrottlingException: 3,
    VcpuLimitExceeded: 1,
    InsufficientInstanceCapacity: 1,
    ConsoleLoginFailure: 1,
  },
  first: [
    ['PutBucketPolicy', '2026-03-04T09:21:37.000Z', 1],
    ['DeleteRolePolicy', '2026-03-04T09:26:48.000Z', 1],
    ['AuthorizeSecurityGroupIngress', '2026-03-04T09:12:05.000Z', 2],
  ],
  suggested: [
    ['recent_change', ['iam_policy', 'network_rule']],
    ['change_minutes_before', [], 8],
    ['change_touches_failure', ['yes']],
    ['audit_log_policy_change', ['yes']],
    ['denied_principals', ['one']],
    ['exposure_or_credential_misuse', ['yes']],
    ['error_signature', ['authorization_denied', 'capacity']],
  ],
};

/** The hours to test with: ours always, the recorded one where it is. */
export function hours(): readonly Hour[] {
  const folder = recordings();
  return folder === null ? [WRITTEN_HOUR] : [WRITTEN_HOUR, recordedHour(folder)];
}
