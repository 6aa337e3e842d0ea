import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, ownId, placeOfArn } from './finding.ts';
import { containerOf } from './finding-containers.ts';
import { asList, asObject, asText, type JsonObject, named } from './json.ts';

const MARKS = ['resourceOwnerAccount', 'resourceType', 'analyzedAt'];

/**
 * Findings of IAM Access Analyzer: `list-findings`, `list-findings-v2`, `get-finding` and `get-finding-v2`.
 * Fields: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummary.html
 */
export const accessAnalyzer: EvidenceAdapter = {
  id: 'access_analyzer',
  recognise({ paths, text }): Recognition | null {
    if (
      paths.has('analyzers[].lastResourceAnalyzed') ||
      /^\s*\{\s*"analyzers"\s*:\s*\[\s*\]\s*\}/.test(text)
    ) {
      const note = paths.has('analyzers[].arn')
        ? 'A list of analyzers, not what they found: save the output of list-findings.'
        : 'A list of analyzers, and there is none: nothing looks for access from outside in that region.';
      return { kind: 'skipped', recognisedAs: 'access_analyzer_list', note };
    }
    const wrapped = MARKS.every((mark) => paths.has(`finding.${mark}`));
    const container = wrapped ? ({ kind: 'sequence' } as const) : containerOf(paths, MARKS, ['findings']);
    return container === null ? null : { kind: 'records', recognisedAs: 'access_analyzer', container };
  },
  read(value) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    return readFinding(asObject(outer['finding']) ?? outer);
  },
  notes({ head, tail }) {
    const notes = [
      'Access Analyzer looks at one region and one account or organisation; what it does not support is not in it.',
    ];
    if (head.paths.has('nextToken') || /"nextToken"\s*:\s*"/.test(tail))
      notes.push('There is a token for a next page: this is not all of it.');
    return notes;
  },
};

const UNUSED: Readonly<Record<string, string>> = {
  UnusedIAMRole: 'A role that is not used',
  UnusedIAMUserAccessKey: 'An access key that is not used',
  UnusedIAMUserPassword: 'A password that is not used',
  UnusedPermission: 'Rights that are not used',
};

function readFinding(finding: JsonObject): FindingsTaken | NotTaken {
  const resource = asText(finding['resource']);
  const state = asText(finding['status']);
  if (state === '') return rejected('no status of Access Analyzer');
  const type = asText(finding['findingType']);
  const details = asObject(asObject(asList(finding['findingDetails'])[0])?.['externalAccessDetails']);
  const about = details ?? finding;
  const isPublic = about['isPublic'] === true;
  const unused = named(UNUSED, type);
  const kind = asText(finding['resourceType']).replace(/^AWS::/, '');
  const actions = asList(about['action'])
    .map(asText)
    .filter((action) => action !== '');
  const who = Object.values(asObject(about['principal']) ?? {})
    .map(asText)
    .join(', ');
  const place = placeOfArn(resource);
  return {
    finding: findingOf({
      id: ownId(asText(finding['id'])) ?? idFrom('access_analyzer', resource, type, who),
      source: 'access_analyzer',
      product: 'IAM Access Analyzer',
      seenAt: momentIn(finding['analyzedAt']),
      // It moves when the access appears or goes, unlike `analyzedAt`; archiving moves it too and is no change of access.
      since: unused !== undefined || state === 'ARCHIVED' ? null : momentIn(finding['updatedAt']),
      status: statusOf(state),
      severity: isPublic ? 'high' : unused === undefined ? 'medium' : 'low',
      pattern: patternOf(isPublic, unused !== undefined, kind),
      title: titleOf(state, isPublic, unused, kind),
      detail: [who, actions.slice(0, 5).join(', ')].filter((part) => part !== '').join('; '),
      resource,
      region: place.region,
      account: asText(finding['resourceOwnerAccount']) || place.account,
      control: type,
    }),
  };
}

function statusOf(state: string): StateFinding['status'] {
  return state === 'ACTIVE' ? 'failing' : state === 'RESOLVED' ? 'passing' : 'unknown';
}

function patternOf(isPublic: boolean, isUnused: boolean, kind: string): StateFinding['pattern'] {
  if (isUnused) return 'unused_access';
  return isPublic && /^(S3|RDS|EC2|ECR|EFS|DynamoDB)::/.test(kind) ? 'public_storage' : 'external_access';
}

function titleOf(state: string, isPublic: boolean, unused: string | undefined, kind: string): string {
  if (unused !== undefined) return unused;
  if (state === 'RESOLVED') return `Access from outside has ended: ${kind}`;
  return isPublic ? `Anyone has access: ${kind}` : `Access from outside: ${kind}`;
}
