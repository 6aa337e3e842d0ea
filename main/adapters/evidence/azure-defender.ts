import { type EvidenceAdapter, type Head, type NotTaken, rejected } from './adapter.ts';
import { pageNote, propertiesOf, subscriptionIn } from './azure-resource.ts';
import { findingOf, momentIn, severityOf } from './finding.ts';
import { asObject, asText, type JsonObject, named } from './json.ts';
import { stateAdapter } from './state-source.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';

const PRODUCT = 'Microsoft Defender for Cloud';
const STATUS: Readonly<Record<string, StateFinding['status']>> = {
  healthy: 'passing',
  unhealthy: 'failing',
};

/**
 * Assessments of Defender for Cloud: `az security assessment list` and REST.
 * Fields: https://learn.microsoft.com/rest/api/defenderforcloud/assessments/list
 */
export const azureDefender: EvidenceAdapter = stateAdapter({
  id: 'azure_defender',
  keys: ['value', 'data'],
  isItem: (has) =>
    ['properties.', ''].some(
      (at) => has(`${at}status.code`) && has(`${at}displayName`) && has(`${at}resourceDetails`),
    ) ||
    ['properties.', ''].some(
      (at) => has(`${at}status.code`) && (has(`${at}resourceDetails.id`) || has(`${at}resourceDetails.Id`)),
    ),
  read(item, contentId) {
    const said = propertiesOf(item);
    const status = asObject(said['status']);
    const code = asText(status?.['code']);
    if (code === '') return rejected('no status of an assessment');
    const details = asObject(said['resourceDetails']);
    const id = asText(item['id']);
    const resource =
      asText(details?.['id']) ||
      asText(details?.['Id']) ||
      id.replace(/\/providers\/Microsoft\.Security\/assessments\/.*$/i, '');
    const metadata = asObject(said['metadata']);
    const title = asText(said['displayName']) || asText(metadata?.['displayName']) || asText(item['name']);
    const failing = named(STATUS, code.toLowerCase()) === 'failing';
    return findingOf({
      id: id || contentId(),
      source: 'azure_defender',
      product: PRODUCT,
      // An assessment does not say when it was made, only when its status last changed.
      since: failing ? momentIn(status?.['statusChangeDate']) : null,
      status: named(STATUS, code.toLowerCase()) ?? 'unknown',
      severity: severityOf(asText(metadata?.['severity'])),
      title,
      detail: [asText(status?.['cause']), asText(status?.['description'])]
        .filter((text) => text !== '')
        .join(': '),
      resource,
      account: subscriptionIn(id) || subscriptionIn(resource),
      control: asText(item['name']),
    });
  },
  notes: ({ tail }) => [
    'Assessments are of one subscription, as Defender last made them; they do not say when.',
    ...pageNote(tail),
  ],
});

/** The plans of Defender for Cloud: what is not on is not looked at. */
export const azureDefenderPlans: EvidenceAdapter = stateAdapter({
  id: 'azure_defender_plans',
  keys: ['value'],
  isItem: (has) => has('properties.pricingTier') || (has('pricingTier') && has('freeTrialRemainingTime')),
  read(item, contentId) {
    const tier = asText(propertiesOf(item)['pricingTier']);
    const plan = asText(item['name']);
    if (tier === '') return rejected('no pricingTier of a plan');
    const on = tier.toLowerCase() === 'standard';
    return findingOf({
      id: asText(item['id']) || contentId(),
      source: 'azure_defender_plans',
      product: PRODUCT,
      since: on ? null : momentIn(propertiesOf(item)['enablementTime']),
      status: on ? 'passing' : 'failing',
      severity: on ? 'info' : 'low',
      pattern: 'noncompliant',
      title: `Defender for ${plan || 'this plan'} is ${on ? 'on' : 'off'}`,
      account: subscriptionIn(asText(item['id'])),
      control: plan,
    });
  },
  notes: () => ['Where a plan of Defender is off, the absence of its findings says nothing.'],
});

/**
 * The CSV that the portal exports from Recommendations, with commas.
 * Columns as in the export: https://learn.microsoft.com/azure/defender-for-cloud/review-security-recommendations
 */
export const azureDefenderCsv: EvidenceAdapter = {
  id: 'azure_defender_csv',
  recognise({ text }: Head) {
    const header = (text.split('\n', 1)[0] ?? '').toLowerCase();
    const columns = ['recommendationid', 'resourceid', 'state', 'recommendationname'];
    return columns.every((column) => header.includes(column)) && header.includes('subscriptionid')
      ? { kind: 'records', recognisedAs: 'azure_defender_csv', container: { kind: 'rows' } }
      : null;
  },
  read(value, contentId) {
    const row = asObject(value);
    if (row === null) return rejected('not a row');
    const read = recommendationOf(row, contentId);
    return 'notTaken' in read ? read : { finding: read };
  },
  notes: () => ['The export holds what the portal showed: a filter set there leaves out the rest.'],
};

function recommendationOf(row: JsonObject, contentId: () => string): StateFinding | NotTaken {
  const of = (name: string): string => asText(row[name]).trim();
  const state = of('state');
  if (state === '') return rejected('no state of a recommendation');
  const title = of('recommendationDisplayName') || of('recommendationName');
  const status = named(STATUS, state.toLowerCase()) ?? 'unknown';
  return findingOf({
    id: of('resourceId') === '' ? contentId() : `${of('resourceId')}#${of('recommendationId') || title}`,
    source: 'azure_defender_csv',
    product: PRODUCT,
    seenAt: momentIn(of('exportedTimestamp')),
    since: status === 'failing' ? momentIn(of('statusChangeDate')) : null,
    status,
    severity: severityOf(of('severity')),
    title,
    detail: of('notApplicableReason') || of('description'),
    resource: of('resourceId') || of('resourceName'),
    account: of('subscriptionId').toLowerCase(),
    control: of('recommendationId'),
  });
}
