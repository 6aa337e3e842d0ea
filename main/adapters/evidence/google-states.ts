import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, rejected } from './adapter.ts';
import { findingOf, momentIn } from './finding.ts';
import { asList, asObject, asObjects, asText, type JsonObject } from './json.ts';
import { stateAdapter } from './state-source.ts';

/** Ports of remote administration, and of data stores that nobody means to show to the world. */
const ADMINISTRATION = [22, 3389];
const STORES = [1433, 3306, 5432, 5985, 5986, 6379, 9200, 27017];

/**
 * Firewall rules of VPCs: `gcloud compute firewall-rules list --format json` and REST.
 * Fields: https://cloud.google.com/compute/docs/reference/rest/v1/firewalls
 */
export const googleFirewalls: EvidenceAdapter = stateAdapter({
  id: 'google_firewalls',
  keys: ['items'],
  isItem: (has) => has('direction') && has('network') && (has('allowed') || has('denied')),
  read(item, contentId) {
    const name = asText(item['name']);
    if (name === '') return rejected('no name of a firewall rule');
    const open = opennessOf(item);
    const link = asText(item['selfLink']);
    const off = item['disabled'] === true;
    return findingOf({
      id: link || asText(item['id']) || contentId(),
      source: 'google_firewalls',
      product: 'Google Cloud VPC',
      // A rule may have been changed since; it was not there before.
      since: open === null || off ? null : momentIn(item['creationTimestamp']),
      status: open === null || off ? 'passing' : 'failing',
      severity: open === null || off ? 'info' : open.severity,
      pattern: 'open_port',
      title:
        open === null
          ? `The firewall rule ${name} lets nobody in from everywhere`
          : off
            ? `The firewall rule ${name} would let everybody in, but is disabled`
            : `The firewall rule ${name} lets everybody in on ${open.ports}`,
      detail: [`network ${lastOf(asText(item['network']))}`, ...targetsOf(item)].join('; '),
      resource: link === '' ? name : link.replace(/^https:\/\/[^/]+\/compute\/[^/]+\//, ''),
      account: projectIn(link),
      control: 'firewall_rule',
    });
  },
  notes: () => [
    'Firewall rules of one project, as they stood when they were listed. Policies of the organisation and of folders come before them and are not in it.',
  ],
});

interface Openness {
  readonly ports: string;
  readonly severity: StateFinding['severity'];
}

function opennessOf(item: JsonObject): Openness | null {
  const world = asList(item['sourceRanges']).some((range) => range === '0.0.0.0/0' || range === '::/0');
  const allowed = asObjects(item['allowed']);
  if (asText(item['direction']) === 'EGRESS' || !world || allowed.length === 0) return null;
  const ports = allowed.flatMap((one) => {
    const named = asList(one['ports']).map(asText);
    const protocol = asText(one['IPProtocol']) || 'all';
    return named.length > 0
      ? named
      : /^(tcp|udp|all)$/.test(protocol)
        ? [`every port of ${protocol}`]
        : [protocol];
  });
  const includes = (wanted: readonly number[]): boolean =>
    ports.some((port) => port.startsWith('every port') || wanted.some((one) => isWithin(port, one)));
  const severity = includes(ADMINISTRATION) ? 'high' : includes(STORES) ? 'high' : 'low';
  return { ports: ports.slice(0, 6).join(', '), severity };
}

function isWithin(range: string, port: number): boolean {
  const [from, to = from] = range.split('-').map(Number);
  return from !== undefined && to !== undefined && port >= from && port <= to;
}

function targetsOf(item: JsonObject): readonly string[] {
  const tags = [...asList(item['targetTags']), ...asList(item['targetServiceAccounts'])].map(asText);
  return tags.length === 0 ? ['for every machine'] : [`for ${tags.slice(0, 5).join(', ')}`];
}

/**
 * Secrets and their versions: `gcloud secrets list` and `gcloud secrets versions list`.
 * Fields: https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions
 */
export const googleSecrets: EvidenceAdapter = stateAdapter({
  id: 'google_secrets',
  keys: ['secrets', 'versions'],
  isItem: (has, { text }) =>
    has('name') && has('createTime') && /"projects\/[^"/]+\/(?:locations\/[^"/]+\/)?secrets\//.test(text),
  read(item, contentId) {
    const name = asText(item['name']);
    const found =
      /^projects\/([^/]+)\/(?:locations\/([^/]+)\/)?secrets\/([^/]+)(?:\/versions\/([^/]+))?$/.exec(name);
    if (found === null) return rejected('no name of a secret of Secret Manager');
    const [, project = '', region = '', secret = '', version] = found;
    const common = {
      id: name || contentId(),
      source: 'google_secrets',
      product: 'Google Secret Manager',
      pattern: 'secret_expired',
      resource: name,
      region,
      account: project,
    } as const;
    if (version === undefined) {
      const ends = momentIn(item['expireTime']);
      const rotation = momentIn(asObject(item['rotation'])?.['nextRotationTime']);
      return findingOf({
        ...common,
        since: ends,
        status: ends === null ? 'passing' : 'unknown',
        title: ends === null ? `The secret ${secret} has no end` : `The secret ${secret} ends ${ends}`,
        detail: rotation === null ? '' : `to be rotated ${rotation}`,
        control: 'secret',
      });
    }
    const state = asText(item['state']).toLowerCase();
    const gone = state === 'disabled' || state === 'destroyed';
    return findingOf({
      ...common,
      // Only a destruction is dated; nothing says when a version was disabled.
      since: state === 'destroyed' ? momentIn(item['destroyTime']) : null,
      status: gone ? 'failing' : state === 'enabled' ? 'passing' : 'unknown',
      severity: gone ? 'high' : 'info',
      title: `Version ${version} of the secret ${secret} is ${state || 'in an unknown state'}`,
      detail: `created ${asText(item['createTime'])}`,
      control: 'secret_version',
    });
  },
  notes: () => [
    'An older version that is disabled or destroyed harms only who still asks for it by its number.',
  ],
});

/**
 * VM Manager: vulnerability reports, patch jobs and reports of OS policies, as `gcloud compute os-config ... list` prints them.
 * Fields: https://cloud.google.com/compute/docs/osconfig/rest
 */
export const googleOsConfig: EvidenceAdapter = stateAdapter({
  id: 'google_os_config',
  keys: ['vulnerabilityReports', 'patchJobs', 'osPolicyAssignmentReports'],
  isItem: (has) =>
    has('vulnerabilities[].details.cve') ||
    (has('instanceDetailsSummary') && has('state')) ||
    has('osPolicyCompliances'),
  read(item, contentId) {
    const name = asText(item['name']);
    const found = /^projects\/([^/]+)\/(?:locations\/([^/]+)\/)?/.exec(name);
    const common = {
      id: name || contentId(),
      source: 'google_os_config',
      product: 'Google VM Manager',
      seenAt: momentIn(item['updateTime']),
      region: (found?.[2] ?? '').replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1'),
      account: found?.[1] ?? '',
      resource: name.replace(/\/(?:vulnerabilityReport|osPolicyAssignments\/.*)$/, ''),
    } as const;
    if (item['vulnerabilities'] !== undefined) return vulnerabilities(item, common);
    if (item['osPolicyCompliances'] !== undefined) return policies(item, common);
    return patchJob(item, common);
  },
  notes: () => ['VM Manager knows only machines whose agent reports; one without is in no list.'],
});

type Common = Pick<StateFinding, 'id' | 'source' | 'product' | 'seenAt' | 'region' | 'account' | 'resource'>;

function vulnerabilities(item: JsonObject, common: Common): StateFinding {
  const severities = asList(item['vulnerabilities']).map((one) =>
    asText(asObject(asObject(one)?.['details'])?.['severity']).toUpperCase(),
  );
  const many = (word: string): number => severities.filter((one) => one === word).length;
  const urgent = many('CRITICAL') + many('HIGH');
  return findingOf({
    ...common,
    status: urgent > 0 ? 'failing' : 'passing',
    severity: many('CRITICAL') > 0 ? 'critical' : urgent > 0 ? 'high' : 'low',
    pattern: 'unpatched',
    title: `${severities.length} known vulnerabilities, ${urgent} of them critical or high`,
    detail: '',
    control: 'vulnerability_report',
  });
}

function policies(item: JsonObject, common: Common): StateFinding {
  const states = asObjects(item['osPolicyCompliances']);
  const failing = states.filter((one) => one['complianceState'] === 'NON_COMPLIANT');
  const unknown = states.filter((one) => one['complianceState'] !== 'COMPLIANT');
  return findingOf({
    ...common,
    status:
      failing.length > 0 ? 'failing' : unknown.length > 0 || states.length === 0 ? 'unknown' : 'passing',
    pattern: 'noncompliant',
    title: `${failing.length} of ${states.length} policies of the system are not met`,
    detail: failing
      .map((one) => `${asText(one['osPolicyId'])}: ${asText(one['complianceStateReason'])}`)
      .join('; '),
    control: 'os_policy',
  });
}

function patchJob(item: JsonObject, common: Common): StateFinding {
  const state = asText(item['state']);
  const worked = state === 'SUCCEEDED';
  return findingOf({
    ...common,
    // Patching restarts machines: the job itself can be what happened.
    since: worked ? null : momentIn(item['createTime']),
    status: worked
      ? 'passing'
      : /^(COMPLETED_WITH_ERRORS|TIMED_OUT|CANCELED)$/.test(state)
        ? 'failing'
        : 'unknown',
    pattern: 'unpatched',
    title: `The patch job ${asText(item['displayName']) || lastOf(common.resource)} is ${state.toLowerCase().replaceAll('_', ' ')}`,
    detail: asText(item['errorMessage']),
    control: 'patch_job',
  });
}

/** Exclusions and sinks of Cloud Logging: what is not kept, or goes nowhere. */
export const googleLogRouting: EvidenceAdapter = stateAdapter({
  id: 'google_log_routing',
  keys: ['sinks', 'exclusions'],
  isItem: (has) =>
    has('name') &&
    ((has('destination') && has('writerIdentity')) || (has('filter') && has('createTime') && !has('state'))),
  read(item) {
    const name = asText(item['name']);
    if (name === '') return rejected('no name of a sink or an exclusion');
    const isSink = item['destination'] !== undefined;
    const off = item['disabled'] === true;
    const failing = isSink ? off : !off;
    return findingOf({
      id: `${isSink ? 'sink' : 'exclusion'} ${name} ${asText(item['createTime'])}`,
      source: 'google_log_routing',
      product: 'Google Cloud Logging',
      since: failing ? (momentIn(item['updateTime']) ?? momentIn(item['createTime'])) : null,
      status: failing ? 'failing' : 'passing',
      severity: failing ? 'medium' : 'info',
      pattern: 'logging_off',
      title: isSink
        ? `The sink ${name} is ${off ? 'disabled: nothing is exported' : 'on'}`
        : `The exclusion ${name} ${off ? 'is disabled' : 'keeps entries out of the log'}`,
      detail: isSink ? `to ${asText(item['destination'])}` : `filter: ${asText(item['filter'])}`,
      resource: name,
      account: '',
      control: isSink ? 'sink' : 'exclusion',
    });
  },
  notes: () => ['Entries that an exclusion keeps out were never stored: their absence says nothing.'],
});

function projectIn(path: string): string {
  return /\/projects\/([^/]+)/.exec(path)?.[1] ?? '';
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
