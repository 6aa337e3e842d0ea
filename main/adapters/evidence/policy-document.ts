import { asList, asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

/** What a resource policy, trust policy or key policy lets in, as far as its text shows. */
interface PolicyFindings {
  /** An Allow for every principal, and whether conditions narrow each such statement. */
  readonly everyone: 'no' | 'with_condition' | 'yes';
  /** Accounts other than the record's own that an Allow names; at most 5. */
  readonly otherAccounts: readonly string[];
  /** A Deny statement is in it. */
  readonly denies: boolean;
  /** An Allow for every action on every resource. */
  readonly everything: boolean;
}

/** Longer policies than IAM's and S3's own limit (20 KB) are not read. */
const LONGEST_POLICY = 200_000;
const MOST_STATEMENTS = 500;

/**
 * Reads a policy given as an object or as a JSON string (plain or URL-encoded, as IAM writes it). Null when it is none.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyFindings(policy: Json | undefined, account: string): PolicyFindings | null {
  const document = typeof policy === 'string' ? fromText(policy) : asObject(policy);
  if (document === null) return null;
  const statements = asList(document['Statement'] ?? document['statement']).slice(0, MOST_STATEMENTS);
  let everyone: PolicyFindings['everyone'] = 'no';
  let denies = false;
  let everything = false;
  const others = new Set<string>();
  for (const item of statements) {
    const statement = asObject(item);
    if (statement === null) continue;
    if (asText(statement['Effect']) === 'Deny') {
      denies = true;
      continue;
    }
    const principals = principalsOf(statement['Principal']);
    if (principals.includes('*')) {
      const narrowed = asObject(statement['Condition']) !== null;
      if (!narrowed) everyone = 'yes';
      else if (everyone === 'no') everyone = 'with_condition';
    }
    for (const principal of principals) {
      const other = accountOf(principal);
      if (other !== '' && account !== '' && other !== account && others.size < 5) others.add(other);
    }
    const actions = asList(statement['Action']);
    const resources = asList(statement['Resource']);
    if (actions.includes('*') && resources.includes('*') && statement['Principal'] === undefined)
      everything = true;
  }
  return { everyone, otherAccounts: [...others], denies, everything };
}

function fromText(text: string): JsonObject | null {
  if (text.length > LONGEST_POLICY) return null;
  if (!text.startsWith('%7B')) return asObject(parseJson(text));
  try {
    return asObject(parseJson(decodeURIComponent(text)));
  } catch {
    return null;
  }
}

/** Only account principals: a service or a federated provider is neither everyone nor another account. */
function principalsOf(principal: Json | undefined): readonly string[] {
  if (typeof principal === 'string') return [principal];
  const object = asObject(principal);
  return object === null ? [] : asList(object['AWS']).filter((item) => typeof item === 'string');
}

/** The account of `111122223333` or `arn:aws:iam::111122223333:...`; '' when there is none in it. */
export function accountOf(principal: string): string {
  if (/^\d{12}$/.test(principal)) return principal;
  return /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? '';
}
