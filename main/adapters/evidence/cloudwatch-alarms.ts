import type { LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asList, asObject, asText, bounded, type Json, type JsonObject, named } from './json.ts';
import { stateFinding } from './state.ts';

/**
 * CloudWatch alarms as they stood (`describe-alarms`, `describe-alarms-for-metric`). Each also says when it was last edited,
 * which is a change of ours.
 * Fields: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
 */
export const cloudWatchAlarms: EvidenceAdapter = {
  id: 'cloudwatch_alarms',
  recognise,
  read(value, contentId) {
    const alarm = asObject(value);
    const name = asText(alarm?.['AlarmName']);
    if (alarm === null || name === '') return rejected('no AlarmName of CloudWatch');
    const arn = asText(alarm['AlarmArn']);
    return { findings: [alarmFinding(alarm, name, arn || contentId())], records: edits(alarm, name, arn) };
  },
  notes: ({ tail }) => (/"NextToken"\s*:\s*"/.test(tail) ? ['There were more alarms than were saved.'] : []),
};

const STATES: Readonly<
  Record<string, Pick<StateFinding, 'status' | 'severity'> & { readonly words: string }>
> = {
  ALARM: { status: 'failing', severity: 'high', words: 'is in alarm' },
  OK: { status: 'passing', severity: 'info', words: 'is fine' },
  INSUFFICIENT_DATA: { status: 'unknown', severity: 'unknown', words: 'has no data' },
};

function recognise({ paths }: Head): Recognition | null {
  const isAlarm = (at: string): boolean => paths.has(`${at}AlarmName`) && paths.has(`${at}StateValue`);
  if (isAlarm('MetricAlarms[].') || isAlarm('CompositeAlarms[].') || isAlarm('LogAlarms[].')) {
    return {
      kind: 'records',
      recognisedAs: 'cloudwatch_alarms',
      container: { kind: 'wrapped', key: 'MetricAlarms', also: ['CompositeAlarms', 'LogAlarms'] },
    };
  }
  if (!isAlarm('[].')) return null;
  return { kind: 'records', recognisedAs: 'cloudwatch_alarms', container: { kind: 'list' } };
}

function alarmFinding(alarm: JsonObject, name: string, id: string): StateFinding {
  const value = asText(alarm['StateValue']);
  const state = named(STATES, value);
  const silenced = alarm['ActionsEnabled'] === false ? 'its actions are switched off' : '';
  const missing = asText(alarm['TreatMissingData']) === 'notBreaching' ? 'missing data counts as fine' : '';
  return stateFinding({
    id: `alarm:${id}`,
    source: 'cloudwatch_alarms',
    product: 'Amazon CloudWatch',
    pattern: 'alarm',
    status: state?.status ?? 'unknown',
    severity: state?.severity ?? 'unknown',
    title: `Alarm ${name} ${state?.words ?? 'is in a state that is not known here'}`,
    since: awsInstant(alarm['StateTransitionedTimestamp']) ?? awsInstant(alarm['StateUpdatedTimestamp']),
    detail: [asText(alarm['StateReason']), metricWords(alarm), silenced, missing].filter(Boolean).join('; '),
    resource: asText(alarm['AlarmArn']) || name,
    control: name,
  });
}

function metricWords(alarm: JsonObject): string {
  const metric = asText(alarm['MetricName']);
  if (metric === '') return asText(alarm['AlarmRule']);
  const dimensions = asList(alarm['Dimensions']).map((item: Json) => {
    const dimension = asObject(item);
    return `${asText(dimension?.['Name'])} ${asText(dimension?.['Value'])}`;
  });
  return [`${asText(alarm['Namespace'])} ${metric}`, ...dimensions].join(', ');
}

/** When it was created or last edited. */
function edits(alarm: JsonObject, name: string, arn: string): LogRecord[] {
  const at = awsInstant(alarm['AlarmConfigurationUpdatedTimestamp']);
  if (at === null) return [];
  const [, , , region = '', account = ''] = arn.split(':');
  return [
    {
      id: bounded(`alarm:${arn || name}:edited:${at}`, 512),
      at,
      source: 'monitoring.amazonaws.com',
      name: 'Alarm updated',
      region: bounded(region, 64),
      account: bounded(account, 64),
      principal: '',
      actor: 'unknown',
      sourceIp: '',
      userAgent: '',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: [arn, name].filter((one) => one !== '').map((one) => bounded(one, 512)),
      flags: [],
      detail: bounded(`${name}; created or edited, as the alarm itself says`, 300),
    },
  ];
}
