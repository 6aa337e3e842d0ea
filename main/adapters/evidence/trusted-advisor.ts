import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, placeOfArn } from './finding.ts';
import { asList, asObject, asText, type Json, type JsonObject } from './json.ts';
import { checkName } from './trusted-advisor-checks.ts';

/**
 * Trusted Advisor: `describe-trusted-advisor-check-result` and `-check-summaries` of the Support API, and `list-recommendations`,
 * `get-recommendation` and `list-recommendation-resources` of the newer one.
 * Fields: https://docs.aws.amazon.com/awssupport/latest/APIReference/API_TrustedAdvisorCheckResult.html and
 * https://docs.aws.amazon.com/trustedadvisor/latest/APIReference/API_RecommendationSummary.html
 */
export const trustedAdvisor: EvidenceAdapter = {
  id: 'trusted_advisor',
  recognise({ paths }): Recognition | null {
    const has = (path: string): boolean => paths.has(path);
    const wrapped = (recognisedAs: string, key: string): Recognition => ({
      kind: 'records',
      recognisedAs,
      container: { kind: 'wrapped', key },
    });
    const whole = (recognisedAs: string): Recognition => ({
      kind: 'records',
      recognisedAs,
      container: { kind: 'sequence' },
    });
    if (has('result.checkId') && has('result.flaggedResources')) return whole('trusted_advisor_result');
    if (has('recommendation.checkArn') && has('recommendation.status'))
      return whole('trusted_advisor_recommendations');
    if (has('summaries[].checkId')) return wrapped('trusted_advisor_summaries', 'summaries');
    if (has('recommendationSummaries[].status'))
      return wrapped('trusted_advisor_recommendations', 'recommendationSummaries');
    if (has('recommendationResourceSummaries[].awsResourceId'))
      return wrapped('trusted_advisor_resources', 'recommendationResourceSummaries');
    if (has('checks[].category') && has('checks[].metadata')) {
      const note = 'The names of the checks of Trusted Advisor, not what they found.';
      return { kind: 'skipped', recognisedAs: 'trusted_advisor_checks', note };
    }
    return null;
  },
  read(value) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const result = asObject(outer['result']);
    if (result !== null) return readResult(result);
    if (outer['checkId'] !== undefined) return { finding: summary(outer) };
    if (outer['awsResourceId'] !== undefined) return { finding: resource(outer) };
    return readRecommendation(asObject(outer['recommendation']) ?? outer);
  },
  notes({ recognisedAs, head, tail }) {
    const notes = ['Trusted Advisor shows its last refresh, which can be days old.'];
    if (recognisedAs === 'trusted_advisor_resources')
      notes.push('The resources of one recommendation: what it asks for is in list-recommendations.');
    if (head.paths.has('nextToken') || /"nextToken"\s*:\s*"/.test(tail))
      notes.push('There is a token for a next page: this is not all of it.');
    return notes;
  },
};

const PRODUCT = 'Trusted Advisor';

/** `warning` is a yellow mark and `error` a red one: both ask for something to be done. */
function statusOf(word: string): StateFinding['status'] {
  return word === 'ok' ? 'passing' : word === 'warning' || word === 'error' ? 'failing' : 'unknown';
}

function severityOf(word: string): StateFinding['severity'] {
  return word === 'error' ? 'high' : word === 'warning' ? 'medium' : word === 'ok' ? 'info' : 'unknown';
}

function readResult(result: JsonObject): FindingsTaken | NotTaken {
  const checkId = asText(result['checkId']);
  if (checkId === '') return rejected('no checkId of Trusted Advisor');
  const flagged = asList(result['flaggedResources']).flatMap((item) => {
    const one = asObject(item);
    return one === null ? [] : [flaggedResource(one, checkId, result['timestamp'])];
  });
  return { findings: flagged.length > 0 ? flagged : [summary(result)] };
}

function flaggedResource(one: JsonObject, checkId: string, timestamp: Json | undefined): StateFinding {
  const metadata = asList(one['metadata']).map((item) => (item === null ? '' : asText(item)));
  const limit = limitOf(metadata);
  const status = asText(one['status']);
  const region = asText(one['region']);
  const name = metadata.find((cell) => cell !== '' && cell !== region && !COLOURS.has(cell)) ?? '';
  return findingOf({
    id: idFrom('trusted_advisor', checkId, asText(one['resourceId'])),
    source: 'trusted_advisor',
    product: PRODUCT,
    seenAt: momentIn(timestamp),
    status: statusOf(status),
    severity: severityOf(status),
    pattern: limit === null ? 'other' : limit.used >= limit.most ? 'over_quota' : 'near_quota',
    title: limit === null ? checkName(checkId) : `Quota ${limit.name}`,
    detail: [
      one['isSuppressed'] === true ? 'left out by the team' : '',
      limit === null
        ? metadata.filter((cell) => cell !== '').join(', ')
        : `${limit.used} of ${limit.most} used`,
    ]
      .filter((part) => part !== '')
      .join('; '),
    resource: limit === null ? name : limit.name,
    region,
    control: checkId,
  });
}

const COLOURS: ReadonlySet<string> = new Set(['Green', 'Yellow', 'Red', 'Blue']);

/** Checks of limits give region, service, limit, amount, usage, colour, in this order; usage can be missing. */
function limitOf(metadata: readonly string[]): { name: string; most: number; used: number } | null {
  const [, service, limit, amount, usage, colour] = metadata;
  if (metadata.length !== 6 || !COLOURS.has(colour ?? '')) return null;
  if (!/^\d+$/.test(amount ?? '') || !/^\d+$/.test(usage ?? '')) return null;
  return { name: `${service ?? ''} ${limit ?? ''}`, most: Number(amount), used: Number(usage) };
}

function summary(result: JsonObject): StateFinding {
  const checkId = asText(result['checkId']);
  const status = asText(result['status']);
  const counts = asObject(result['resourcesSummary']);
  const flagged = counts?.['resourcesFlagged'];
  const processed = counts?.['resourcesProcessed'];
  return findingOf({
    id: idFrom('trusted_advisor', checkId),
    source: 'trusted_advisor',
    product: PRODUCT,
    seenAt: momentIn(result['timestamp']),
    status: statusOf(status),
    severity: severityOf(status),
    title: checkName(checkId),
    detail:
      typeof flagged === 'number' && typeof processed === 'number'
        ? `${flagged} of ${processed} resources flagged`
        : '',
    control: checkId,
  });
}

function readRecommendation(one: JsonObject): FindingsTaken | NotTaken {
  const arn = asText(one['arn']);
  const name = asText(one['name']);
  if (arn === '' && name === '') return rejected('no recommendation of Trusted Advisor');
  const status = asText(one['status']);
  const pillars = asList(one['pillars']).map(asText);
  const counts = asObject(one['resourcesAggregates']);
  const count = (key: string): number => (typeof counts?.[key] === 'number' ? counts[key] : 0);
  return {
    finding: findingOf({
      id: arn || idFrom('trusted_advisor', name),
      source: 'trusted_advisor',
      product: PRODUCT,
      seenAt: momentIn(one['lastUpdatedAt']),
      status: statusOf(status),
      severity: severityOf(status),
      pattern: pillars.includes('service_limits')
        ? status === 'error'
          ? 'over_quota'
          : 'near_quota'
        : pillars.includes('security')
          ? 'other'
          : 'advice',
      title: name,
      detail: [
        counts === null
          ? ''
          : `resources: ${count('errorCount')} red, ${count('warningCount')} yellow, ${count('okCount')} green`,
        asText(one['description']),
        pillars.join(', ').replaceAll('_', ' '),
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: asList(one['awsServices']).map(asText).join(', '),
      account: placeOfArn(arn).account,
      control: asText(one['checkArn']).split('/').at(-1) ?? '',
    }),
  };
}

function resource(one: JsonObject): StateFinding {
  const status = asText(one['status']);
  const arn = asText(one['arn']);
  return findingOf({
    id: arn || idFrom('trusted_advisor_resource', asText(one['id'])),
    source: 'trusted_advisor',
    product: PRODUCT,
    seenAt: momentIn(one['lastUpdatedAt']),
    status: statusOf(status),
    severity: severityOf(status),
    pattern: 'advice',
    title: 'Flagged by a recommendation of Trusted Advisor',
    detail: Object.values(asObject(one['metadata']) ?? {})
      .map(asText)
      .filter((cell) => cell !== '')
      .join(', '),
    resource: asText(one['awsResourceId']),
    region: asText(one['regionCode']),
    account: placeOfArn(arn).account,
    control: asText(one['recommendationArn']).split('/').at(-1) ?? '',
  });
}
