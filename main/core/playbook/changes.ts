/** Longer lists of changes end with how many more there are. */
const MOST = 40;

type Json = Readonly<Record<string, unknown>>;

/**
 * What differs between two documents of a playbook, in sentences, for the list of versions. Reads whatever is there: neither
 * document need be valid. The version itself is no change.
 */
export function changesBetween(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [objectOf(before), objectOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => key !== 'version' && key !== 'checks',
  );
  const changes = [
    ...keys.filter((key) => !isSame(old[key], now[key])).map((key) => fieldChange(key, old[key], now[key])),
    ...checkChanges(listOf(old['checks']), listOf(now['checks'])),
  ];
  return changes.length <= MOST
    ? changes
    : [...changes.slice(0, MOST), `and ${changes.length - MOST} more changes`];
}

const NAMES: Readonly<Record<string, string>> = {
  appliesTo: 'what it applies to',
  keyChecks: 'key checks',
  beforeDeclaring: 'what must be asked before declaring',
  scopeCheck: 'the check that priors look at',
  first: 'what is moved to the front',
  howTo: 'steps for finding out',
};

function fieldChange(key: string, before: unknown, after: unknown): string {
  const name = NAMES[key] ?? key;
  if (before === undefined) return `Added: ${name}.`;
  if (after === undefined) return `Removed: ${name}.`;
  return typeof after === 'string' && after.length <= 120
    ? `Changed: ${name} is now “${after}”.`
    : `Changed: ${name}.`;
}

function checkChanges(before: readonly Json[], after: readonly Json[]): string[] {
  const old = new Map(before.map((check) => [String(check['id']), check]));
  const now = new Map(after.map((check) => [String(check['id']), check]));
  return [
    ...[...now.keys()].filter((id) => !old.has(id)).map((id) => `Added the check ${id}.`),
    ...[...old.keys()].filter((id) => !now.has(id)).map((id) => `Removed the check ${id}.`),
    ...[...now].flatMap(([id, check]) => {
      const earlier = old.get(id);
      if (earlier === undefined || isSame(earlier, check)) return [];
      const keys = [...new Set([...Object.keys(earlier), ...Object.keys(check)])];
      const changed = keys.filter((key) => !isSame(earlier[key], check[key]));
      return [`Changed the check ${id}: ${changed.map((key) => NAMES[key] ?? key).join(', ')}.`];
    }),
  ];
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}; // checked here
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** Equal as JSON, whatever the order of keys. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
