import type { LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { Instant } from '../../core/time.ts';
import { dayAndClock } from '../../core/evidence/words.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asList, asObject, asObjects, asText, bounded, type JsonObject } from './json.ts';
import { type StateParts, stateFinding } from './state.ts';

/**
 * Whether AWS logs at all: `cloudtrail get-trail-status`, `describe-trails`, `list-trails` and `get-event-selectors`,
 * `configservice describe-configuration-recorder-status`. What is off is a hole in the evidence, and dated where the answer
 * says since when.
 * Fields: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export const loggingState: EvidenceAdapter = {
  id: 'aws_logging_state',
  recognise,
  read(value, contentId) {
    const document = asObject(value);
    if (document === null) return rejected('not an object');
    if (document['IsLogging'] !== undefined) return trailStatus(document, contentId());
    if (document['trailList'] !== undefined) return { findings: trails(document, contentId()) };
    if (document['Trails'] !== undefined) return { findings: trailNames(document, contentId()) };
    const recorders = document['ConfigurationRecordersStatus'];
    if (recorders !== undefined) return { findings: recorderStatus(document, contentId()) };
    return { findings: selectors(document, contentId()) };
  },
  notes: ({ head, tail }) =>
    head.paths.has('Trails') && /"NextToken"\s*:\s*"/.test(tail)
      ? ['This is one page only: there were more trails than were saved.']
      : [],
};

const TRAIL: Pick<StateParts, 'source' | 'product' | 'pattern'> = {
  source: 'cloudtrail_status',
  product: 'AWS CloudTrail',
  pattern: 'logging_off',
};

function recognise({ paths, text }: Head): Recognition | null {
  const found = (recognisedAs: string): Recognition => ({
    kind: 'records',
    recognisedAs,
    container: { kind: 'document' },
  });
  if (paths.has('IsLogging') && (paths.has('StartLoggingTime') || paths.has('LatestDeliveryAttemptTime')))
    return found('cloudtrail_status');
  if (paths.has('trailList[].TrailARN') || /^\s*\{\s*"trailList"\s*:\s*\[\s*\]/.test(text))
    return found('cloudtrail_trails');
  if (paths.has('Trails[].TrailARN') || /^\s*\{\s*"Trails"\s*:\s*\[\s*\]/.test(text))
    return found('cloudtrail_trails');
  if (paths.has('TrailARN') && (paths.has('EventSelectors') || paths.has('AdvancedEventSelectors')))
    return found('cloudtrail_selectors');
  if (paths.has('ConfigurationRecordersStatus')) return found('aws_config_recorder');
  return null;
}

/** The answer does not name its trail, nor when it was given. */
function trailStatus(
  status: JsonObject,
  contentId: string,
): { readonly findings: readonly StateFinding[]; readonly records: readonly LogRecord[] } {
  const started = awsInstant(status['StartLoggingTime']) ?? awsInstant(status['TimeLoggingStarted']);
  const stopped = awsInstant(status['StopLoggingTime']) ?? awsInstant(status['TimeLoggingStopped']);
  const off = status['IsLogging'] === false;
  const findings = [
    stateFinding({
      ...TRAIL,
      id: `${contentId}:logging`,
      status: off ? 'failing' : 'passing',
      severity: off ? 'high' : 'info',
      title: off ? 'The trail does not log' : 'The trail logs',
      since: off ? stopped : null,
      detail: deliveryWords(status),
      control: 'IsLogging',
    }),
  ];
  const faults = ['LatestDeliveryError', 'LatestCloudWatchLogsDeliveryError', 'LatestDigestDeliveryError']
    .map((key) => [key, asText(status[key])] as const)
    .filter(([, error]) => error !== '');
  for (const [key, error] of faults) {
    findings.push(
      stateFinding({
        ...TRAIL,
        id: `${contentId}:${key}`,
        status: 'failing',
        severity: 'high',
        title: 'The trail cannot deliver its files',
        // Nothing came after the last file that was delivered.
        since: key === 'LatestDeliveryError' ? awsInstant(status['LatestDeliveryTime']) : null,
        detail: `${error}. ${deliveryWords(status)}`.trim(),
        control: key,
      }),
    );
  }
  const told = [
    ...(stopped === null ? [] : [loggingEvent('StopLogging', stopped, contentId, ['logging_off'])]),
    ...(started === null ? [] : [loggingEvent('StartLogging', started, contentId, ['logging_on'])]),
  ];
  return { findings, records: told };
}

function deliveryWords(status: JsonObject): string {
  const last = awsInstant(status['LatestDeliveryTime']);
  return last === null ? 'No file was ever delivered.' : `Last file delivered at ${dayAndClock(last)} UTC.`;
}

/** Start and stop as the status tells them: moments like those in the trail itself, which may be lost with it. */
function loggingEvent(name: string, at: Instant, contentId: string, flags: readonly string[]): LogRecord {
  return {
    id: `${contentId}:${name}`,
    at,
    source: 'cloudtrail.amazonaws.com',
    name,
    region: '',
    account: '',
    principal: '',
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: [],
    flags: [...flags],
    detail: 'as the status of the trail says it',
  };
}

function trails(document: JsonObject, contentId: string): StateFinding[] {
  const list = asObjects(document['trailList']);
  if (list.length === 0) {
    return [
      stateFinding({
        ...TRAIL,
        id: `${contentId}:none`,
        status: 'failing',
        severity: 'high',
        title: 'There is no trail in this account and region',
        detail: 'Only the Event history of 90 days is left, region by region.',
        control: 'trailList',
      }),
    ];
  }
  return list.flatMap((trail, index) => {
    const arn = asText(trail['TrailARN']);
    const name = asText(trail['Name']) || arn;
    const home = asText(trail['HomeRegion']);
    const common = { ...TRAIL, resource: arn === '' ? name : arn, region: home };
    const everywhere = trail['IsMultiRegionTrail'] === true;
    const regions = stateFinding({
      ...common,
      id: `${arn || `${contentId}:${index}`}:regions`,
      status: everywhere ? 'passing' : 'failing',
      severity: everywhere ? 'info' : 'medium',
      title: everywhere ? `Trail ${name} logs every region` : `Trail ${name} logs one region only`,
      detail: everywhere ? '' : `What happens outside ${home || 'its region'} is not in it.`,
      control: 'IsMultiRegionTrail',
    });
    if (trail['IncludeGlobalServiceEvents'] !== false) return [regions];
    const global = stateFinding({
      ...common,
      id: `${arn || `${contentId}:${index}`}:global`,
      status: 'failing',
      severity: 'medium',
      title: `Trail ${name} leaves global services out`,
      detail: 'Changes of IAM, Route 53 and CloudFront are not in it.',
      control: 'IncludeGlobalServiceEvents',
    });
    return [regions, global];
  });
}

/** `list-trails` names the trails of all regions and their homes, and nothing of what they log. */
function trailNames(document: JsonObject, contentId: string): StateFinding[] {
  const list = asObjects(document['Trails']);
  if (list.length === 0) {
    return [
      stateFinding({
        ...TRAIL,
        id: `${contentId}:none`,
        status: 'failing',
        severity: 'high',
        title: 'There is no trail in this account',
        detail: 'Only the Event history of 90 days is left, region by region.',
        control: 'Trails',
      }),
    ];
  }
  return list.map((trail, index) => {
    const arn = asText(trail['TrailARN']);
    const name = asText(trail['Name']) || arn;
    return stateFinding({
      ...TRAIL,
      id: `${arn || `${contentId}:${index}`}:named`,
      status: 'unknown',
      severity: 'info',
      title: `Trail ${name}: whether it logs, and what, is not in this file`,
      detail: 'A list of trails only. Save describe-trails, get-trail-status and get-event-selectors too.',
      resource: arn === '' ? name : arn,
      region: asText(trail['HomeRegion']),
      control: 'Trails',
    });
  });
}

function selectors(document: JsonObject, contentId: string): StateFinding[] {
  const arn = asText(document['TrailARN']);
  const lost = [
    ...asObjects(document['EventSelectors']).flatMap(lostBySelector),
    ...lostByAdvanced(asObjects(document['AdvancedEventSelectors'])),
  ];
  const data =
    asList(document['EventSelectors']).some((item) => asList(asObject(item)?.['DataResources']).length > 0) ||
    /"Data"/.test(JSON.stringify(document['AdvancedEventSelectors'] ?? ''));
  const id = arn === '' ? contentId : arn;
  return [
    stateFinding({
      ...TRAIL,
      id: `${id}:selectors`,
      status: lost.length > 0 ? 'failing' : 'passing',
      severity: lost.length > 0 ? 'medium' : 'info',
      title:
        lost.length > 0 ? 'The trail leaves management events out' : 'The trail logs all management events',
      detail: lost.join('; '),
      resource: arn,
      control: 'EventSelectors',
    }),
    stateFinding({
      ...TRAIL,
      id: `${id}:data`,
      status: data ? 'passing' : 'failing',
      severity: 'info',
      title: data ? 'The trail logs data events' : 'The trail logs no data events',
      detail: data
        ? ''
        : 'Reads and writes of objects, items and functions are not in it, nor that they were denied.',
      resource: arn,
      control: 'DataEvents',
    }),
  ];
}

function lostBySelector(selector: JsonObject): string[] {
  const kind = asText(selector['ReadWriteType']);
  const excluded = asList(selector['ExcludeManagementEventSources']).map(asText);
  return [
    ...(selector['IncludeManagementEvents'] === false ? ['no management events'] : []),
    ...(kind === 'ReadOnly'
      ? ['no writes']
      : kind === 'WriteOnly'
        ? ['no reads, nor that they were denied']
        : []),
    ...(excluded.length > 0 ? [`nothing of ${excluded.slice(0, 5).join(', ')}`] : []),
  ];
}

/** Without a selector of the category Management there are no management events; one with more fields narrows them. */
function lostByAdvanced(all: readonly JsonObject[]): string[] {
  if (all.length === 0) return [];
  const fieldsOf = (selector: JsonObject): readonly JsonObject[] => asObjects(selector['FieldSelectors']);
  const management = all.filter((selector) =>
    fieldsOf(selector).some(
      (field) => field['Field'] === 'eventCategory' && asList(field['Equals']).includes('Management'),
    ),
  );
  if (management.length === 0) return ['no management events'];
  // Selectors add up: one that narrows nothing is enough.
  if (management.some((selector) => fieldsOf(selector).length === 1)) return [];
  return management.flatMap((selector) =>
    fieldsOf(selector)
      .filter((field) => field['Field'] !== 'eventCategory')
      .map((field) => bounded(`only where ${JSON.stringify(field)}`, 120)),
  );
}

function recorderStatus(document: JsonObject, contentId: string): StateFinding[] {
  const common = { source: 'aws_config_recorder', product: 'AWS Config', pattern: 'logging_off' } as const;
  const list = asObjects(document['ConfigurationRecordersStatus']);
  if (list.length === 0) {
    return [
      stateFinding({
        ...common,
        id: `${contentId}:none`,
        status: 'failing',
        severity: 'medium',
        title: 'AWS Config records nothing in this account and region',
        detail: 'There is no recorder: no history of resources.',
      }),
    ];
  }
  return list.map((recorder, index) => {
    const name = asText(recorder['name']) || 'default';
    const off = recorder['recording'] === false;
    const last = asText(recorder['lastStatus']);
    const failed =
      !off && last !== '' && last.toUpperCase() !== 'SUCCESS' && last.toUpperCase() !== 'PENDING';
    const error = [asText(recorder['lastErrorCode']), asText(recorder['lastErrorMessage'])].filter(Boolean);
    return stateFinding({
      ...common,
      id: `${contentId}:${index}`,
      status: off || failed ? 'failing' : 'passing',
      severity: off || failed ? 'medium' : 'info',
      title: off
        ? `The recorder ${name} is off`
        : failed
          ? `The recorder ${name} fails`
          : `The recorder ${name} records`,
      since: off
        ? awsInstant(recorder['lastStopTime'])
        : failed
          ? awsInstant(recorder['lastStatusChangeTime'])
          : null,
      detail: [off ? 'What changed since it stopped is not in its history.' : '', ...error]
        .filter(Boolean)
        .join(' '),
      resource: asText(recorder['arn']) || name,
      control: 'recording',
    });
  });
}
