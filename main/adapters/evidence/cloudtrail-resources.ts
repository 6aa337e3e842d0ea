import { asItems, asList, asObject, asText, bounded, type Json, type JsonObject } from './json.ts';

/** Names kept of one event. */
export const MOST_RESOURCES = 20;
const LONGEST_NAME = 512;
const LONGEST_DENIAL = 4_096;

/** Request parameters that name the thing a call is about. The first letter's case differs between services. */
const NAMING: ReadonlySet<string> = new Set([
  'bucketName',
  'groupId',
  'groupName',
  'roleName',
  'roleArn',
  'userName',
  'policyArn',
  'policyName',
  'instanceProfileName',
  'instanceId',
  'keyId',
  'aliasName',
  'functionName',
  'dBInstanceIdentifier',
  'dBClusterIdentifier',
  'dBParameterGroupName',
  'dBClusterParameterGroupName',
  'dBSnapshotIdentifier',
  'tableName',
  'secretId',
  'routeTableId',
  'networkAclId',
  'vpcId',
  'subnetId',
  'internetGatewayId',
  'natGatewayId',
  'vpcEndpointId',
  'transitGatewayId',
  'networkInterfaceId',
  'volumeId',
  'snapshotId',
  'imageId',
  'allocationId',
  'hostedZoneId',
  'certificateArn',
  'listenerArn',
  'loadBalancerArn',
  'targetGroupArn',
  'autoScalingGroupName',
  'stackName',
  'queueUrl',
  'topicArn',
  'trailName',
  'logGroupName',
  'configurationRecorderName',
  'detectorId',
  'distributionId',
  'restApiId',
  'clusterName',
  'cluster',
  'service',
  'streamName',
  'replicationGroupId',
  'cacheClusterId',
  'targetId',
  'policyId',
  'resourceId',
  'resourceArn',
  'name',
  'id',
]);

/** Lists of things under a parameter, with the key that names each. */
const LISTS: readonly (readonly [list: string, key: string])[] = [
  ['instancesSet', 'instanceId'],
  ['resourcesSet', 'resourceId'],
];

/**
 * ARNs and names that a call was about: the record's own `resources`, then well-known request parameters, and what a denial names.
 * At most 20, each once, each at most 512 characters.
 */
export function resourcesOf(event: JsonObject): string[] {
  const names: string[] = [];
  const add = (value: Json | undefined): void => {
    if (typeof value !== 'string' || value === '' || names.length >= MOST_RESOURCES) return;
    const name = bounded(value, LONGEST_NAME);
    if (!names.includes(name)) names.push(name);
  };
  for (const resource of asList(event['resources'])) {
    const object = asObject(resource);
    add(object?.['ARN'] ?? object?.['arn'] ?? object?.['ARNPrefix']);
  }
  const parameters = asObject(event['requestParameters']);
  if (parameters !== null) {
    addNamed(parameters, add);
    for (const [list, key] of LISTS) {
      for (const item of asItems(parameters[list])) add(asObject(item)?.[key]);
    }
  }
  const details = asObject(event['serviceEventDetails']);
  if (details !== null) addNamed(details, add);
  // A denial's parameters are often missing; its message names the resource.
  const denied = / on resource: (\S+)/.exec(bounded(asText(event['errorMessage']), LONGEST_DENIAL));
  if (denied !== null) add(denied[1]);
  return names;
}

function addNamed(parameters: JsonObject, add: (value: Json | undefined) => void): void {
  for (const key of Object.keys(parameters)) {
    if (isNaming(key)) {
      add(parameters[key]);
      continue;
    }
    // `DeleteNatGatewayRequest: {NatGatewayId}`: some EC2 calls wrap their parameters once.
    if (!key.endsWith('Request')) continue;
    const inner = asObject(parameters[key]);
    if (inner === null) continue;
    for (const name of Object.keys(inner)) if (isNaming(name)) add(inner[name]);
  }
}

function isNaming(key: string): boolean {
  if (NAMING.has(key)) return true;
  const first = key.charCodeAt(0);
  return first >= 0x41 && first <= 0x5a && NAMING.has(key.charAt(0).toLowerCase() + key.slice(1));
}
