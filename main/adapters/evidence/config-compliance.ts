import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected, skipped } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asObject, asText, type JsonObject } from './json.ts';
import { stateFinding } from './state.ts';

/**
 * Compliance as AWS Config judges it: `get-compliance-details-by-config-rule` and `-by-resource`, `describe-compliance-by-...`,
 * and changes of compliance from EventBridge, which alone date the state.
 * Fields: https://docs.aws.amazon.com/config/latest/APIReference/API_EvaluationResult.html
 */
export const configCompliance: EvidenceAdapter = {
  id: 'aws_config_compliance',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const detail = asObject(outer['detail']);
    if (detail !== null) return transition(outer, detail, contentId);
    if (outer['Compliance'] !== undefined) return summed(outer);
    return evaluation(outer, contentId);
  },
  notes: ({ recognisedAs }) =>
    recognisedAs === 'aws_config_compliance_change'
      ? []
      : ['A rule may have been broken for months: these answers do not say since when.'],
};

function recognise({ paths }: Head): Recognition | null {
  const wrapped = (key: string): Recognition => ({
    kind: 'records',
    recognisedAs: 'aws_config_compliance',
    container: { kind: 'wrapped', key },
  });
  if (paths.has('EvaluationResults[].ComplianceType')) return wrapped('EvaluationResults');
  if (paths.has('ComplianceByConfigRules[].ConfigRuleName')) return wrapped('ComplianceByConfigRules');
  if (paths.has('ComplianceByResources[].ResourceType')) return wrapped('ComplianceByResources');
  if (paths.has('ComplianceSummary.NonCompliantResourceCount')) {
    return {
      kind: 'skipped',
      recognisedAs: 'aws_config_compliance_summary',
      note: 'A summary of AWS Config: how many rules and resources do not comply, not which.',
    };
  }
  const isChange = (at: string): boolean =>
    paths.has(`${at}detail.newEvaluationResult`) && paths.has(`${at}detail.configRuleName`);
  const change = (kind: 'list' | 'sequence'): Recognition => ({
    kind: 'records',
    recognisedAs: 'aws_config_compliance_change',
    container: { kind },
  });
  if (isChange('[].')) return change('list');
  return isChange('') ? change('sequence') : null;
}

type Reading = ReturnType<EvidenceAdapter['read']>;

function statusOf(compliance: string): StateFinding['status'] {
  return compliance === 'NON_COMPLIANT' ? 'failing' : compliance === 'COMPLIANT' ? 'passing' : 'unknown';
}

function found(parts: Pick<StateFinding, 'id' | 'status' | 'resource' | 'control'> & Partial<StateFinding>): {
  readonly finding: StateFinding;
} {
  const { control, status } = parts;
  const verb =
    status === 'failing' ? 'does not comply' : status === 'passing' ? 'complies' : 'was not judged';
  return {
    finding: stateFinding({
      source: 'aws_config_compliance',
      product: 'AWS Config',
      pattern: 'noncompliant',
      title: `${control}: ${verb}`,
      ...parts,
    }),
  };
}

function evaluation(result: JsonObject, contentId: () => string): Reading {
  const identifier = asObject(result['EvaluationResultIdentifier']);
  const qualifier = asObject(identifier?.['EvaluationResultQualifier']);
  const compliance = asText(result['ComplianceType']);
  if (compliance === 'NOT_APPLICABLE') return skipped('rules that do not apply');
  const control = asText(qualifier?.['ConfigRuleName']);
  if (compliance === '' || control === '')
    return rejected('no ComplianceType or ConfigRuleName of AWS Config');
  const resource = asText(qualifier?.['ResourceId']);
  return found({
    id:
      resource === '' ? contentId() : `config:${control}:${asText(qualifier?.['ResourceType'])}:${resource}`,
    status: statusOf(compliance),
    seenAt: awsInstant(result['ResultRecordedTime']) ?? awsInstant(result['ConfigRuleInvokedTime']),
    resource,
    control,
    detail: asText(result['Annotation']),
  });
}

function summed(item: JsonObject): Reading {
  const compliance = asObject(item['Compliance']);
  const type = asText(compliance?.['ComplianceType']);
  if (type === 'NOT_APPLICABLE') return skipped('rules that do not apply');
  const control = asText(item['ConfigRuleName']);
  const resource = asText(item['ResourceId']);
  if (type === '' || (control === '' && resource === '')) return rejected('no ComplianceType of AWS Config');
  const counted = asObject(compliance?.['ComplianceContributorCount']);
  const count = counted?.['CappedCount'];
  const more = counted?.['CapExceeded'] === true ? ' or more' : '';
  const what = control === '' ? 'rules' : 'resources';
  return found({
    id: `config:${control}:${asText(item['ResourceType'])}:${resource}`,
    status: statusOf(type),
    resource,
    control: control === '' ? asText(item['ResourceType']) : control,
    detail: typeof count === 'number' ? `${count}${more} ${what}` : '',
  });
}

function transition(outer: JsonObject, detail: JsonObject, contentId: () => string): Reading {
  const result = asObject(detail['newEvaluationResult']);
  const before = asText(asObject(detail['oldEvaluationResult'])?.['complianceType']);
  const type = asText(result?.['complianceType']);
  const control = asText(detail['configRuleName']);
  if (result === null || control === '') return rejected('no newEvaluationResult or configRuleName');
  const at = awsInstant(result['resultRecordedTime']) ?? awsInstant(outer['time']);
  const resource = asText(detail['resourceId']);
  return found({
    id: resource === '' ? contentId() : `config:${control}:${asText(detail['resourceType'])}:${resource}`,
    status: statusOf(type),
    seenAt: at,
    // A first judgement is no transition: it may have been so all along.
    since: before !== '' && before !== type ? at : null,
    resource,
    control,
    detail: [before === '' ? 'judged for the first time' : `before: ${before}`, asText(result['annotation'])]
      .filter((part) => part !== '')
      .join('; '),
    region: asText(detail['awsRegion']) || asText(outer['region']),
    account: asText(detail['awsAccountId']) || asText(outer['account']),
  });
}
