import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asObject, asText, type Json, type JsonObject } from './json.ts';
import { stateFinding } from './state.ts';

/**
 * Patches as Systems Manager sees them: `describe-instance-patch-states`, `list-compliance-items`,
 * `list-resource-compliance-summaries`.
 * Fields: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstancePatchState.html
 */
export const patchCompliance: EvidenceAdapter = {
  id: 'ssm_patch_compliance',
  recognise,
  read(value, contentId) {
    const item = asObject(value);
    if (item === null) return rejected('not an object');
    const finding = item['InstanceId'] === undefined ? complianceItem(item, contentId) : patchState(item);
    return finding === null ? rejected('no instance or state of Systems Manager') : { finding };
  },
  notes: ({ tail }) =>
    /"NextToken"\s*:\s*"/.test(tail) ? ['There were more than were saved: this is a page.'] : [],
};

function recognise({ paths }: Head): Recognition | null {
  const key = [
    ['InstancePatchStates', 'BaselineId'],
    ['ComplianceItems', 'ComplianceType'],
    ['ResourceComplianceSummaryItems', 'ComplianceType'],
  ].find(([list = '', field = '']) => paths.has(`${list}[].${field}`))?.[0];
  if (key === undefined) return null;
  return { kind: 'records', recognisedAs: 'ssm_patch_compliance', container: { kind: 'wrapped', key } };
}

const COMMON = { source: 'ssm_patch_compliance', product: 'AWS Systems Manager' } as const;

function patchState(state: JsonObject): StateFinding | null {
  const instance = asText(state['InstanceId']);
  if (instance === '') return null;
  const count = (key: string): number => numberIn(state[key]);
  const missing = count('MissingCount');
  const failed = count('FailedCount');
  const waiting = count('InstalledPendingRebootCount');
  const critical = count('CriticalNonCompliantCount');
  const security = count('SecurityNonCompliantCount');
  const failing = missing + failed + waiting + count('InstalledRejectedCount') > 0;
  return stateFinding({
    ...COMMON,
    id: `ssm:${instance}:patches`,
    status: failing ? 'failing' : 'passing',
    severity: !failing ? 'info' : critical > 0 ? 'high' : security > 0 ? 'medium' : 'low',
    pattern: 'unpatched',
    title: failing ? `${instance} is not patched` : `${instance} is patched`,
    seenAt: awsInstant(state['OperationEndTime']),
    detail: [
      [missing, 'missing'],
      [failed, 'failed'],
      [waiting, 'installed and waiting for a restart'],
      [critical, 'of them critical'],
    ]
      .filter(([number]) => Number(number) > 0)
      .map(([number, words]) => `${String(number)} ${String(words)}`)
      .join(', '),
    resource: instance,
    control: asText(state['BaselineId']),
  });
}

function complianceItem(item: JsonObject, contentId: () => string): StateFinding | null {
  const resource = asText(item['ResourceId']);
  const status = asText(item['Status']);
  if (resource === '' || status === '') return null;
  const kind = asText(item['ComplianceType']);
  const title = asText(item['Title']);
  const id = asText(item['Id']);
  const failing = status === 'NON_COMPLIANT';
  const severity = (asText(item['Severity']) || asText(item['OverallSeverity'])).toLowerCase();
  return stateFinding({
    ...COMMON,
    id: id === '' && title === '' ? contentId() : `ssm:${resource}:${kind}:${id || title}`,
    status: failing ? 'failing' : status === 'COMPLIANT' ? 'passing' : 'unknown',
    severity: severityOf(severity),
    pattern: kind === 'Patch' ? 'unpatched' : 'noncompliant',
    title: title === '' ? `${resource}: ${kind} ${failing ? 'does not comply' : 'complies'}` : title,
    seenAt: awsInstant(asObject(item['ExecutionSummary'])?.['ExecutionTime']),
    detail: asText(asObject(item['Details'])?.['PatchState']),
    resource,
    control: id || kind,
  });
}

function severityOf(word: string): StateFinding['severity'] {
  const known = (['critical', 'high', 'medium', 'low'] as const).find((one) => one === word);
  return known ?? (word === 'informational' ? 'info' : 'unknown');
}

function numberIn(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
