import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
  skipped,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, ownId, placeOfArn, severityOf } from './finding.ts';
import { containerOf } from './finding-containers.ts';
import { asList, asObject, asText, type Json, type JsonObject, named } from './json.ts';

/** Page size of `get-findings`, and so a sign that only the first page was saved. */
const PAGE = 100;
const MARKS = ['ProductArn', 'GeneratorId', 'AwsAccountId'];

/**
 * Findings in the AWS Security Finding Format, as Security Hub, EventBridge, `BatchImportFindings` and scanners such as Prowler
 * write them; and `get-finding-history`, which dates them.
 * Fields: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export const asff: EvidenceAdapter = {
  id: 'asff',
  recognise({ paths }): Recognition | null {
    const found = (
      recognisedAs: string,
      container: (Recognition & { kind: 'records' })['container'],
    ): Recognition => ({
      kind: 'records',
      recognisedAs,
      container,
    });
    if (paths.has('Records[].FindingIdentifier.ProductArn'))
      return found('securityhub_history', { kind: 'wrapped', key: 'Records' });
    const container = containerOf(paths, MARKS, ['Findings', 'findings']);
    if (container !== null) return found('asff', container);
    const enveloped = containerOf(
      paths,
      MARKS.map((mark) => `detail.findings[].${mark}`),
      [],
    );
    return enveloped === null ? null : found('securityhub_eventbridge', enveloped);
  },
  read(value) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    if (outer['FindingIdentifier'] !== undefined) return readUpdate(outer);
    const inside = asObject(outer['detail'])?.['findings'];
    if (inside !== undefined) return readEnvelope(asList(inside));
    return readFinding(outer);
  },
  notes({ recognisedAs, findings, head, tail }) {
    if (recognisedAs === 'securityhub_history')
      return ['The history of findings: only changes of what a check found are read, which date it.'];
    const notes: string[] = [];
    if (head.paths.has('NextToken') || /"NextToken"\s*:\s*"/.test(tail))
      notes.push('There is a token for a next page: this is not all of it.');
    else if (findings === PAGE && head.paths.has('Findings[].ProductArn'))
      notes.push(
        'Exactly 100 findings, the size of a page of get-findings: there may be more than were saved.',
      );
    return notes;
  },
};

function readEnvelope(items: readonly Json[]): FindingsTaken | NotTaken {
  const read = items.map((item) => {
    const finding = asObject(item);
    return finding === null ? null : readFinding(finding);
  });
  const findings = read.flatMap((one) => (one !== null && 'finding' in one ? [one.finding] : []));
  return findings.length === 0 ? rejected('no finding in the event') : { findings };
}

function readFinding(finding: JsonObject): NotTaken | { readonly finding: StateFinding } {
  const title = asText(finding['Title']);
  const generator = asText(finding['GeneratorId']);
  if (title === '' && generator === '') return rejected('no Title or GeneratorId of the finding format');
  const compliance = asObject(finding['Compliance']);
  const resource = asObject(asList(finding['Resources'])[0]);
  const types = asList(finding['Types']).map(asText);
  const isThreat = types.some(saysThreat) && compliance?.['Status'] === undefined;
  const isWeakness = types.some((type) => type.includes('Vulnerabilit'));
  const arn = asText(resource?.['Id']);
  const control = controlOf(finding, compliance, generator);
  const status = statusOf(finding, compliance);
  return {
    finding: findingOf({
      id: ownId(asText(finding['Id'])) ?? idFrom('asff', control, title, arn),
      source: 'asff',
      product: productOf(finding),
      seenAt: momentIn(finding['UpdatedAt']) ?? momentIn(finding['LastObservedAt']),
      // Of a control it says when it was looked at first, which is no transition; of a threat, when that began.
      since: isThreat ? (momentIn(finding['FirstObservedAt']) ?? momentIn(finding['CreatedAt'])) : null,
      status,
      severity: severityIn(finding),
      pattern: isThreat ? 'threat_detected' : isWeakness ? 'unpatched' : 'other',
      title: title || generator,
      detail: detailOf(finding),
      resource: arn,
      region: asText(resource?.['Region']) || asText(finding['Region']) || placeOfArn(arn).region,
      account: asText(finding['AwsAccountId']),
      control,
    }),
  };
}

/** Types of threats begin so; compliance and hygiene begin with `Software and Configuration Checks`. */
function saysThreat(type: string): boolean {
  return /^(TTPs|Effects|Unusual Behaviors)\b/.test(type);
}

function controlOf(finding: JsonObject, compliance: JsonObject | null, generator: string): string {
  const fields = asObject(finding['ProductFields']);
  const control =
    asText(compliance?.['SecurityControlId']) || asText(fields?.['ControlId']) || asText(fields?.['RuleId']);
  // e.g. `prowler-iam_root_mfa_enabled`, `aws-foundational-security-best-practices/v/1.0.0/S3.2`, an ARN
  return control || generator.replace(/^prowler-/, '').slice(generator.lastIndexOf('/') + 1) || generator;
}

function productOf(finding: JsonObject): string {
  const fields = asObject(finding['ProductFields']);
  const name =
    asText(finding['ProductName']) ||
    asText(fields?.['ProviderName']) ||
    asText(fields?.['aws/securityhub/ProductName']) ||
    asText(finding['ProductArn']).split('/').at(-1) ||
    'Security Hub';
  return name === 'Default' ? 'Security Hub' : `${name} ${asText(fields?.['ProviderVersion'])}`.trim();
}

function statusOf(finding: JsonObject, compliance: JsonObject | null): StateFinding['status'] {
  if (finding['RecordState'] === 'ARCHIVED') return 'unknown';
  const said = asText(compliance?.['Status']);
  if (said === '')
    return asText(asObject(finding['Workflow'])?.['Status']) === 'RESOLVED' ? 'passing' : 'failing';
  return said === 'FAILED' ? 'failing' : said === 'PASSED' ? 'passing' : 'unknown';
}

function severityIn(finding: JsonObject): StateFinding['severity'] {
  const severity =
    asObject(finding['Severity']) ?? asObject(asObject(finding['FindingProviderFields'])?.['Severity']);
  const label = severityOf(asText(severity?.['Label']));
  if (label !== 'unknown') return label;
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
  const normalized = severity?.['Normalized'];
  if (typeof normalized !== 'number') return 'unknown';
  if (normalized === 0) return 'info';
  return normalized < 40 ? 'low' : normalized < 70 ? 'medium' : normalized < 90 ? 'high' : 'critical';
}

const WORKFLOW: Readonly<Record<string, string>> = {
  SUPPRESSED: 'suppressed by the team',
  RESOLVED: 'marked as resolved by the team',
};

function detailOf(finding: JsonObject): string {
  const workflow = asText(asObject(finding['Workflow'])?.['Status']) || asText(finding['WorkflowState']);
  return [
    finding['RecordState'] === 'ARCHIVED' ? 'archived: no longer looked at' : '',
    named(WORKFLOW, workflow) ?? '',
    asText(finding['Description']),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** One record of a finding's history: what a check found turned from one answer to the other. */
function readUpdate(record: JsonObject): FindingsTaken | NotTaken {
  const identifier = asObject(record['FindingIdentifier']);
  const id = asText(identifier?.['Id']);
  const at = momentIn(record['UpdateTime']);
  if (id === '' || at === null) return rejected('no id or time of the update');
  const turned = asList(record['Updates'])
    .map(asObject)
    .find((update) => update?.['UpdatedField'] === 'Compliance.Status');
  if (!turned) return skipped('updates of findings that did not turn');
  const before = asText(turned['OldValue']).replaceAll('"', '');
  const after = asText(turned['NewValue']).replaceAll('"', '');
  const control = /security-control\/([^/]+)/.exec(id)?.[1] ?? id.split('/').at(-3) ?? '';
  return {
    finding: findingOf({
      id,
      source: 'securityhub_history',
      product: 'Security Hub',
      seenAt: at,
      since: at,
      status: after === 'FAILED' ? 'failing' : after === 'PASSED' ? 'passing' : 'unknown',
      title: `${control} turned from ${before} to ${after}`,
      detail: 'From the history of the finding; what it is about is in the finding itself.',
      ...placeOfArn(id),
      control,
    }),
  };
}
