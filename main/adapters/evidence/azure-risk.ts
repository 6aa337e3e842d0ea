import { asList, asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

interface Risk {
  readonly flags: readonly string[];
  readonly detail: string;
}

const NONE: Risk = { flags: [], detail: '' };
const WORLD: ReadonlySet<string> = new Set(['*', 'internet', 'any', '0.0.0.0/0', '::/0']);
/** Ports of remote administration and of data stores. */
const SENSITIVE_PORTS: ReadonlySet<string> = new Set([
  '*',
  '22',
  '3389',
  '1433',
  '3306',
  '5432',
  '6379',
  '5985',
  '5986',
]);
/** Built-in roles that can do everything or give everything: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const ADMINISTRATORS: ReadonlyMap<string, string> = new Map([
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner'],
  ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator'],
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor'],
]);

/** What makes a change of Azure risky, or who it says is at fault; operation and category in small letters. */
export function azureRisk(operation: string, properties: JsonObject | null, category: string): Risk {
  if (category === 'servicehealth' || category === 'resourcehealth') return healthOf(category, properties);
  if (operation === 'microsoft.authorization/elevateaccess/action') {
    return { flags: ['admin_granted'], detail: 'makes the caller User Access Administrator of everything' };
  }
  if (/^microsoft\.insights\/(diagnosticsettings|logprofiles)\/delete$/.test(operation))
    return flagged('logging_off');
  if (/^microsoft\.network\/networkwatchers\/flowlogs\/delete$/.test(operation))
    return flagged('logging_off');
  if (/\/regeneratekeys?\/action$/.test(operation)) return flagged('credential_disabled');
  const body = asObject(
    parseJson(asText(properties?.['requestbody']) || asText(properties?.['requestBody'])),
  );
  if (body === null) return NONE;
  const wanted = lowerKeys(asObject(body['properties'] ?? body['Properties']) ?? body);
  if (operation === 'microsoft.network/networksecuritygroups/securityrules/write') return ruleRisk(wanted);
  if (operation === 'microsoft.network/networksecuritygroups/write') {
    const rules = asList(wanted['securityrules']).map((rule) =>
      ruleRisk(lowerKeys(asObject(asObject(rule)?.['properties']))),
    );
    return rules.find((risk) => risk.flags.length > 0) ?? NONE;
  }
  if (operation === 'microsoft.authorization/roleassignments/write') return roleRisk(wanted);
  if (operation === 'microsoft.storage/storageaccounts/write') return storageRisk(wanted);
  return NONE;
}

function flagged(flag: string): Risk {
  return { flags: [flag], detail: '' };
}

function lowerKeys(object: JsonObject | null): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

/**
 * `provider_issue` is Azure's own word that it is at fault: a service issue, or a resource down for the platform's reasons.
 * Planned maintenance and advice are told, not flagged.
 */
function healthOf(category: string, properties: JsonObject | null): Risk {
  const said = lowerKeys(properties);
  const title = asText(said['title']) || asText(said['details']);
  if (category === 'servicehealth') {
    const issue = /^incident$/i.test(asText(said['incidenttype']));
    const place = [asText(said['service']), asText(said['region'])].filter((word) => word !== '').join(', ');
    return { flags: issue ? ['provider_issue'] : [], detail: place === '' ? title : `${title} (${place})` };
  }
  const ours = !/^platforminitiated$/i.test(asText(said['cause']));
  const down = /^(unavailable|degraded)$/i.test(asText(said['currenthealthstatus']));
  const words = asText(said['currenthealthstatus']);
  return {
    flags: !ours && down ? ['provider_issue'] : [],
    detail: [words, title].filter((word) => word !== '').join(': '),
  };
}

function textsOf(one: Json | undefined, many: Json | undefined): string[] {
  return [...asList(one), ...asList(many)]
    .map((value) => asText(value).toLowerCase())
    .filter((text) => text !== '');
}

function ruleRisk(rule: JsonObject): Risk {
  const ports = textsOf(rule['destinationportrange'], rule['destinationportranges']).join(', ');
  const access = asText(rule['access']).toLowerCase();
  const inbound = asText(rule['direction']).toLowerCase() === 'inbound';
  const from = textsOf(rule['sourceaddressprefix'], rule['sourceaddressprefixes']);
  const detail = `${access} ${inbound ? 'in' : 'out'} on ${ports || 'any'} from ${from.slice(0, 3).join(', ') || 'any'}`;
  if (access === 'deny') return { flags: ['explicit_deny'], detail };
  if (access !== 'allow' || !inbound || !from.some((prefix) => WORLD.has(prefix)))
    return { flags: [], detail };
  const sensitive = ports.split(', ').some((port) => SENSITIVE_PORTS.has(port));
  return { flags: sensitive ? ['open_to_world', 'sensitive_port'] : ['open_to_world'], detail };
}

function roleRisk(wanted: JsonObject): Risk {
  const id = asText(wanted['roledefinitionid']);
  const role = ADMINISTRATORS.get(id.slice(id.lastIndexOf('/') + 1).toLowerCase());
  return role === undefined ? NONE : { flags: ['admin_granted'], detail: `grants ${role}` };
}

function storageRisk(wanted: JsonObject): Risk {
  const rules = lowerKeys(asObject(wanted['networkacls']));
  if (asText(rules['defaultaction']).toLowerCase() === 'allow') {
    return { flags: ['open_to_world'], detail: 'its firewall lets every network in' };
  }
  if (wanted['allowblobpublicaccess'] === true) return flagged('public_access_block_off');
  const closed =
    asText(rules['defaultaction']).toLowerCase() === 'deny' ||
    asText(wanted['publicnetworkaccess']).toLowerCase() === 'disabled';
  return closed ? { flags: ['explicit_deny'], detail: 'its firewall keeps networks out' } : NONE;
}
