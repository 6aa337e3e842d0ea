import { type EvidenceAdapter, type NotTaken, rejected } from './adapter.ts';
import { azureRegion, pageNote, propertiesOf, subscriptionIn } from './azure-resource.ts';
import { findingOf, momentIn } from './finding.ts';
import { asList, asObject, asText, type Json, type JsonObject, named } from './json.ts';
import { stateAdapter } from './state-source.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';

/**
 * Alerts of Azure Monitor that fired: REST `Microsoft.AlertsManagement/alerts`, and the common alert schema that action groups send.
 * Fields: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
 */
export const azureAlerts: EvidenceAdapter = stateAdapter({
  id: 'azure_alerts',
  keys: ['value', 'data'],
  isItem: (has) =>
    ['properties.', '', 'data.'].some(
      (at) => has(`${at}essentials.monitorCondition`) && has(`${at}essentials.severity`),
    ),
  read(item, contentId) {
    const essentials = asObject((asObject(item['data']) ?? propertiesOf(item))['essentials']);
    return essentials === null
      ? rejected('no essentials of an alert')
      : alertOf(asText(item['id']) || asText(essentials['alertId']), essentials, contentId);
  },
  notes: ({ tail }) => [
    'Azure keeps alerts for 30 days; REST gives those of one day unless told otherwise.',
    ...pageNote(tail),
  ],
});

const SEVERITIES: Readonly<Record<string, StateFinding['severity']>> = {
  sev0: 'critical',
  sev1: 'high',
  sev2: 'medium',
  sev3: 'low',
  sev4: 'info',
};

function alertOf(id: string, essentials: JsonObject, contentId: () => string): StateFinding | NotTaken {
  const condition = asText(essentials['monitorCondition']);
  if (condition === '') return rejected('no monitorCondition of an alert');
  const fired = condition.toLowerCase() === 'fired';
  const rule =
    lastOf(asText(essentials['alertRule'])) || lastOf(asText(essentials['alertRuleId'])) || 'Alert';
  const began = momentIn(essentials['firedDateTime']) ?? momentIn(essentials['startDateTime']);
  const ended =
    momentIn(essentials['resolvedDateTime']) ?? momentIn(essentials['monitorConditionResolvedDateTime']);
  const resource = asText(essentials['targetResource']) || asText(asList(essentials['alertTargetIDs'])[0]);
  return findingOf({
    id: id || contentId(),
    source: 'azure_alerts',
    product: 'Azure Monitor',
    seenAt: ended ?? momentIn(essentials['lastModifiedDateTime']) ?? began,
    since: fired ? began : null,
    status: fired ? 'failing' : condition.toLowerCase() === 'resolved' ? 'passing' : 'unknown',
    severity: named(SEVERITIES, asText(essentials['severity']).toLowerCase()) ?? 'unknown',
    pattern: 'alarm',
    title: `${rule}: ${condition.toLowerCase()}`,
    detail: [
      began === null ? '' : `fired ${began}`,
      ended === null ? '' : `resolved ${ended}`,
      asText(essentials['signalType']),
      asText(essentials['description']),
    ]
      .filter((part) => part !== '')
      .join('; '),
    resource,
    account: subscriptionIn(resource) || subscriptionIn(id),
    control: asText(essentials['alertRule']),
  });
}

const WANTED_CATEGORIES = ['Write', 'Delete', 'Action'];

/** Log profiles: which kinds of operation of the Activity Log are kept beyond its 90 days, and from where. */
export const azureLogProfiles: EvidenceAdapter = stateAdapter({
  id: 'azure_log_profiles',
  keys: ['value'],
  isItem: (has) =>
    ['properties.', ''].some(
      (at) => has(`${at}categories`) && has(`${at}locations`) && has(`${at}retentionPolicy`),
    ),
  read(item, contentId) {
    const said = propertiesOf(item);
    const kept = new Set(asList(said['categories']).map((one) => asText(one).toLowerCase()));
    const missing = WANTED_CATEGORIES.filter((one) => !kept.has(one.toLowerCase()));
    const locations = asList(said['locations']).map(asText);
    const name = asText(item['name']);
    return findingOf({
      id: asText(item['id']) || contentId(),
      source: 'azure_log_profiles',
      product: 'Azure Monitor',
      status: missing.length === 0 ? 'passing' : 'failing',
      severity: missing.length === 0 ? 'info' : 'medium',
      pattern: 'logging_off',
      title:
        missing.length === 0
          ? `The log profile ${name} keeps every kind of operation`
          : `The log profile ${name} leaves out ${missing.join(' and ')}`,
      detail: `from ${locations.slice(0, 5).join(', ') || 'nowhere'}`,
      resource: asText(item['id']),
      region: locations.length === 1 ? azureRegion(locations[0] ?? '') : '',
      account: subscriptionIn(asText(item['id'])),
      control: 'log_profile',
    });
  },
  notes: () => [],
});

/** Rules of alerts say what would be told, and nothing of what happened. */
export const azureAlertRules: EvidenceAdapter = {
  id: 'azure_alert_rules',
  recognise: ({ text, paths }) =>
    ['value[].', '[].'].some(
      (at) => paths.has(`${at}properties.condition`) || paths.has(`${at}condition.allOf`),
    ) && /"Microsoft\.Insights\/ActivityLogAlerts"|"Microsoft\.Insights\/metricAlerts"/i.test(text)
      ? {
          kind: 'skipped',
          recognisedAs: 'azure_alert_rules',
          note: 'These are rules of alerts: they say what would be told, not what happened. Export the alerts that fired.',
        }
      : null,
  read: () => rejected('a rule of an alert'),
  notes: () => [],
};

/**
 * Assessments of Azure Update Manager: `az vm assess-patches`, and `patchAssessmentResults` of REST and Resource Graph.
 * Fields: https://learn.microsoft.com/azure/update-manager/query-logs
 */
export const azureUpdates: EvidenceAdapter = stateAdapter({
  id: 'azure_updates',
  keys: ['value', 'data'],
  isItem: (has) =>
    has('properties.availablePatchCountByClassification') ||
    (has('criticalAndSecurityPatchCount') && has('assessmentActivityId')),
  read(item, contentId) {
    const said = propertiesOf(item);
    const id = asText(item['id']);
    const counts = asObject(said['availablePatchCountByClassification']);
    const urgent =
      counts === null
        ? numberOf(said['criticalAndSecurityPatchCount'])
        : numberOf(counts['critical']) + numberOf(counts['security']);
    const ended = /^succeeded$/i.test(asText(said['status']));
    const machine = /\/(?:virtualMachines|machines)\/([^/]+)/i.exec(id)?.[1] ?? '';
    return findingOf({
      id: id || contentId(),
      source: 'azure_updates',
      product: 'Azure Update Manager',
      seenAt: momentIn(said['lastModifiedDateTime']) ?? momentIn(said['startDateTime']),
      status: urgent > 0 ? 'failing' : ended ? 'passing' : 'unknown',
      severity: urgent > 0 ? 'high' : 'info',
      pattern: 'unpatched',
      title: `${machine === '' ? 'The machine' : machine} lacks ${urgent} critical and security updates`,
      detail: [
        said['rebootPending'] === true ? 'a restart is pending' : '',
        ended ? '' : `the assessment ended as ${asText(said['status']) || 'unknown'}`,
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: id.replace(/\/patchAssessmentResults\/.*$/i, ''),
      region: azureRegion(asText(item['location'])),
      account: asText(item['subscriptionId']) || subscriptionIn(id),
      control: asText(said['osType']),
    });
  },
  notes: ({ tail }) => ['An assessment of updates is of the time that stands with it.', ...pageNote(tail)],
});

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
