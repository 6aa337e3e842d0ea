import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type NotTaken, type Recognition, rejected } from './adapter.ts';
import { findingOf, momentIn, severityOf } from './finding.ts';
import { asList, asObject, asObjects, asText, type JsonObject } from './json.ts';
import { stateAdapter } from './state-source.ts';

const KEYS = ['listFindingsResults', 'findings'];

/**
 * Security Command Center: `gcloud scc findings list`, REST (`listFindingsResults`, earlier `findings`), and notifications.
 * Fields: https://cloud.google.com/security-command-center/docs/reference/rest/v1/organizations.sources.findings
 */
export const googleScc: EvidenceAdapter = {
  id: 'google_scc',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const finding = asObject(outer['finding']);
    const read =
      asObject(outer['jsonPayload']) === null
        ? findingIn(
            finding ?? outer,
            asObject(outer['resource']) ?? asObject(finding?.['resource']),
            contentId,
          )
        : detectionIn(outer, contentId);
    return 'notTaken' in read ? read : { finding: read };
  },
  notes: ({ tail }) => [
    'Findings of one organisation, folder or project. A finding that is muted or inactive may have been left out.',
    ...(/"nextPageToken"\s*:\s*"[^"]/.test(tail) ? ['This is one page only: there were more.'] : []),
  ],
};

function recognise({ paths }: Head): Recognition | null {
  const isFinding = (at: string): boolean =>
    paths.has(`${at}category`) &&
    paths.has(`${at}state`) &&
    (paths.has(`${at}resourceName`) || paths.has(`${at}resource.name`));
  const isItem = (at: string): boolean =>
    isFinding(`${at}finding.`) || isFinding(at) || paths.has(`${at}jsonPayload.detectionCategory.ruleName`);
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'google_scc',
    container,
  });
  const key = KEYS.find((one) => isItem(`${one}[].`));
  if (key !== undefined) return found({ kind: 'wrapped', key });
  if (isItem('[].')) return found({ kind: 'list' });
  return isItem('') ? found({ kind: 'sequence' }) : null;
}

/** Categories by their words; the first that fits counts. */
const PATTERNS: readonly (readonly [words: RegExp, pattern: StateFinding['pattern']])[] = [
  [/^OPEN_/, 'open_port'],
  [/PUBLIC_(?!IP)|PUBLICLY/, 'public_storage'],
  [/NON_ORG|EXTERNAL/, 'external_access'],
  [/LOG(GING|S)?_DISABLED|LOG_NOT|AUDIT_LOGGING|LOCKED_RETENTION/, 'logging_off'],
  [/KEY_NOT_ROTATED|KEY_ROTATION/, 'unrotated_key'],
  [/KMS_.*(DISABLED|DESTROY)/, 'disabled_key'],
  [/MFA/, 'user_without_mfa'],
  [/ADMIN|PRIMITIVE_ROLES|OVER_PRIVILEGED|FULL_API_ACCESS|OWNER/, 'admin_role'],
  [/CMEK|CSEK|ENCRYPT|SSL_NOT_ENFORCED/, 'unencrypted_store'],
  [/VULNERABILITY|OUTDATED|OS_VULNERABILITY/, 'unpatched'],
];

function patternOf(category: string, kind: string): StateFinding['pattern'] {
  if (kind === 'THREAT' || /: /.test(category)) return 'threat_detected';
  const known = PATTERNS.find(([words]) => words.test(category));
  if (known !== undefined) return known[1];
  if (kind === 'VULNERABILITY') return 'unpatched';
  return kind === 'MISCONFIGURATION' || kind === 'POSTURE_VIOLATION' ? 'noncompliant' : 'other';
}

function findingIn(
  finding: JsonObject,
  resource: JsonObject | null,
  contentId: () => string,
): StateFinding | NotTaken {
  const category = asText(finding['category']);
  if (category === '') return rejected('no category of a finding of Security Command Center');
  const source = asObject(finding['sourceProperties']);
  const pattern = patternOf(category, asText(finding['findingClass']));
  const state = asText(finding['state']);
  const eventTime = momentIn(finding['eventTime']);
  const name = asText(finding['resourceName']) || asText(resource?.['name']);
  const severity = severityOf(asText(finding['severity']) || asText(source?.['SeverityLevel']));
  return findingOf({
    id: asText(finding['canonicalName']) || asText(finding['name']) || contentId(),
    source: 'google_scc',
    product: 'Google Security Command Center',
    seenAt: eventTime,
    // A threat is dated by its event. The scanner moves that of a configuration with each scan, so its first sight must do.
    since:
      state !== 'ACTIVE' ? null : pattern === 'threat_detected' ? eventTime : momentIn(finding['createTime']),
    status: state === 'ACTIVE' ? 'failing' : state === 'INACTIVE' ? 'passing' : 'unknown',
    severity,
    pattern,
    title: category.includes('_') ? category.toLowerCase().replaceAll('_', ' ') : category,
    detail: [
      asText(finding['mute']) === 'MUTED' ? 'muted' : '',
      asText(finding['description']) || asText(source?.['Explanation']),
    ]
      .filter((part) => part !== '')
      .join('; '),
    resource: name,
    region: regionIn(name),
    account: /\/projects\/([^/]+)/.exec(name)?.[1] ?? asText(source?.['ProjectId']),
    control: category,
  });
}

/** An entry that Event Threat Detection wrote to Cloud Logging. */
function detectionIn(entry: JsonObject, contentId: () => string): StateFinding | NotTaken {
  const payload = asObject(entry['jsonPayload']);
  const rule = asText(asObject(payload?.['detectionCategory'])?.['ruleName']);
  if (rule === '') return rejected('no ruleName of Event Threat Detection');
  const properties = asObject(payload?.['properties']);
  const at = momentIn(entry['timestamp']);
  return findingOf({
    id: asText(entry['insertId']) || contentId(),
    source: 'google_scc',
    product: 'Google Event Threat Detection',
    seenAt: at,
    since: at,
    status: 'failing',
    severity: severityOf(asText(payload?.['detectionPriority'])),
    pattern: 'threat_detected',
    title: rule.replaceAll('_', ' '),
    resource: asText(properties?.['instanceDetails']),
    account: /^projects\/([^/]+)/.exec(asText(entry['logName']))?.[1] ?? '',
    control: rule,
  });
}

function regionIn(resource: string): string {
  const zone = /\/(?:zones|regions|locations)\/([^/]+)/.exec(resource)?.[1] ?? '';
  return zone.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1').replace(/^global$/, '');
}

/**
 * Recommendations: `gcloud recommender recommendations list` and REST. One that was carried out shortly before denials is a role that
 * somebody took away on advice.
 * Fields: https://cloud.google.com/recommender/docs/reference/rest/v1/projects.locations.recommenders.recommendations
 */
export const googleRecommender: EvidenceAdapter = stateAdapter({
  id: 'google_recommender',
  keys: ['recommendations'],
  isItem: (has, { text }) =>
    has('stateInfo.state') && has('lastRefreshTime') && /"[^"]*\/recommenders\/[^"]*"/.test(text),
  read(item, contentId) {
    const name = asText(item['name']);
    const state = asText(asObject(item['stateInfo'])?.['state']);
    const title = asText(item['description']);
    if (state === '' || title === '') return rejected('no state or description of a recommendation');
    const recommender = /\/recommenders\/([^/]+)/.exec(name)?.[1] ?? '';
    const operations = asList(asObject(item['content'])?.['operationGroups']).flatMap((group) =>
      asObjects(asObject(group)?.['operations']),
    );
    const isAccess = recommender.startsWith('google.iam.');
    const done = state === 'SUCCEEDED';
    return findingOf({
      id: name || contentId(),
      source: 'google_recommender',
      product: 'Google Recommender',
      seenAt: momentIn(item['lastRefreshTime']),
      // The only time there is; of one that was carried out it is when that became known.
      since: done ? momentIn(item['lastRefreshTime']) : null,
      status: done ? 'passing' : state === 'ACTIVE' || state === 'CLAIMED' ? 'failing' : 'unknown',
      severity: isAccess ? 'low' : 'info',
      pattern: isAccess ? 'unused_access' : 'advice',
      title: done ? `Carried out: ${title}` : title,
      detail: operations.slice(0, 3).map(operationWords).join('; '),
      resource: asText(operations[0]?.['resource']),
      region: (/\/locations\/([^/]+)/.exec(name)?.[1] ?? '')
        .replace(/^global$/, '')
        .replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1'),
      account: /^projects\/([^/]+)/.exec(name)?.[1] ?? '',
      control: asText(item['recommenderSubtype']) || recommender,
    });
  },
  notes: ({ tail }) => [
    'Recommendations are of one recommender and one location; they advise, and are no sign that something broke.',
    ...(/"nextPageToken"\s*:\s*"[^"]/.test(tail) ? ['This is one page only: there were more.'] : []),
  ],
});

function operationWords(operation: JsonObject): string {
  const filters = asObject(operation['pathFilters']) ?? asObject(operation['pathFilter']);
  const role = asText(filters?.['/iamPolicy/bindings/*/role']);
  const member = asText(filters?.['/iamPolicy/bindings/*/members/*']);
  const what = role === '' ? asText(operation['resourceType']) : `${role} of ${member}`;
  return `${asText(operation['action'])} ${what}`;
}
