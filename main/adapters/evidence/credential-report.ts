import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import {
  type EvidenceAdapter,
  type NotTaken,
  type FindingsTaken,
  type Recognition,
  type RecordReader,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, placeOfArn } from './finding.ts';
import { asObject, asText, type Json, type JsonObject } from './json.ts';
import { cellsOf } from './scan-rows.ts';

const DAY_MS = 24 * 60 * 60_000;
/** As the CIS benchmark and the managed rule `access-keys-rotated` have it. */
const OLD_KEY_DAYS = 90;
/** How long ago a key that is switched off now may have been used last to be worth a word. */
const LATELY_DAYS = 30;

/**
 * The IAM credential report: as CSV, or as `get-credential-report` prints it, with the CSV in base64.
 * Columns: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export const credentialReport: EvidenceAdapter = {
  id: 'iam_credential_report',
  recognise({ paths, text }): Recognition | null {
    if (text.startsWith('user,arn,user_creation_time'))
      return { kind: 'records', recognisedAs: 'iam_credential_report', container: { kind: 'rows' } };
    if (paths.has('ReportFormat') && paths.has('GeneratedTime'))
      return { kind: 'records', recognisedAs: 'iam_credential_report_json', container: { kind: 'document' } };
    return null;
  },
  read: () => rejected('no row of a credential report'),
  notes: () => [],
  open: reportReader,
};

interface Row {
  readonly cells: JsonObject;
  readonly user: string;
  readonly arn: string;
}

/** The rows are held until the end: how old a key is can only be said when the newest moment in the report is known. */
function reportReader(): RecordReader {
  const rows: Row[] = [];
  let generated: Instant | null = null;
  return {
    read(value) {
      const object = asObject(value);
      if (object === null) return rejected('not an object');
      if (object['ReportFormat'] === undefined) return take(object);
      const content = asText(object['Content']);
      if (content === '')
        return rejected('no Content: the output holds the report’s date and not the report');
      generated = momentIn(object['GeneratedTime']);
      for (const row of rowsOf(Buffer.from(content, 'base64').toString('utf8'))) take(row);
      return { findings: [] };
    },
    restFindings: () => {
      const at = generated ?? newestIn(rows);
      return rows.flatMap((row) => findingsOf(row, at));
    },
    notes: () => [
      'A credential report can be four hours old; it holds users and their keys, not roles.',
      ...(generated === null && rows.length > 0
        ? ['It does not say when it was made: the newest moment in it is taken.']
        : []),
    ],
  };

  function take(cells: JsonObject): FindingsTaken | NotTaken {
    const user = asText(cells['user']);
    const arn = asText(cells['arn']);
    if (user === '' || arn === '') return rejected('no user or ARN');
    rows.push({ cells, user, arn });
    return { findings: [] };
  }
}

function rowsOf(text: string): JsonObject[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = cellsOf(header, ',');
  return lines.map((line) => {
    const cells = cellsOf(line, ',');
    return Object.fromEntries(names.map((name, index): [string, Json] => [name, cells[index] ?? '']));
  });
}

function newestIn(rows: readonly Row[]): Instant | null {
  let newest: Instant | null = null;
  for (const { cells } of rows) {
    for (const [name, cell] of Object.entries(cells)) {
      // The next rotation is still to come.
      const at = name === 'password_next_rotation' ? null : momentIn(cell);
      if (at !== null && (newest === null || at > newest)) newest = at;
    }
  }
  return newest;
}

type Fields = Pick<StateFinding, 'status' | 'severity' | 'pattern' | 'title' | 'detail' | 'control'>;

function findingsOf(row: Row, at: Instant | null): readonly StateFinding[] {
  const { account } = placeOfArn(row.arn);
  const found = [...mfa(row), ...[1, 2].flatMap((number) => key(row, number, at))];
  return found.map((fields) =>
    findingOf({
      ...fields,
      id: idFrom('iam_credential_report', row.arn, fields.control),
      source: 'iam_credential_report',
      product: 'IAM credential report',
      seenAt: at,
      resource: row.arn,
      account,
    }),
  );
}

function mfa({ cells, user }: Row): readonly Fields[] {
  const isOn = cells['mfa_active'] === 'true';
  const status = isOn ? 'passing' : 'failing';
  if (user === '<root_account>') {
    const title = isOn ? 'The root user has MFA' : 'The root user has no MFA';
    return [
      {
        status,
        severity: isOn ? 'info' : 'critical',
        pattern: 'root_without_mfa',
        title,
        detail: '',
        control: 'mfa_active',
      },
    ];
  }
  if (cells['password_enabled'] !== 'true') return [];
  const title = isOn ? 'A user with a password has MFA' : 'A user with a password has no MFA';
  const detail = `${user}; password last used ${asText(cells['password_last_used'])}`;
  return [
    {
      status,
      severity: isOn ? 'info' : 'high',
      pattern: 'user_without_mfa',
      title,
      detail,
      control: 'mfa_active',
    },
  ];
}

function key({ cells, user }: Row, number: number, at: Instant | null): readonly Fields[] {
  const name = `access_key_${number}`;
  const rotated = momentIn(cells[`${name}_last_rotated`]);
  const used = momentIn(cells[`${name}_last_used_date`]);
  const usedWhere = [asText(cells[`${name}_last_used_service`]), asText(cells[`${name}_last_used_region`])]
    .filter((cell) => cell !== '' && cell !== 'N/A')
    .join(' in ');
  const lastUse = used === null ? 'never used' : `last used ${used} ${usedWhere}`.trim();
  if (cells[`${name}_active`] !== 'true') {
    if (used === null || at === null || daysBetween(used, at) > LATELY_DAYS) return [];
    const detail = `${user}, key ${number}: ${lastUse}, and switched off after that`;
    const title = 'A key that was used lately is switched off';
    return [
      {
        status: 'failing',
        severity: 'medium',
        pattern: 'disabled_key',
        title,
        detail,
        control: `${name}_active`,
      },
    ];
  }
  const age = rotated === null || at === null ? null : daysBetween(rotated, at);
  const isOld = age !== null && age > OLD_KEY_DAYS;
  const about = `${user}, key ${number}: ${age === null ? 'age not known' : `${Math.floor(age)} days old`}, ${lastUse}`;
  const idle = at !== null && (used === null ? isOld : daysBetween(used, at) > OLD_KEY_DAYS);
  return [
    ...(user === '<root_account>'
      ? [
          {
            status: 'failing',
            severity: 'critical',
            pattern: 'admin_role',
            title: 'The root user has an access key',
            detail: about,
            control: `${name}_root`,
          } as const,
        ]
      : []),
    {
      status: age === null ? 'unknown' : isOld ? 'failing' : 'passing',
      severity: isOld ? 'medium' : 'info',
      pattern: 'unrotated_key',
      title: isOld ? `An access key is older than ${OLD_KEY_DAYS} days` : 'An access key was rotated lately',
      detail: about,
      control: `${name}_last_rotated`,
    },
    ...(idle
      ? [
          {
            status: 'failing',
            severity: 'low',
            pattern: 'unused_access',
            title: `An access key has not been used for ${OLD_KEY_DAYS} days`,
            detail: about,
            control: `${name}_last_used_date`,
          } as const,
        ]
      : []),
  ];
}

function daysBetween(from: Instant, to: Instant): number {
  return (epochMs(to) - epochMs(from)) / DAY_MS;
}
