import canonicalize from 'canonicalize';

/** A value that would not survive canonical JSON unchanged; `place` is a JSON path such as `$.data.note`. */
export class NotCanonical extends Error {
  readonly place: string;

  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}

const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical JSON text of a value (RFC 8785), with every string in Unicode form NFC. `undefined` members of objects are left
 * out. Throws `NotCanonical` for what other readers would see differently or not at all: lone surrogates, integers
 * beyond 2^53, NaN and infinities, dates, big integers, two keys that become one, more than 64 levels.
 */
export function canonicalText(value: unknown): string {
  const text = canonicalize(plain(value, '$', 0));
  if (text === undefined) throw new NotCanonical('$', 'there is no value');
  return text;
}

function plain(value: unknown, place: string, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new NotCanonical(place, `nested deeper than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return plainString(value, place);
  if (typeof value === 'number') return plainNumber(value, place);
  if (Array.isArray(value)) return value.map((one, index) => plain(one, `${place}[${index}]`, depth + 1));
  if (isPlainObject(value)) return plainObject(value, place, depth);
  throw new NotCanonical(place, `a ${typeof value} has no place in JSON`);
}

function plainString(text: string, place: string): string {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical(place, 'the text contains half of a surrogate pair');
  return text.normalize('NFC');
}

function plainNumber(number: number, place: string): number {
  if (!Number.isFinite(number)) throw new NotCanonical(place, `${number} is not a number of JSON`);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new NotCanonical(place, `${number} is too large to be exact; write it as text`);
  }
  return number;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function plainObject(value: Record<string, unknown>, place: string, depth: number): object {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => {
      const name = plainString(key, `${place}.${key}`);
      return [name, plain(member, `${place}.${name}`, depth + 1)] as const;
    });
  const names = new Set(members.map(([name]) => name));
  if (names.size < members.length) throw new NotCanonical(place, 'two keys are the same in form NFC');
  // Without a prototype, so that a key named `toJSON` or `__proto__` is a key like any other.
  return members.reduce<Record<string, unknown>>(
    (object, [name, member]) => {
      object[name] = member;
      return object;
    },
    Object.create(null) as Record<string, unknown>,
  ); // Object.create is typed any
}
