import { asObject, bounded, type Json, type JsonObject, parseJson, named } from './json.ts';

/** One difference between two documents. */
export interface Difference {
  /** Where, e.g. `ipPermissions` or `containerDefinitions.web.image`. */
  readonly path: string;
  readonly was: Json | undefined;
  readonly is: Json | undefined;
}

/** More differences than this say no more to a person. */
const MOST = 40;
const DEEPEST = 12;
/** Keys that tell the items of a list apart. */
const NAMES: readonly string[] = ['name', 'Name', 'id', 'Id', 'key', 'Key', 'sid', 'Sid', 'policyName'];

/**
 * What differs between two documents: values key by key; lists as sets, whose items count as the same when they carry the
 * same name, so that one changed field of a long item is shown alone. At most 40.
 */
export function differences(was: Json | undefined, is: Json | undefined): readonly Difference[] {
  const found: Difference[] = [];
  compare(was, is, '', found, 0);
  return found;
}

/** JSON in a text, plain or URL-encoded as IAM writes policies, opened into what it says; anything else as it is. */
export function opened(value: Json | undefined, depth = 0): Json | undefined {
  if (depth > DEEPEST) return value;
  if (typeof value === 'string') {
    const text = value.startsWith('%7B') ? decoded(value) : value;
    const inner = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
    return inner === undefined ? value : opened(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.map((item: Json) => opened(item, depth + 1) ?? null);
  const object = asObject(value);
  if (object === null) return value;
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, opened(item, depth + 1)]));
}

/** A value in few words: `tcp 443 from 10.0.0.0/8` for a network rule, short JSON otherwise. */
function valueWords(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'empty' : bounded(value, 80);
  return networkRule(asObject(value)) ?? bounded(JSON.stringify(value), 120);
}

/** `image: web:1 to web:2`, `ipPermissions: lost tcp 443 from 10.0.0.0/8`. */
export function differenceWords({ path, was, is }: Difference): string {
  const place = path === '' ? '' : `${path}: `;
  if (was === undefined) return `${place}gained ${valueWords(is)}`;
  if (is === undefined) return `${place}lost ${valueWords(was)}`;
  return `${place}${valueWords(was)} to ${valueWords(is)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(
  was: Json | undefined,
  is: Json | undefined,
  path: string,
  found: Difference[],
  depth: number,
): void {
  if (found.length >= MOST || isSame(was, is)) return;
  const before = asObject(was);
  const after = asObject(is);
  if (depth < DEEPEST && before !== null && after !== null) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(named(before, key), named(after, key), path === '' ? key : `${path}.${key}`, found, depth + 1);
    }
  } else if (depth < DEEPEST && Array.isArray(was) && Array.isArray(is)) {
    compareLists(was as readonly Json[], is as readonly Json[], path, found, depth);
  } else {
    found.push({ path, was, is });
  }
}

function compareLists(
  was: readonly Json[],
  is: readonly Json[],
  path: string,
  found: Difference[],
  depth: number,
): void {
  const kept = new Map<string, number>();
  for (const item of is) count(kept, stable(item), 1);
  const lost = was.filter((item) => !takes(kept, stable(item)));
  const gone = new Map<string, number>();
  for (const item of was) count(gone, stable(item), 1);
  const gained = is.filter((item) => !takes(gone, stable(item)));
  for (const item of lost) {
    const name = nameOf(item);
    const at = name === null ? -1 : gained.findIndex((other) => nameOf(other) === name);
    if (at === -1) {
      if (found.length < MOST) found.push({ path, was: item, is: undefined });
    } else {
      compare(item, gained[at], `${path}.${name ?? ''}`, found, depth + 1);
      gained.splice(at, 1);
    }
  }
  for (const item of gained) if (found.length < MOST) found.push({ path, was: undefined, is: item });
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function takes(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left === 0) return false;
  counts.set(key, left - 1);
  return true;
}

function nameOf(item: Json): string | null {
  const object = asObject(item);
  if (object === null) return null;
  for (const key of NAMES) if (typeof object[key] === 'string') return object[key];
  return null;
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || stable(a) === stable(b);
}

/** JSON with sorted keys, so that the order in which a service writes them does not count. */
function stable(value: Json | undefined): string {
  return (
    JSON.stringify(value, (_key, item: Json) => {
      const object = asObject(item);
      if (object === null) return item;
      return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ''
  );
}

/** A rule of a security group, as EC2 and AWS Config write it; null for anything else. */
function networkRule(value: JsonObject | null): string | null {
  if (value === null || typeof value['ipProtocol'] !== 'string') return null;
  const protocol = value['ipProtocol'] === '-1' ? 'all protocols' : value['ipProtocol'];
  const fromPort = value['fromPort'];
  const toPort = typeof value['toPort'] === 'number' ? value['toPort'] : fromPort;
  const ports =
    typeof fromPort !== 'number' || fromPort === -1
      ? ''
      : fromPort === toPort
        ? ` ${fromPort}`
        : ` ${fromPort}-${Number(toPort)}`;
  const peers = [...peersOf(value, 'ipRanges', 'cidrIp'), ...peersOf(value, 'ipv4Ranges', 'cidrIp')]
    .concat(peersOf(value, 'ipv6Ranges', 'cidrIpv6'))
    .concat(peersOf(value, 'userIdGroupPairs', 'groupId'), peersOf(value, 'prefixListIds', 'prefixListId'));
  return `${protocol}${ports} from ${[...new Set(peers)].slice(0, 6).join(', ') || 'nowhere'}`;
}

function peersOf(rule: JsonObject, list: string, key: string): string[] {
  const items = rule[list];
  if (!Array.isArray(items)) return [];
  return (items as readonly Json[]).flatMap((item) => {
    const name = typeof item === 'string' ? item : asObject(item)?.[key];
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}
