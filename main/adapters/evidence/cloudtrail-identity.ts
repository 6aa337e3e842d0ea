import type { LogRecord } from '../../core/evidence/model.ts';
import { asObject, asText, type JsonObject } from './json.ts';

interface Identity {
  readonly principal: string;
  readonly actor: LogRecord['actor'];
  /** The session's name where it tells which person used a role; '' otherwise. */
  readonly session: string;
  readonly root: boolean;
}

const PERSONS: ReadonlySet<string> = new Set([
  'Root',
  'IAMUser',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
  'FederatedUser',
  'Directory',
]);

/**
 * Who made the call. Types of identity: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * A role is named by its own ARN, not by the session's, so that the sessions of one role count as one principal.
 */
export function identityOf(event: JsonObject): Identity {
  const identity = asObject(event['userIdentity']);
  if (identity === null) return { principal: '', actor: 'unknown', session: '', root: false };
  const type = asText(identity['type']);
  const invokedBy = asText(identity['invokedBy']);
  const arn = asText(identity['arn']);
  const byService = invokedBy.endsWith('.amazonaws.com') || type === 'AWSService' || type === 'AwsService';
  if (type === 'AssumedRole' || type === 'Role') {
    const role = roleOf(identity, arn);
    const session = type === 'AssumedRole' ? arn.slice(arn.lastIndexOf('/') + 1) : '';
    const serviceLinked = role.includes(':role/aws-service-role/');
    const person = isPersonsRole(role) || session.includes('@') || isConsole(event);
    const actor = byService || serviceLinked ? 'service' : person ? 'person' : 'role';
    return { principal: role, actor, session: actor === 'person' ? session : '', root: false };
  }
  const principal =
    arn !== '' ? arn : asText(identity['userName']) || invokedBy || asText(identity['principalId']) || type;
  const actor = byService ? 'service' : PERSONS.has(type) ? 'person' : 'unknown';
  return { principal, actor, session: '', root: type === 'Root' };
}

function roleOf(identity: JsonObject, arn: string): string {
  const issuer = asObject(asObject(identity['sessionContext'])?.['sessionIssuer']);
  const issued = asText(issuer?.['arn']);
  if (issued !== '') return issued;
  // arn:aws:sts::111122223333:assumed-role/NAME/SESSION; a role's path is not in it.
  const parts = /^(arn:[^:]+):sts:[^:]*:(\d*):assumed-role\/([^/]+)/.exec(arn);
  return parts === null ? arn : `${parts[1] ?? ''}:iam::${parts[2] ?? ''}:role/${parts[3] ?? ''}`;
}

/** Roles that IAM Identity Center makes for people. */
function isPersonsRole(role: string): boolean {
  return role.includes('/AWSReservedSSO_');
}

function isConsole(event: JsonObject): boolean {
  const said = event['sessionCredentialFromConsole'];
  return said === true || said === 'true';
}
