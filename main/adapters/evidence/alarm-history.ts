import type { LogRecord } from '../../core/evidence/model.ts';
import { type EvidenceAdapter, type Head, type NotTaken, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { differences, differenceWords } from './document-diff.ts';
import { asObject, asText, bounded, type Json, type JsonObject, parseJson } from './json.ts';

/**
 * The history of CloudWatch alarms (`describe-alarm-history`), and state changes from EventBridge: when each alarm went off is
 * the time line of an incident, and an alarm that was edited is a change of ours.
 * Fields: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AlarmHistoryItem.html
 */
export const alarmHistory: EvidenceAdapter = {
  id: 'cloudwatch_alarm_history',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const detail = asObject(outer['detail']);
    return detail === null ? historyItem(outer, contentId) : stateEvent(outer, detail, contentId);
  },
  notes: ({ tail }) => [
    'The history of an alarm is kept for two weeks.',
    ...(/"NextToken"\s*:\s*"/.test(tail) ? ['There were more items than were saved.'] : []),
  ],
};

function recognise({ paths }: Head): Recognition | null {
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'cloudwatch_alarm_history',
    container,
  });
  const isItem = (at: string): boolean => paths.has(`${at}HistoryItemType`) && paths.has(`${at}AlarmName`);
  const isEvent = (at: string): boolean =>
    paths.has(`${at}detail.alarmName`) && paths.has(`${at}detail.state.value`);
  if (isItem('AlarmHistoryItems[].')) return found({ kind: 'wrapped', key: 'AlarmHistoryItems' });
  if (isItem('[].') || isEvent('[].')) return found({ kind: 'list' });
  return isItem('') || isEvent('') ? found({ kind: 'sequence' }) : null;
}

function historyItem(item: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const alarm = asText(item['AlarmName']);
  const kind = asText(item['HistoryItemType']);
  if (alarm === '' || kind === '') return rejected('no AlarmName or HistoryItemType');
  const at = awsInstant(item['Timestamp']);
  if (at === null) return rejected('Timestamp is missing or is not a time');
  const data = asObject(parseJson(asText(item['HistoryData'])));
  const summary = asText(item['HistorySummary']);
  const common = { id: contentId(), at, alarm, summary, region: '', account: '' };
  if (kind === 'ConfigurationUpdate') {
    const was = data?.['originalUpdatedFields'];
    const is = asObject(data?.['updatedAlarm']);
    const changed = differences(was ?? {}, pick(is, asObject(was))).map(differenceWords);
    const type = asText(data?.['type']) || 'Update';
    return record({ ...common, name: `Alarm ${type.toLowerCase()}d`, change: true, words: changed });
  }
  if (kind === 'StateUpdate') {
    const old = asText(asObject(data?.['oldState'])?.['stateValue']);
    const state = asObject(data?.['newState']);
    const value = asText(state?.['stateValue']) || (/to (\w+)\s*$/.exec(summary)?.[1] ?? '');
    return record({ ...common, name: stateName(value), change: false, words: [from(old), reasonOf(state)] });
  }
  return record({ ...common, name: `Alarm ${words(kind)}`, change: false, words: [] });
}

function stateEvent(outer: JsonObject, detail: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const state = asObject(detail['state']);
  const at = awsInstant(state?.['timestamp']) ?? awsInstant(outer['time']);
  if (at === null) return rejected('the state has no time');
  const old = asText(asObject(detail['previousState'])?.['value']);
  return record({
    id: asText(outer['id']) || contentId(),
    at,
    alarm: asText(detail['alarmName']),
    summary: '',
    region: asText(outer['region']),
    account: asText(outer['account']),
    name: stateName(asText(state?.['value'])),
    change: false,
    words: [from(old), asText(state?.['reason'])],
  });
}

/** Only what was changed is told of the new alarm. */
function pick(whole: JsonObject | null, keys: JsonObject | null): Json {
  if (whole === null || keys === null) return {};
  return Object.fromEntries(Object.keys(keys).map((key) => [key, whole[key]]));
}

function stateName(value: string): string {
  return value === '' ? 'Alarm state changed' : `Alarm state ${value}`;
}

function from(old: string): string {
  return old === '' ? '' : `before: ${old}`;
}

function reasonOf(state: JsonObject | null): string {
  return asText(state?.['stateReason']);
}

/** `contributor state update` of `AlarmContributorStateUpdate`. */
function words(kind: string): string {
  return kind
    .replace(/^Alarm/, '')
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}

function record(parts: {
  readonly id: string;
  readonly at: LogRecord['at'];
  readonly alarm: string;
  readonly summary: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly change: boolean;
  readonly words: readonly string[];
}): LogRecord {
  const detail = [parts.alarm, ...parts.words].filter((part) => part !== '');
  return {
    id: parts.id,
    at: parts.at,
    source: 'monitoring.amazonaws.com',
    name: bounded(parts.name, 128),
    region: parts.region,
    account: parts.account,
    principal: '',
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: !parts.change,
    errorCode: null,
    errorMessage: null,
    resources: [bounded(parts.alarm, 512)],
    flags: [],
    detail: bounded(
      detail.length > 1 ? detail.join('; ') : [...detail, parts.summary].filter(Boolean).join('; '),
      400,
    ),
  };
}
