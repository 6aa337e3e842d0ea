import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { cloudTrail } from './cloudtrail.ts';
import { asList, asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

/**
 * CloudTrail as Security Lake writes it, in OCSF: account changes (class 3001), authentications (3002) and API activity (6003).
 * Each is turned back into a CloudTrail event, so that everything that is known of those holds here too.
 * Classes: https://schema.ocsf.io/classes/api_activity
 */
export const ocsfCloudTrail: EvidenceAdapter = {
  id: 'ocsf_cloudtrail',
  recognise,
  read(value, contentId) {
    const event = asObject(value);
    if (event === null) return rejected('not an object');
    const found = cloudTrailOf(event);
    return found === null
      ? rejected('no api.operation or no time of OCSF')
      : cloudTrail.read(found, contentId);
  },
  notes: () => [],
};

const CLASS = /"class_uid"\s*:\s*"?(?:3001|3002|6003)\b/;
/** `activity_id` of API activity: what only reads, and what changes something. */
const READS = 2;
const CHANGES: readonly number[] = [1, 3, 4];

function recognise({ paths, text }: Head): Recognition | null {
  if (!CLASS.test(text)) return null;
  const isEvent = (at: string): boolean => paths.has(`${at}class_uid`) && paths.has(`${at}api.operation`);
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'cloudtrail_ocsf',
    container,
  });
  if (isEvent('[].')) return found({ kind: 'list' });
  return isEvent('') ? found({ kind: 'sequence' }) : null;
}

function cloudTrailOf(event: JsonObject): JsonObject | null {
  const api = asObject(event['api']);
  const operation = asText(api?.['operation']);
  const at = awsInstant(event['time']) ?? awsInstant(event['time_dt']);
  if (api === null || operation === '' || at === null) return null;
  const cloud = asObject(event['cloud']);
  const response = asObject(api['response']);
  const endpoint = asObject(event['src_endpoint']);
  return {
    eventTime: at,
    eventName: operation,
    eventSource: asText(asObject(api['service'])?.['name']),
    eventID: asText(asObject(event['metadata'])?.['uid']),
    awsRegion: asText(cloud?.['region']),
    recipientAccountId: asText(asObject(cloud?.['account'])?.['uid']) || asText(cloud?.['account_uid']),
    sourceIPAddress: asText(endpoint?.['ip']) || asText(endpoint?.['domain']),
    userAgent: asText(asObject(event['http_request'])?.['user_agent']),
    readOnly: readOnlyOf(event),
    userIdentity: identityOf(event),
    requestParameters: dataOf(asObject(api['request'])?.['data']),
    responseElements: dataOf(response?.['data']),
    resources: asList(event['resources']).map((item) => ({ ARN: asText(asObject(item)?.['uid']) })),
    ...textOf('errorCode', response?.['error']),
    ...textOf('errorMessage', response?.['message'] ?? response?.['error_message']),
  };
}

function identityOf(event: JsonObject): JsonObject {
  const actor = asObject(event['actor']);
  const user = asObject(actor?.['user']) ?? asObject(event['user']);
  const uid = asText(user?.['uid']);
  const issuer = asText(asObject(actor?.['session'])?.['issuer']);
  return {
    type: asText(user?.['type']),
    arn: uid.startsWith('arn:') ? uid : asText(user?.['arn']),
    userName: asText(user?.['name']),
    accountId: asText(asObject(user?.['account'])?.['uid']) || asText(user?.['account_uid']),
    invokedBy: asText(actor?.['invoked_by']),
    sessionContext: { sessionIssuer: { arn: issuer } },
  };
}

function readOnlyOf(event: JsonObject): Json {
  const said = asObject(event['unmapped'])?.['readOnly'];
  if (said !== undefined) return said;
  const activity = event['activity_id'];
  if (event['class_uid'] !== 6003 || typeof activity !== 'number') return null;
  return activity === READS ? true : CHANGES.includes(activity) ? false : null;
}

/** What was asked for and what came back: an object, or its JSON as text. */
function dataOf(value: Json | undefined): Json {
  return asObject(value) ?? asObject(parseJson(asText(value)));
}

function textOf(name: string, value: Json | undefined): JsonObject {
  const text = asText(value);
  return text === '' ? {} : { [name]: text };
}
