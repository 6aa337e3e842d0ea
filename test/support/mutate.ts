import { asObject, type Json } from '../../main/adapters/evidence/json.ts';

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of them. */
export function one<T>(random: () => number, of: readonly T[]): T {
  const chosen = of[Math.floor(random() * of.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}

/** Of the wrong kind, of the right kind but absurd, and what has broken programs before. */
const STRANGE: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e300,
  Number.MAX_SAFE_INTEGER,
  1772616408,
  1772616408120,
  '',
  ' ',
  '\0',
  '\u202E',
  '\uD800',
  '"',
  '{',
  '{"a":',
  '[]',
  [],
  {},
  [[[null]]],
  [null, 1, 'x', {}],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":2,"length":-1}') as Json,
  '__proto__',
  'arn:',
  'arn:aws:::::::::',
  '/subscriptions//providers',
  'projects/',
  '9999-12-31T23:59:59-12:00',
  '0000-01-01T00:00:00+12:00',
  '2026-02-31T25:61:61Z',
  '2026-03-04 09:26:48',
  '{"error":{"code":7,"details":[null]}}',
  '{"properties":{"securityRules":[null,1,{"properties":null}]}}',
  'x'.repeat(5_000),
];

/** The value with some of what it holds exchanged, left out, doubled, or wrapped; `others` are sound values of the same kind. */
export function mutatedValue(value: Json, random: () => number, others: readonly Json[]): Json {
  const rate = one(random, [0.02, 0.1, 0.4]);
  const change = (here: Json, depth: number): Json => {
    if (random() < rate) {
      const kind = random();
      if (kind < 0.7) return one(random, STRANGE);
      if (kind < 0.8) return [here, here];
      if (kind < 0.9) return { value: here };
      return one(random, others);
    }
    if (Array.isArray(here)) return here.map((item: Json) => change(item, depth + 1));
    const object = asObject(here);
    if (object === null) return typeof here === 'string' && random() < rate ? cut(here, random) : here;
    return Object.fromEntries(
      Object.entries(object)
        .filter(() => random() > rate / 2)
        .map(([key, inner]) => [key, change(inner ?? null, depth + 1)]),
    );
  };
  return change(value, 0);
}

function cut(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  return random() < 0.5
    ? text.slice(0, at)
    : `${text.slice(0, at)}${one(random, ['\0', '"', '\n', ':', '/'])}${text.slice(at)}`;
}

const PIECES: readonly Buffer[] = [
  Buffer.from('"'),
  Buffer.from('{'),
  Buffer.from('}'),
  Buffer.from('['),
  Buffer.from(']'),
  Buffer.from('\\'),
  Buffer.from('\0'),
  Buffer.from('\n'),
  Buffer.from('\r\n'),
  Buffer.from(','),
  Buffer.from(';'),
  Buffer.from('{"__proto__":{"a":1}}'),
  Buffer.from('['.repeat(300)),
  Buffer.from('{"a":'.repeat(300)),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xef, 0xbb, 0xbf]),
  Buffer.from([0xc3, 0x28, 0xa0, 0x80]),
  Buffer.from([0x1f, 0x8b, 8, 0]),
];

/** The bytes with a few of them flipped, cut out, doubled, exchanged for signs, or cut off. */
export function mutatedBytes(bytes: Buffer, random: () => number): Buffer {
  let result = Buffer.from(bytes);
  const changes = 1 + Math.floor(random() * 6);
  for (let done = 0; done < changes && result.length > 0; done += 1) {
    const at = Math.floor(random() * result.length);
    const to = Math.min(result.length, at + Math.floor(random() * 200));
    const kind = random();
    if (kind < 0.3) result[at] = Math.floor(random() * 256);
    else if (kind < 0.5)
      result = Buffer.concat([result.subarray(0, at), one(random, PIECES), result.subarray(at)]);
    else if (kind < 0.65) result = Buffer.concat([result.subarray(0, at), result.subarray(to)]);
    else if (kind < 0.8) result = Buffer.concat([result.subarray(0, to), result.subarray(at)]);
    else if (kind < 0.9)
      result = Buffer.concat([result.subarray(0, at), one(random, PIECES), result.subarray(to)]);
    else result = Buffer.from(result.subarray(0, at));
  }
  return result;
}

/** Signs and words that mean something to whoever reads files. */
const WORDS: readonly string[] = [
  ...['{', '}', '[', ']', '"', ':', ',', ';', '\\', '\n', '\r\n', '\t', ' ', '\0', '\uFEFF', '\u2028'],
  ...['null', 'true', '1e999', '-', '0', '2026-03-04T09:26:48Z', '1772616408120', 'arn:aws:iam::1:role/x'],
  ...['"Records"', '"__proto__"', '"constructor"', '"id"', '"eventVersion"', '{"', '"}', '":', '":[', '":{'],
];

/** Up to 600 bytes, signs or words at random. */
export function noise(random: () => number): Buffer {
  const length = Math.floor(random() * 600);
  const kind = random();
  if (kind < 0.3) return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  if (kind < 0.5) return Buffer.from(Array.from({ length }, () => 0x20 + Math.floor(random() * 0x5f)));
  if (kind < 0.6) return Buffer.concat(Array.from({ length: 1 + (length >> 6) }, () => one(random, PIECES)));
  return Buffer.from(Array.from({ length: length >> 2 }, () => one(random, WORDS)).join(''));
}
