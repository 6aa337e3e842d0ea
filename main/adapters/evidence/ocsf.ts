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
import { asList, asObject, asText, type Json, type JsonObject } from './json.ts';

const MARKS = ['class_uid', 'finding_info.uid'];
/** Classes of the category of findings: https://schema.ocsf.io/categories/findings */
const DETECTION = 2004;
const VULNERABILITY = 2002;

/** Findings in the Open Cybersecurity Schema Framework: Prowler 4 and 5, and Security Hub since 2025. */
export const ocsf: EvidenceAdapter = {
  id: 'ocsf',
  recognise({ paths, text }): Recognition | null {
    const container =
      containerOf(paths, MARKS, ['Findings', 'findings']) ??
      containerOf(
        paths,
        MARKS.map((mark) => `detail.findings[].${mark}`),
        [],
      );
    if (container === null) return null;
    const recognisedAs = /"(name|uid)"\s*:\s*"prowler"/i.test(text)
      ? 'prowler_ocsf'
      : /"name"\s*:\s*"(AWS )?Security Hub/i.test(text)
        ? 'securityhub_ocsf'
        : 'ocsf_findings';
    return { kind: 'records', recognisedAs, container };
  },
  read(value) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const inside = asObject(outer['detail'])?.['findings'];
    if (inside === undefined) return readFinding(outer);
    const findings = asList(inside).flatMap(findingsIn);
    return findings.length === 0 ? rejected('no finding in the event') : { findings };
  },
  notes({ recognisedAs, findings, head, tail }) {
    const notes: string[] = [];
    if (/"NextToken"\s*:\s*"/.test(tail))
      notes.push('There is a token for a next page: this is not all of it.');
    else if (findings === 100 && head.paths.has('Findings[].class_uid'))
      notes.push('Exactly 100 findings, the size of a page: there may be more than were saved.');
    const hasZone = [...head.paths].some((path) => /(^|\.|\])time$/.test(path) && !path.includes('unmapped'));
    if (recognisedAs === 'prowler_ocsf' && !hasZone)
      notes.push('The time of the scan has no zone in it. It is taken as UTC and can be hours off.');
    return notes;
  },
};

function findingsIn(value: Json): readonly StateFinding[] {
  const object = asObject(value);
  const read = object === null ? null : readFinding(object);
  return read !== null && 'finding' in read ? [read.finding] : [];
}

function readFinding(event: JsonObject): NotTaken | (FindingsTaken & { readonly finding: StateFinding }) {
  const info = asObject(event['finding_info']);
  if (info === null) return rejected('no finding_info of OCSF');
  const metadata = asObject(event['metadata']);
  const product = asObject(metadata?.['product']);
  const name = asText(product?.['name']);
  const isProwler = /prowler/i.test(name) || asText(info['product_uid']) === 'prowler';
  const resource = asObject(asList(event['resources'])[0]) ?? asObject(event['resource']);
  const cloud = asObject(event['cloud']);
  const control =
    asText(metadata?.['event_code']) ||
    asText(asObject(event['compliance'])?.['control']) ||
    asText(info['types'] === undefined ? '' : asList(info['types'])[0]);
  const isThreat = event['class_uid'] === DETECTION && !isProwler;
  const title = asText(info['title']) || asText(event['message']) || control;
  const uid = asText(resource?.['uid']) || asText(resource?.['name']) || asText(resource?.['namespace']);
  const account = asText(asObject(cloud?.['account'])?.['uid']);
  const region = asText(resource?.['region']) || asText(cloud?.['region']);
  return {
    finding: findingOf({
      id:
        ownId(asText(info['uid'])) ??
        idFrom('ocsf', control, title, account, region, uid, asText(event['status_detail'])),
      source: isProwler ? 'prowler_ocsf' : 'ocsf',
      product: [name || 'OCSF', asText(product?.['version'])]
        .filter((part) => !part.startsWith('<'))
        .join(' '),
      seenAt: seenAtOf(event, info),
      since: isThreat
        ? momentIn(info['first_seen_time_dt'] ?? info['first_seen_time'] ?? info['created_time'])
        : null,
      status: statusOf(event),
      severity: severityIn(event),
      pattern: isThreat ? 'threat_detected' : event['class_uid'] === VULNERABILITY ? 'unpatched' : 'other',
      title,
      detail: [
        mutedWords(event, isProwler),
        asText(event['status_detail']) || asText(event['message']) || asText(info['desc']),
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: uid,
      region,
      account,
      control,
    }),
  };
}

/** Prowler writes `time` in seconds, OCSF means milliseconds; older files have only a text, without a zone. */
function seenAtOf(event: JsonObject, info: JsonObject): StateFinding['seenAt'] {
  const candidates = [
    event['time'],
    event['time_dt'],
    event['event_time'],
    info['modified_time'],
    info['created_time'],
    info['created_time_dt'],
  ];
  for (const candidate of candidates) {
    const at = momentIn(candidate);
    if (at !== null) return at;
  }
  return null;
}

function statusOf(event: JsonObject): StateFinding['status'] {
  const code = asText(event['status_code']).toUpperCase();
  if (code === 'FAIL') return 'failing';
  if (code === 'PASS') return 'passing';
  if (code !== '') return 'unknown';
  const compliance = asObject(event['compliance']);
  const said = (asText(compliance?.['status']) || asText(compliance?.['status_code'])).toUpperCase();
  const id = compliance?.['status_id'];
  if (said.startsWith('FAIL') || id === 3) return 'failing';
  if (said.startsWith('PASS') || id === 1) return 'passing';
  if (compliance !== null) return 'unknown';
  // The text counts, never the id alone: Prowler 4 wrote `New` with the id of `Suppressed`.
  const status = asText(event['status']);
  if (status === 'Resolved' || event['activity_name'] === 'Close') return 'passing';
  return status === 'Archived' || status === 'Deleted' ? 'unknown' : 'failing';
}

const SEVERITY_IDS: readonly StateFinding['severity'][] = [
  'unknown',
  'info',
  'low',
  'medium',
  'high',
  'critical',
  'critical',
];

function severityIn(event: JsonObject): StateFinding['severity'] {
  const word = severityOf(asText(event['severity']));
  const id = event['severity_id'];
  return word !== 'unknown' || typeof id !== 'number' ? word : (SEVERITY_IDS[id] ?? 'unknown');
}

function mutedWords(event: JsonObject, isProwler: boolean): string {
  if (asText(event['status']) !== 'Suppressed') return '';
  return isProwler ? 'muted in Prowler' : 'suppressed by the team';
}
