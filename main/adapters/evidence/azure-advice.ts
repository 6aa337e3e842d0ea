import { type EvidenceAdapter, rejected } from './adapter.ts';
import { azureRegion, pageNote, propertiesOf, subscriptionIn } from './azure-resource.ts';
import { findingOf, momentIn, severityOf } from './finding.ts';
import { asList, asObject, asText } from './json.ts';
import { stateAdapter } from './state-source.ts';

/**
 * Recommendations of Azure Advisor: `az advisor recommendation list` and REST. Advice, most of it on cost.
 * Fields: https://learn.microsoft.com/rest/api/advisor/recommendations/list
 */
export const azureAdvisor: EvidenceAdapter = stateAdapter({
  id: 'azure_advisor',
  keys: ['value', 'data'],
  isItem: (has) =>
    ['properties.', ''].some(
      (at) => has(`${at}recommendationTypeId`) && has(`${at}impact`) && has(`${at}impactedField`),
    ),
  read(item, contentId) {
    const said = propertiesOf(item);
    const words = asObject(said['shortDescription']);
    const problem = asText(words?.['problem']);
    const category = asText(said['category']);
    if (category === '' || problem === '') return rejected('no category or problem of a recommendation');
    const resource =
      asText(asObject(said['resourceMetadata'])?.['resourceId']) || asText(said['impactedValue']);
    const solution = asText(words?.['solution']);
    const extended = asObject(said['extendedProperties']);
    return findingOf({
      id: asText(item['id']) || contentId(),
      source: 'azure_advisor',
      product: 'Azure Advisor',
      seenAt: momentIn(said['lastUpdated']),
      status: 'failing',
      // A matter of money breaks nothing, however much of it there is.
      severity: category === 'Cost' ? 'info' : severityOf(asText(said['impact'])),
      pattern: category === 'Security' ? 'other' : 'advice',
      title: problem,
      detail: `${category}${solution === '' || solution === problem ? '' : `: ${solution}`}`,
      resource,
      region: azureRegion(asText(extended?.['region'])),
      account: subscriptionIn(asText(item['id'])) || subscriptionIn(resource),
      control: asText(said['recommendationTypeId']),
    });
  },
  notes: ({ tail }) => [
    'Advisor gives advice as of the time that stands with each; it is no sign that something broke.',
    ...pageNote(tail),
  ],
});

const COMPLIANCE = { compliant: 'passing', noncompliant: 'failing' } as const;

/**
 * States of Azure Policy: `az policy state list` and REST.
 * Fields: https://learn.microsoft.com/rest/api/policyinsights/policy-states
 */
export const azurePolicy: EvidenceAdapter = stateAdapter({
  id: 'azure_policy',
  keys: ['value', 'data'],
  isItem: (has) => has('policyAssignmentId') && has('policyDefinitionId') && has('resourceId'),
  read(item) {
    const resource = asText(item['resourceId']);
    if (resource === '') return rejected('no resourceId of a policy state');
    const word = asText(item['complianceState']).toLowerCase();
    const flag = item['isCompliant'];
    const status =
      word === 'compliant' || word === 'noncompliant'
        ? COMPLIANCE[word]
        : word === '' && typeof flag === 'boolean'
          ? COMPLIANCE[flag ? 'compliant' : 'noncompliant']
          : 'unknown';
    const definition = asText(item['policyDefinitionName']) || lastOf(asText(item['policyDefinitionId']));
    const assignment = asText(item['policyAssignmentName']) || lastOf(asText(item['policyAssignmentId']));
    const action = asText(item['policyDefinitionAction']);
    const looked = asList(asObject(item['policyEvaluationDetails'])?.['evaluatedExpressions'])
      .map((one) => asObject(one))
      .filter((one) => one?.['result'] === 'False' || one?.['result'] === 'True')
      .map((one) => `${asText(one?.['path'])} is ${JSON.stringify(one?.['expressionValue'] ?? null)}`);
    return findingOf({
      id: `${resource}#${asText(item['policyAssignmentId'])}#${asText(item['policyDefinitionReferenceId']) || definition}`,
      source: 'azure_policy',
      product: 'Azure Policy',
      // The time of the evaluation, which moves with each: it dates nothing.
      seenAt: momentIn(item['timestamp']),
      status,
      pattern: 'noncompliant',
      title: `${definition} (${assignment})`,
      detail: [action === '' ? '' : `effect ${action}`, ...looked.slice(0, 3)]
        .filter((part) => part !== '')
        .join('; '),
      resource,
      region: azureRegion(asText(item['resourceLocation'])),
      account: asText(item['subscriptionId']).toLowerCase() || subscriptionIn(resource),
      control: definition,
    });
  },
  notes: ({ tail }) => [
    'A state of Azure Policy is of its last evaluation, up to a day old, and does not say since when it is so.',
    ...pageNote(tail),
  ],
});

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
