import { asList, asObject, asText, type JsonObject } from './json.ts';

interface Risk {
  readonly flags: readonly string[];
  /** Further names that the change is about: who lost or got a right. */
  readonly resources: readonly string[];
  readonly detail: string;
}

const NONE: Risk = { flags: [], resources: [], detail: '' };
const PUBLIC: ReadonlySet<string> = new Set(['allUsers', 'allAuthenticatedUsers']);
const SENSITIVE_PORTS: ReadonlySet<string> = new Set([
  '22',
  '3389',
  '3306',
  '5432',
  '6379',
  '0-65535',
  '1-65535',
]);
const MOST_NAMED = 3;
/** What Compute Engine writes when a machine suffers from Google's own hardware. */
const PLATFORM = /^compute\.instances\.(hostError|automaticRestart|terminateOnHostMaintenance)$/;

/** By the last parts of the name: what the call itself says, whatever its parameters. */
const ALWAYS: readonly (readonly [pattern: RegExp, flag: string])[] = [
  [/ConfigServiceV2\.(DeleteSink|CreateExclusion|DeleteBucket)$/, 'logging_off'],
  [/(^|\.)(DestroyCryptoKeyVersion|DisableCryptoKeyVersion)$/, 'key_disabled'],
  [/(^|\.)CreateServiceAccountKey$/, 'credential_created'],
  [
    /(^|\.)(DeleteServiceAccountKey|DisableServiceAccountKey|DisableServiceAccount|DeleteServiceAccount)$/,
    'credential_disabled',
  ],
];

/** What makes a change of Google Cloud risky; `provider_issue` marks what Google did to a machine for a fault of its own. */
export function googleRisk(name: string, payload: JsonObject, log: string): Risk {
  if (log === 'system_event') return { ...NONE, flags: PLATFORM.test(name) ? ['provider_issue'] : [] };
  const always = ALWAYS.find(([pattern]) => pattern.test(name));
  if (always !== undefined) return { ...NONE, flags: [always[1]] };
  const request = asObject(payload['request']);
  if (/(^|\.)setIam(Policy|Permissions)$/i.test(name)) return policyRisk(payload);
  if (/^compute\.firewalls\.(insert|patch|update)$/.test(name) && request !== null)
    return firewallRisk(request);
  if (/(^|\.)UpdateCryptoKeyVersion$/.test(name)) {
    const state = asText(asObject(request?.['cryptoKeyVersion'])?.['state']);
    return { ...NONE, flags: state === 'DISABLED' ? ['key_disabled'] : [] };
  }
  return NONE;
}

/** The delta is what changed; the request holds the whole new policy. */
function policyRisk(payload: JsonObject): Risk {
  const holder = asObject(payload['serviceData']) ?? asObject(payload['metadata']);
  const deltas = asList(asObject(holder?.['policyDelta'])?.['bindingDeltas']).flatMap((delta) => {
    const object = asObject(delta);
    return object === null ? [] : [object];
  });
  const flags = new Set<string>();
  const words: string[] = [];
  const members: string[] = [];
  for (const delta of deltas) {
    const member = asText(delta['member']);
    const role = asText(delta['role']);
    const added = asText(delta['action']) === 'ADD';
    members.push(member.slice(member.indexOf(':') + 1));
    if (added && PUBLIC.has(member)) flags.add('public_principal');
    if (added && /^roles\/(owner|editor|.*admin)$/i.test(role)) flags.add('admin_granted');
    if (words.length < MOST_NAMED)
      words.push(`${added ? 'gives' : 'takes'} ${role} ${added ? 'to' : 'from'} ${member}`);
  }
  return { flags: [...flags], resources: members, detail: words.join('; ') };
}

function firewallRisk(request: JsonObject): Risk {
  const ranges = asList(request['sourceRanges']).map(asText);
  const denied = asList(request['denieds'] ?? request['denied']);
  const rules = asList(request['alloweds'] ?? request['allowed']);
  const ports = rules.flatMap((rule) => asList(asObject(rule)?.['ports']).map(asText));
  const inbound = asText(request['direction']) !== 'EGRESS';
  const detail = `${denied.length > 0 ? 'deny' : 'allow'} ${inbound ? 'in' : 'out'} on ${ports.slice(0, 5).join(', ') || 'any'} from ${ranges.slice(0, MOST_NAMED).join(', ') || 'any'}`;
  if (denied.length > 0) return { ...NONE, flags: ['explicit_deny'], detail };
  const world =
    inbound && rules.length > 0 && ranges.some((range) => range === '0.0.0.0/0' || range === '::/0');
  if (!world) return { ...NONE, detail };
  const sensitive = ports.length === 0 || ports.some((port) => SENSITIVE_PORTS.has(port));
  return { ...NONE, flags: sensitive ? ['open_to_world', 'sensitive_port'] : ['open_to_world'], detail };
}
