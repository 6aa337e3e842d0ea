import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, ownId, severityOf } from './finding.ts';
import { containerOf } from './finding-containers.ts';
import { asObject, asText, type JsonObject } from './json.ts';

/**
 * Prowler's own forms: CSV of version 2 (commas) and of 3 to 5 (semicolons), JSON of versions 2 and 3. What it writes as ASFF and
 * OCSF is read by those adapters. Columns: https://docs.prowler.com/projects/prowler-open-source/en/latest/tutorials/reporting/
 */
export const prowler: EvidenceAdapter = {
  id: 'prowler',
  recognise({ paths, text }): Recognition | null {
    const header = /^[^\n]*/.exec(text)?.[0] ?? '';
    const rows = (recognisedAs: string, delimiter: ',' | ';'): Recognition => ({
      kind: 'records',
      recognisedAs,
      container: { kind: 'rows', delimiter },
    });
    const names = header.replaceAll('"', '').trim();
    if (/(^|;)CHECK_ID;/.test(names) && /;STATUS_EXTENDED;/.test(names)) return rows('prowler_csv', ';');
    if (names.startsWith('PROFILE,ACCOUNT_NUM,REGION,TITLE_ID,')) return rows('prowler_v2_csv', ',');
    const v3 = containerOf(paths, ['CheckID', 'StatusExtended'], []);
    if (v3 !== null) return { kind: 'records', recognisedAs: 'prowler_json', container: v3 };
    const v2 = containerOf(paths, ['Control ID', 'Account Number'], []);
    return v2 === null ? null : { kind: 'records', recognisedAs: 'prowler_v2_json', container: v2 };
  },
  read(value) {
    const row = asObject(value);
    if (row === null) return rejected('not an object');
    if (row['CHECK_RESULT'] !== undefined) return readV2Row(row);
    if (row['Control ID'] !== undefined) return readV2(row);
    return readCheck(row);
  },
  notes({ recognisedAs }) {
    if (recognisedAs === 'prowler_v2_json') return [];
    return recognisedAs === 'prowler_v2_csv'
      ? ['This form of Prowler does not say when it looked.']
      : ['The time of the scan has no zone in it. It is taken as UTC and can be hours off.'];
  },
};

/** A row of versions 3 to 5, or an object of version 3: the same names in another spelling. */
function readCheck(row: JsonObject): FindingsTaken | NotTaken {
  const of = (csv: string, json: string): string => asText(row[csv]) || asText(row[json]);
  const control = of('CHECK_ID', 'CheckID');
  const status = of('STATUS', 'Status').toUpperCase();
  if (control === '' || status === '') return rejected('no check or status of Prowler');
  const resource = of('RESOURCE_UID', 'ResourceArn') || of('RESOURCE_NAME', 'ResourceId');
  const account = of('ACCOUNT_UID', 'AccountId') || asText(row['ACCOUNT_ID']);
  // Of Kubernetes it is `namespace: kube-system`.
  const region = of('REGION', 'Region').replace(/^namespace:.*$/, '');
  const detail = of('STATUS_EXTENDED', 'StatusExtended');
  const version = asText(row['PROWLER_VERSION']);
  const id = ownId(of('FINDING_UID', 'FindingUniqueId') || asText(row['FINDING_UNIQUE_ID']));
  return {
    finding: findingOf({
      id: id ?? idFrom('prowler', control, account, region, resource, detail),
      source: 'prowler',
      product: `Prowler ${version.startsWith('<') ? '' : version}`,
      seenAt: momentIn(of('TIMESTAMP', 'AssessmentStartTime') || asText(row['ASSESSMENT_START_TIME'])),
      status: statusOf(status),
      severity: severityOf(of('SEVERITY', 'Severity')),
      title: of('CHECK_TITLE', 'CheckTitle') || control,
      detail: [/^true$/i.test(asText(row['MUTED'])) ? 'muted in Prowler' : '', detail]
        .filter((part) => part !== '')
        .join('; '),
      resource,
      region,
      account,
      control,
    }),
  };
}

function statusOf(word: string): StateFinding['status'] {
  return word === 'FAIL' ? 'failing' : word === 'PASS' ? 'passing' : 'unknown';
}

/** Version 2 names no resource but in its sentence, and no moment. */
function readV2Row(row: JsonObject): FindingsTaken | NotTaken {
  const title = asText(row['TITLE_TEXT']);
  const detail = asText(row['CHECK_RESULT_EXTENDED']);
  if (title === '') return rejected('no title of the check');
  const account = asText(row['ACCOUNT_NUM']);
  const region = asText(row['REGION']);
  return {
    finding: findingOf({
      id: idFrom('prowler_v2', title, account, region, detail),
      source: 'prowler',
      product: 'Prowler 2',
      status: statusOf(asText(row['CHECK_RESULT']).toUpperCase()),
      severity: severityOf(asText(row['CHECK_SEVERITY'])),
      title: withoutTag(title),
      detail,
      region,
      account,
      control: tagOf(title) || asText(row['TITLE_ID']),
    }),
  };
}

function readV2(row: JsonObject): FindingsTaken | NotTaken {
  const title = asText(row['Control']);
  if (title === '') return rejected('no Control of Prowler');
  const account = asText(row['Account Number']);
  const region = asText(row['Region']);
  const resource = asText(row['Resource ID']);
  const detail = asText(row['Message']);
  return {
    finding: findingOf({
      id: idFrom('prowler_v2', title, account, region, resource, detail),
      source: 'prowler',
      product: 'Prowler 2',
      seenAt: momentIn(row['Timestamp']),
      status: statusOf(asText(row['Status']).toUpperCase()),
      severity: severityOf(asText(row['Severity'])),
      title: withoutTag(title),
      detail,
      resource,
      region,
      account,
      control: tagOf(title) || asText(row['Control ID']),
    }),
  };
}

/** `[check11] Avoid the use of the root account (Scored)` */
function tagOf(title: string): string {
  return /^\[([^\]]+)\]/.exec(title)?.[1] ?? '';
}

function withoutTag(title: string): string {
  return title.replace(/^\[[^\]]+\]\s*/, '').replace(/\s*\((Not )?Scored\)\s*$/, '');
}
