/** What kind of policy refused a call, as AWS words it. */
export type PolicyKind =
  | 'service_control_policy'
  | 'resource_control_policy'
  | 'permissions_boundary'
  | 'session_policy'
  | 'vpc_endpoint_policy'
  | 'resource_policy'
  | 'identity_policy'
  | 'trust_policy'
  | 'not_said';

/** What a denial's message says. */
export interface Denial {
  readonly kind: PolicyKind;
  /** A Deny matched; false where no Allow did, or where the message does not say. */
  readonly explicit: boolean;
  /** e.g. `s3:GetObject`; empty when not said. */
  readonly action: string;
  /** The policy that refused, where it is named. */
  readonly policy: string;
}

/**
 * Kinds in the order in which they are looked for: `role trust policy` before `resource-based`. Wording:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const KINDS: readonly (readonly [words: RegExp, kind: PolicyKind])[] = [
  [/service control polic/i, 'service_control_policy'],
  [/resource control polic/i, 'resource_control_policy'],
  [/permissions boundar/i, 'permissions_boundary'],
  [/session polic/i, 'session_policy'],
  [/VPC endpoint polic/i, 'vpc_endpoint_policy'],
  [/role trust polic|assume[- ]role polic/i, 'trust_policy'],
  [/resource-based polic|bucket polic|key polic/i, 'resource_policy'],
  [/identity-based polic/i, 'identity_policy'],
];

const EXPLICIT = /with an explicit deny|explicitly denied|explicit deny/i;
const REASON = /with an explicit deny in (?:an?|the) (.+?)(?:$|[:.]|, )|because no (.+?) allows/i;

/** Reads the message of a denial; null when it is no such message. */
export function denialOf(message: string | null): Denial | null {
  if (message === null) return null;
  const action = /not authorized to perform: ([\w*-]+:[\w*]+)/i.exec(message)?.[1] ?? '';
  const explicit = EXPLICIT.test(message);
  if (action === '' && !explicit && !/access ?denied|not authorized/i.test(message)) return null;
  // The resource's name may hold such words too: only the reason counts.
  const reason =
    REASON.exec(message)
      ?.slice(1)
      .find((part) => part !== undefined) ?? '';
  const kind = KINDS.find(([words]) => words.test(reason))?.[1] ?? 'not_said';
  const policy =
    /(arn:aws[\w-]*:(?:organizations|iam):[^\s,;]*policy\/[^\s,;]+)\s*\.?$/.exec(message)?.[1] ?? '';
  return { kind, explicit, action, policy };
}

/** Who refused, and which file to ask for next. */
const POLICY_WORDS: Readonly<Record<PolicyKind, { readonly name: string; readonly next: string }>> = {
  service_control_policy: {
    name: 'a service control policy',
    next: 'CloudTrail of the organisation’s management account in us-east-1 (UpdatePolicy, AttachPolicy, MoveAccount)',
  },
  resource_control_policy: {
    name: 'a resource control policy',
    next: 'CloudTrail of the organisation’s management account in us-east-1 (UpdatePolicy, AttachPolicy)',
  },
  permissions_boundary: {
    name: 'a permissions boundary',
    next: 'CloudTrail of this account in us-east-1 (PutRolePermissionsBoundary, CreatePolicyVersion)',
  },
  session_policy: {
    name: 'the policy of the session',
    next: 'the code or tool that assumes the role: it hands the session policy over',
  },
  vpc_endpoint_policy: {
    name: 'the policy of a VPC endpoint',
    next: 'CloudTrail of the region (ModifyVpcEndpoint) in the account that owns the endpoint',
  },
  trust_policy: {
    name: 'the trust policy of a role',
    next: 'CloudTrail of the role’s account in us-east-1 (UpdateAssumeRolePolicy)',
  },
  resource_policy: {
    name: 'the policy of the resource',
    next: 'CloudTrail of the account that owns the resource (PutBucketPolicy, PutKeyPolicy, SetQueueAttributes)',
  },
  identity_policy: {
    name: 'the policies of the principal',
    next: 'CloudTrail of this account in us-east-1 (DetachRolePolicy, DeleteRolePolicy, CreatePolicyVersion)',
  },
  not_said: {
    name: 'a policy that the message does not name',
    next: 'the policies of the principal, of the resource and of the organisation, as S3 and others give no reason',
  },
};

/**
 * What the messages of several denials say together, and which file to ask for next: `3 of 4 say: an explicit Deny in a service
 * control policy (arn:...). Ask next for: ...`; '' when none is such a message.
 */
export function denialWords(messages: readonly (string | null)[]): string {
  const read = messages.flatMap((message) => denialOf(message) ?? []);
  if (read.length === 0) return '';
  const counts = new Map<string, { count: number; first: Denial }>();
  for (const denial of read) {
    const key = `${denial.kind} ${String(denial.explicit)}`;
    const known = counts.get(key) ?? { count: 0, first: denial };
    known.count += 1;
    counts.set(key, known);
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (most === undefined) return '';
  const { kind, explicit, policy } = most.first;
  const { name, next } = POLICY_WORDS[kind];
  const how =
    kind === 'not_said' && !explicit
      ? 'no reason'
      : explicit
        ? `an explicit Deny in ${name}`
        : `no Allow in ${name}`;
  const named = policy === '' ? '' : ` (${policy})`;
  const share = read.length === 1 ? 'The message says' : `${most.count} of ${read.length} messages say`;
  return `${share}: ${how}${named}. Ask next for ${next}.`;
}
