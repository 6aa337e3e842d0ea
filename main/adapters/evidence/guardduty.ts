import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, ownId } from './finding.ts';
import { containerOf } from './finding-containers.ts';
import { asList, asObject, asText, type Json, type JsonObject } from './json.ts';

/**
 * Findings of GuardDuty: `get-findings` writes Pascal case, EventBridge and the export to S3 camel case.
 * Fields: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */
export const guardDuty: EvidenceAdapter = {
  id: 'guardduty',
  recognise({ paths }): Recognition | null {
    const container =
      containerOf(paths, ['Service.EventFirstSeen', 'SchemaVersion'], ['Findings']) ??
      containerOf(paths, ['service.eventFirstSeen', 'schemaVersion'], ['findings']) ??
      containerOf(paths, ['detail.service.eventFirstSeen', 'detail.schemaVersion'], []);
    if (container !== null) return { kind: 'records', recognisedAs: 'guardduty', container };
    if (paths.has('FindingIds')) {
      const note = 'The ids of findings, not what was found: save the output of get-findings for them.';
      return { kind: 'skipped', recognisedAs: 'guardduty_ids', note };
    }
    if (!paths.has('FindingPublishingFrequency') || !paths.has('Status')) return null;
    return { kind: 'records', recognisedAs: 'guardduty_detector', container: { kind: 'sequence' } };
  },
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    if (outer['FindingPublishingFrequency'] !== undefined) return readDetector(outer, contentId);
    return readFinding(asObject(outer['detail']) ?? outer);
  },
  notes({ recognisedAs, findings, tail }) {
    if (recognisedAs === 'guardduty_detector') return [];
    const notes = ['GuardDuty works by region and account: others were not in this file.'];
    if (findings === 50 && /\}\s*\]\s*\}\s*$/.test(tail))
      notes.push('Exactly 50 findings, the most that get-findings gives at a time: there may be more.');
    return notes;
  },
};

/** The field in either case of its first letter. */
function field(object: JsonObject | null, name: string): Json | undefined {
  return object?.[name] ?? object?.[name.charAt(0).toUpperCase() + name.slice(1)];
}

function readFinding(finding: JsonObject): FindingsTaken | NotTaken {
  const type = asText(field(finding, 'type'));
  const service = asObject(field(finding, 'service'));
  if (type === '' || service === null) return rejected('no type or service of GuardDuty');
  const count = field(service, 'count');
  const archived = field(service, 'archived') === true;
  const last = momentIn(field(service, 'eventLastSeen'));
  const first = momentIn(field(service, 'eventFirstSeen'));
  const sample = field(asObject(field(service, 'additionalInfo')), 'sample') === true;
  const action = asObject(field(service, 'action'));
  const api = asObject(field(action, 'awsApiCallAction'));
  const call = asText(field(api, 'api'));
  return {
    finding: findingOf({
      id: ownId(asText(field(finding, 'arn'))) ?? idFrom('guardduty', asText(field(finding, 'id')), type),
      source: 'guardduty',
      product: 'GuardDuty',
      seenAt: momentIn(field(finding, 'updatedAt')) ?? last,
      since: first,
      status: archived || sample ? 'unknown' : 'failing',
      severity: severityIn(field(finding, 'severity')),
      pattern: patternOf(type),
      title: asText(field(finding, 'title')) || type,
      detail: [
        sample ? 'a sample made on request, not a real finding' : '',
        archived ? 'archived' : '',
        first === null ? '' : `first ${first}, last ${last ?? first}`,
        typeof count === 'number' && count > 1 ? `${count} times` : '',
        call === '' ? '' : `${asText(field(api, 'serviceName'))} ${call}`.trim(),
        asText(field(finding, 'description')),
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: resourceOf(asObject(field(finding, 'resource'))),
      region: asText(field(finding, 'region')),
      account: asText(field(finding, 'accountId')),
      control: type,
    }),
  };
}

/** Bands of the console: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function severityIn(value: Json | undefined): StateFinding['severity'] {
  if (typeof value !== 'number') return 'unknown';
  return value >= 9 ? 'critical' : value >= 7 ? 'high' : value >= 4 ? 'medium' : 'low';
}

/** What GuardDuty saw of our own configuration rather than of somebody's doings. */
function patternOf(type: string): StateFinding['pattern'] {
  if (/LoggingDisabled|LoggingConfigurationModified/.test(type)) return 'logging_off';
  if (/^Policy:S3\/.*(Anonymous|Public)/.test(type)) return 'public_storage';
  return 'threat_detected';
}

function resourceOf(resource: JsonObject | null): string {
  const instance = asText(field(asObject(field(resource, 'instanceDetails')), 'instanceId'));
  const key = asObject(field(resource, 'accessKeyDetails'));
  const user = asText(field(key, 'userName'));
  const bucket = asObject(asList(field(resource, 's3BucketDetails'))[0]);
  const arn = asText(field(bucket, 'arn')) || asText(field(bucket, 'name'));
  return [instance, arn, user, asText(field(key, 'accessKeyId'))].find((name) => name !== '') ?? '';
}

function readDetector(detector: JsonObject, contentId: () => string): FindingsTaken {
  const isOn = detector['Status'] === 'ENABLED';
  return {
    finding: findingOf({
      id: contentId(),
      source: 'guardduty_detector',
      product: 'GuardDuty',
      status: isOn ? 'passing' : 'failing',
      severity: isOn ? 'info' : 'medium',
      pattern: 'logging_off',
      title: isOn ? 'GuardDuty is on' : 'GuardDuty is off',
      detail: `last changed ${asText(detector['UpdatedAt'])}`,
      control: 'detector',
    }),
  };
}
