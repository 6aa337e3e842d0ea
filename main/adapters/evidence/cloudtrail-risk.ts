import { asItems, asList, asObject, asText, bounded, type Json, type JsonObject } from './json.ts';
import { accountOf, policyFindings } from './policy-document.ts';

/** Collects what makes one change risky; `detail` parts are joined into one line. */
interface Findings {
  readonly flags: Set<string>;
  readonly detail: string[];
  readonly account: string;
}

type Reader = (parameters: JsonObject, found: Findings) => void;

const WORLD: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
/** Ports of remote administration and of data stores. */
const SENSITIVE_PORTS: readonly number[] = [
  22, 23, 3389, 1433, 1521, 3306, 5432, 5601, 5985, 5986, 6379, 9200, 11211, 27017,
];

const always =
  (flag: string): Reader =>
  (_parameters, found) => {
    found.flags.add(flag);
  };

const policyIn =
  (...keys: readonly string[]): Reader =>
  (parameters, found) => {
    for (const key of keys) readPolicy(parameters[key], found);
  };

/** By event name; the same name means the same in every service that has it, or is told apart by its parameters. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AuthorizeSecurityGroupIngress', readIngress],
  ['ModifySecurityGroupRules', readModifiedRules],
  ['CreateNetworkAclEntry', readNetworkAclEntry],
  ['ReplaceNetworkAclEntry', readNetworkAclEntry],
  ['PutBucketPolicy', policyIn('bucketPolicy')],
  ['PutBucketAcl', readAcl],
  ['PutObjectAcl', readAcl],
  ['PutBucketPublicAccessBlock', readPublicAccessBlock],
  ['PutAccountPublicAccessBlock', readPublicAccessBlock],
  ['PutPublicAccessBlock', readPublicAccessBlock],
  ['DeleteBucketPublicAccessBlock', always('public_access_block_off')],
  ['DeleteAccountPublicAccessBlock', always('public_access_block_off')],
  ['DeletePublicAccessBlock', always('public_access_block_off')],
  ['PutKeyPolicy', policyIn('policy')],
  ['PutResourcePolicy', policyIn('resourcePolicy', 'policyInJson')],
  ['UpdateAssumeRolePolicy', policyIn('policyDocument')],
  ['CreateRole', policyIn('assumeRolePolicyDocument')],
  ['PutRolePolicy', policyIn('policyDocument')],
  ['PutUserPolicy', policyIn('policyDocument')],
  ['PutGroupPolicy', policyIn('policyDocument')],
  ['CreatePolicyVersion', policyIn('policyDocument')],
  ['ModifyVpcEndpoint', policyIn('policyDocument')],
  ['UpdatePolicy', policyIn('content')],
  ['SetQueueAttributes', readAttributesPolicy],
  ['SetTopicAttributes', readAttributesPolicy],
  ['AddPermission', readAddPermission],
  ['CreateFunctionUrlConfig', readFunctionUrl],
  ['UpdateFunctionUrlConfig', readFunctionUrl],
  ['ModifySnapshotAttribute', (p, found) => readShared(p['createVolumePermission'], found)],
  ['ModifyImageAttribute', (p, found) => readShared(p['launchPermission'], found)],
  ['ModifyDBSnapshotAttribute', readSharedDatabase],
  ['ModifyDBClusterSnapshotAttribute', readSharedDatabase],
  ['AttachUserPolicy', readAttachedPolicy],
  ['AttachRolePolicy', readAttachedPolicy],
  ['AttachGroupPolicy', readAttachedPolicy],
  ['CreateAccessKey', always('credential_created')],
  ['CreateLoginProfile', always('credential_created')],
  ['UpdateLoginProfile', always('credential_created')],
  ['DeactivateMFADevice', always('mfa_off')],
  ['UpdateAccessKey', readAccessKey],
  ['DisableKey', always('key_disabled')],
  ['ScheduleKeyDeletion', always('key_disabled')],
  ['DeleteImportedKeyMaterial', always('key_disabled')],
  ['StopLogging', always('logging_off')],
  ['StartLogging', always('logging_on')],
  ['CreateTrail', always('logging_on')],
  ['StartConfigurationRecorder', always('logging_on')],
  ['CreateFlowLogs', always('logging_on')],
  ['CreateDetector', always('logging_on')],
  ['EnableSecurityHub', always('logging_on')],
  ['StartEventDataStoreIngestion', always('logging_on')],
  ['DeleteTrail', always('logging_off')],
  ['PutEventSelectors', readEventSelectors],
  ['StopEventDataStoreIngestion', always('logging_off')],
  ['DeleteEventDataStore', always('logging_off')],
  ['StopConfigurationRecorder', always('logging_off')],
  ['DeleteConfigurationRecorder', always('logging_off')],
  ['DeleteDeliveryChannel', always('logging_off')],
  ['DeleteFlowLogs', always('logging_off')],
  ['DeleteDetector', always('logging_off')],
  ['UpdateDetector', (p, found) => flagIf(p['enable'] === false, 'logging_off', found)],
  ['DisableSecurityHub', always('logging_off')],
  ['ChangeResourceRecordSets', readRecordSets],
  ['ModifyDBInstance', readDatabaseChange],
  ['ModifyDBCluster', readDatabaseChange],
  ['ModifyDBParameterGroup', readParameterGroup],
  ['ModifyDBClusterParameterGroup', readParameterGroup],
  [
    'PutFunctionConcurrency',
    (p, found) => flagIf(p['reservedConcurrentExecutions'] === 0, 'capacity_to_zero', found),
  ],
  [
    'UpdateAutoScalingGroup',
    (p, found) => flagIf(p['maxSize'] === 0 || p['desiredCapacity'] === 0, 'capacity_to_zero', found),
  ],
  ['SetDesiredCapacity', (p, found) => flagIf(p['desiredCapacity'] === 0, 'capacity_to_zero', found)],
  ['UpdateService', (p, found) => flagIf(p['desiredCount'] === 0, 'capacity_to_zero', found)],
]);

/** True when the event's request may hold a risk worth reading. */
export function hasRiskReader(eventName: string): boolean {
  return READERS.has(eventName);
}

/**
 * Facts in the request that make a change risky, as flags (the words for them are in resources/evidence/changes.json),
 * and one line for people. Shapes of the requests: seen in recorded events, and the API reference of each service.
 */
export function riskOf(
  eventName: string,
  parameters: JsonObject,
  account: string,
): { readonly flags: readonly string[]; readonly detail: readonly string[] } {
  const found: Findings = { flags: new Set(), detail: [], account };
  READERS.get(eventName)?.(parameters, found);
  return { flags: [...found.flags], detail: found.detail };
}

function flagIf(holds: boolean, flag: string, found: Findings): void {
  if (holds) found.flags.add(flag);
}

function readPolicy(policy: Json | undefined, found: Findings): void {
  const read = policyFindings(policy, found.account);
  if (read === null) return;
  if (read.everyone !== 'no') {
    found.flags.add('public_principal');
    found.detail.push(
      read.everyone === 'yes' ? 'allows every principal' : 'allows every principal that meets its condition',
    );
  }
  if (read.otherAccounts.length > 0) {
    found.flags.add('other_account');
    found.detail.push(`allows account ${read.otherAccounts.join(', ')}`);
  }
  if (read.denies) {
    found.flags.add('explicit_deny');
    found.detail.push('holds a Deny statement');
  }
  if (read.everything) {
    found.flags.add('admin_granted');
    found.detail.push('allows every action on every resource');
  }
}

function readIngress(parameters: JsonObject, found: Findings): void {
  for (const item of asItems(parameters['ipPermissions'])) {
    const permission = asObject(item);
    if (permission === null) continue;
    const ranges = [...asItems(permission['ipRanges']), ...asItems(permission['ipv6Ranges'])];
    for (const range of ranges) {
      const object = asObject(range);
      readRange(permission, asText(object?.['cidrIp']) || asText(object?.['cidrIpv6']), found);
    }
  }
  readRange(parameters, asText(parameters['cidrIp']), found);
}

function readModifiedRules(parameters: JsonObject, found: Findings): void {
  const request = asObject(parameters['ModifySecurityGroupRulesRequest']) ?? parameters;
  for (const item of asItems(request['SecurityGroupRule'] ?? request['securityGroupRules'])) {
    const rule = asObject(asObject(item)?.['SecurityGroupRule']) ?? asObject(item);
    if (rule === null) continue;
    const lower = { fromPort: rule['FromPort'], toPort: rule['ToPort'], ipProtocol: rule['IpProtocol'] };
    readRange(lower, asText(rule['CidrIpv4']) || asText(rule['CidrIpv6']), found);
  }
}

function readRange(ports: JsonObject, cidr: string, found: Findings): void {
  if (!WORLD.has(cidr)) return;
  found.flags.add('open_to_world');
  const from = portOf(ports['fromPort']) ?? -1;
  const to = portOf(ports['toPort']) ?? from;
  const protocol = asText(ports['ipProtocol']);
  const all = protocol === '-1' || from === -1 || (from === 0 && to === 65535);
  if (all || SENSITIVE_PORTS.some((port) => from <= port && port <= to)) found.flags.add('sensitive_port');
  const range = all ? 'all ports' : from === to ? `port ${from}` : `ports ${from}-${to}`;
  if (found.detail.length < 5)
    found.detail.push(`opens ${range}${protocol === '-1' ? '' : ` ${protocol}`} to ${cidr}`);
}

/** A port as a number or as text; null for anything else, which `Number` would take for a port or break on. */
function portOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : null;
}

function readNetworkAclEntry(parameters: JsonObject, found: Findings): void {
  const cidr = asText(parameters['cidrBlock']) || asText(parameters['ipv6CidrBlock']);
  const action = asText(parameters['ruleAction']);
  if (action === 'deny') {
    found.flags.add('explicit_deny');
    found.detail.push(`denies ${cidr}`);
  } else if (WORLD.has(cidr) && parameters['egress'] !== true) {
    found.flags.add('open_to_world');
    found.detail.push(`allows ${cidr}`);
  }
}

function readAcl(parameters: JsonObject, found: Findings): void {
  const canned = asList(parameters['x-amz-acl']).some((acl) => asText(acl).startsWith('public-read'));
  const text = JSON.stringify(parameters['AccessControlPolicy'] ?? null).slice(0, 100_000);
  const grants = text.includes('/global/AllUsers') || text.includes('/global/AuthenticatedUsers');
  if (!canned && !grants) return;
  found.flags.add('public_principal');
  found.detail.push('the access list lets everyone in');
}

function readPublicAccessBlock(parameters: JsonObject, found: Findings): void {
  const block = asObject(parameters['PublicAccessBlockConfiguration']);
  if (block === null) return;
  const off = Object.keys(block).filter((key) => block[key] === false || block[key] === 'false');
  if (off.length === 0) return;
  found.flags.add('public_access_block_off');
  found.detail.push(`off: ${off.slice(0, 4).join(', ')}`);
}

function readAttributesPolicy(parameters: JsonObject, found: Findings): void {
  readPolicy(asObject(parameters['attributes'])?.['Policy'], found);
  if (asText(parameters['attributeName']) === 'Policy') readPolicy(parameters['attributeValue'], found);
}

function readAddPermission(parameters: JsonObject, found: Findings): void {
  const principal = asText(parameters['principal']);
  if (principal === '*') {
    found.flags.add('public_principal');
    found.detail.push('lets every principal call it');
    return;
  }
  nameOtherAccount(accountOf(principal), 'lets', found);
}

function readFunctionUrl(parameters: JsonObject, found: Findings): void {
  if (asText(parameters['authType']) !== 'NONE') return;
  found.flags.add('public_principal');
  found.detail.push('the function URL asks for no authentication');
}

function readShared(permission: Json | undefined, found: Findings): void {
  for (const item of asItems(asObject(permission)?.['add'])) {
    const target = asObject(item);
    if (asText(target?.['group']) === 'all') shareWithAll(found);
    nameOtherAccount(asText(target?.['userId']), 'shared with', found);
  }
}

function readSharedDatabase(parameters: JsonObject, found: Findings): void {
  for (const value of asList(parameters['valuesToAdd'])) {
    if (value === 'all') shareWithAll(found);
    else nameOtherAccount(asText(value), 'shared with', found);
  }
}

function shareWithAll(found: Findings): void {
  found.flags.add('shared_with_all');
  found.detail.push('shared with every account');
}

function nameOtherAccount(other: string, verb: string, found: Findings): void {
  if (!/^\d{12}$/.test(other) || other === found.account) return;
  found.flags.add('other_account');
  if (found.detail.length < 5) found.detail.push(`${verb} account ${other}`);
}

function readAttachedPolicy(parameters: JsonObject, found: Findings): void {
  const policy = asText(parameters['policyArn']);
  const name = policy.slice(policy.lastIndexOf('/') + 1);
  if (name !== '') found.detail.push(name);
  if (name === 'AdministratorAccess' || name === 'IAMFullAccess') found.flags.add('admin_granted');
}

function readAccessKey(parameters: JsonObject, found: Findings): void {
  const status = asText(parameters['status']);
  flagIf(status === 'Inactive', 'credential_disabled', found);
  if (status !== '') found.detail.push(`key set to ${status}`);
}

function readEventSelectors(parameters: JsonObject, found: Findings): void {
  const selectors = asList(parameters['eventSelectors']);
  const narrowed = selectors.some((item) => {
    const selector = asObject(item);
    if (selector === null) return false;
    const kind = asText(selector['readWriteType']);
    return selector['includeManagementEvents'] === false || (kind !== '' && kind !== 'All');
  });
  if (!narrowed) return;
  found.flags.add('logging_off');
  found.detail.push('records fewer events than all management events');
}

function readDatabaseChange(parameters: JsonObject, found: Findings): void {
  if (parameters['publiclyAccessible'] === true) {
    found.flags.add('open_to_world');
    found.detail.push('publicly accessible');
  }
  if (parameters['applyImmediately'] === false) {
    found.flags.add('delayed_effect');
    found.detail.push('takes effect in the maintenance window');
  }
}

/** `changeBatch.changes[].resourceRecordSet.tTL`; an alias has none and follows at once. */
function readRecordSets(parameters: JsonObject, found: Findings): void {
  const changes = asItems(asObject(parameters['changeBatch'])?.['changes']);
  let longest = 0;
  for (const item of changes) {
    const change = asObject(item);
    const set = asObject(change?.['resourceRecordSet']);
    if (set === null) continue;
    const ttl = Number(set['tTL'] ?? set['ttl'] ?? set['TTL'] ?? 0);
    if (Number.isSafeInteger(ttl) && ttl > longest && ttl <= 604_800) longest = ttl;
    if (found.detail.length < 3)
      found.detail.push(
        `${asText(change?.['action']).toLowerCase()} ${bounded(asText(set['name']), 100)} ${asText(set['type'])}`.trim(),
      );
  }
  if (longest > 0) found.flags.add(`dns_ttl_${longest}`);
}

function readParameterGroup(parameters: JsonObject, found: Findings): void {
  const pending = asItems(parameters['parameters']).some(
    (item) => asText(asObject(item)?.['applyMethod']) === 'pending-reboot',
  );
  if (!pending) return;
  found.flags.add('delayed_effect');
  found.detail.push('takes effect at the next reboot');
}
