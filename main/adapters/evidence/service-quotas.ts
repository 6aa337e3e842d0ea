import type { LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asObject, asText, bounded, type Json, type JsonObject } from './json.ts';
import { stateFinding } from './state.ts';

/** From this share of a quota on it is called near. */
const NEAR = 0.8;

/**
 * Service Quotas: `list-service-quotas` and `list-aws-default-service-quotas`, the answer for one (`get-service-quota`,
 * `get-requested-service-quota-change`), with a `Usage` beside the `Value` where a tool has
 * put one there (the service itself does not), and requests for more.
 * Fields: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ServiceQuota.html
 */
export const serviceQuotas: EvidenceAdapter = {
  id: 'service_quotas',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    // The answer for one quota is that document.
    const item = asObject(outer?.['Quota']) ?? asObject(outer?.['RequestedQuota']) ?? outer;
    if (item === null || asText(item['QuotaName']) === '') return rejected('no QuotaName of Service Quotas');
    if (item['DesiredValue'] !== undefined)
      return request(item, contentId) ?? rejected('Created is missing or is not a time');
    const finding = quota(item, contentId);
    return finding === null ? rejected('no Value of the quota') : { finding };
  },
  notes: ({ recognisedAs, tail }) => [
    ...(recognisedAs === 'service_quotas'
      ? [
          'Service Quotas tells the limits, not how much is used; Trusted Advisor and CloudWatch tell the use.',
        ]
      : []),
    ...(/"NextToken"\s*:\s*"/.test(tail) ? ['There were more quotas than were saved.'] : []),
  ],
};

function recognise({ paths }: Head): Recognition | null {
  if (paths.has('Quotas[].QuotaCode') && paths.has('Quotas[].Value'))
    return { kind: 'records', recognisedAs: 'service_quotas', container: { kind: 'wrapped', key: 'Quotas' } };
  if (paths.has('RequestedQuotas[].QuotaCode')) {
    const container = { kind: 'wrapped', key: 'RequestedQuotas' } as const;
    return { kind: 'records', recognisedAs: 'service_quota_requests', container };
  }
  const one = (recognisedAs: string): Recognition => ({
    kind: 'records',
    recognisedAs,
    container: { kind: 'document' },
  });
  if (paths.has('Quota.QuotaCode') && paths.has('Quota.Value')) return one('service_quotas');
  return paths.has('RequestedQuota.QuotaCode') ? one('service_quota_requests') : null;
}

function quota(item: JsonObject, contentId: () => string): StateFinding | null {
  const limit = numberIn(item['Value']);
  if (limit === null) return null;
  const used = numberIn(item['Usage']) ?? numberIn(item['UsageValue']) ?? numberIn(item['CurrentUsage']);
  const share = used === null || limit <= 0 ? null : used / limit;
  const over = used !== null && used >= limit;
  const near = !over && share !== null && share >= NEAR;
  const name = asText(item['QuotaName']);
  const unit = asText(item['Unit']) === 'None' ? '' : ` ${asText(item['Unit'])}`;
  const arn = asText(item['QuotaArn']);
  const failed = asObject(item['ErrorReason']);
  return stateFinding({
    id: arn === '' ? contentId() : `quota:${arn}`,
    source: 'service_quotas',
    product: 'Service Quotas',
    pattern: over ? 'over_quota' : 'near_quota',
    status: over || near ? 'failing' : used === null ? 'unknown' : 'passing',
    severity: over ? 'high' : near ? 'medium' : 'info',
    title: `${asText(item['ServiceName']) || asText(item['ServiceCode'])}: ${name}`,
    detail: [
      used === null
        ? `limit ${limit}${unit}, use not in this file`
        : `${used} of ${limit}${unit}${share === null ? '' : `, ${Math.round(share * 100)} %`}`,
      item['Adjustable'] === false ? 'cannot be raised' : '',
      asText(failed?.['ErrorMessage']),
    ]
      .filter((part) => part !== '')
      .join('; '),
    resource: arn,
    control: asText(item['QuotaCode']),
  });
}

/** Somebody asked for more: a sign that a limit was near. */
function request(item: JsonObject, contentId: () => string): LogRecord | null {
  const at = awsInstant(item['Created']);
  if (at === null) return null;
  const arn = asText(item['QuotaArn']);
  const [, , , region = '', account = ''] = arn.split(':');
  const caller = /"callerArn"\s*:\s*"([^"]+)"/.exec(asText(item['Requester']))?.[1] ?? '';
  return {
    id: bounded(asText(item['Id']) || contentId(), 512),
    at,
    source: 'servicequotas.amazonaws.com',
    name: 'RequestServiceQuotaIncrease',
    region: bounded(region, 64),
    account: bounded(account, 64),
    principal: bounded(caller, 512),
    actor: caller === '' ? 'unknown' : 'person',
    sourceIp: '',
    userAgent: '',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: arn === '' ? [] : [bounded(arn, 512)],
    flags: [],
    detail: bounded(
      `${asText(item['ServiceName'])}: ${asText(item['QuotaName'])} to ${numberIn(item['DesiredValue']) ?? '?'}; ${asText(item['Status']).toLowerCase().replaceAll('_', ' ')}`,
      300,
    ),
  };
}

function numberIn(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
