import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Container } from '../../../main/adapters/evidence/adapter.ts';
import { objectScanner } from '../../../main/adapters/evidence/scan-objects.ts';

interface Scanned {
  readonly found: readonly { readonly text: string; readonly offset: number }[];
  readonly faults: readonly { readonly offset: number; readonly reason: string }[];
  readonly end: 'whole' | 'cut_off';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Scans the text in pieces that end at the given places. */
function scan(
  container: Container,
  bytes: Buffer,
  cuts: readonly number[] = [],
  { objectBytes = 10_000, guessing = false } = {},
): Scanned {
  const found: { text: string; offset: number }[] = [];
  const faults: { offset: number; reason: string }[] = [];
  const onGuess = (data: Buffer, start: number, end: number, offset: number): boolean => {
    const text = data.toString('utf8', start, end);
    if (!isJson(text)) return false;
    found.push({ text, offset });
    return true;
  };
  const scanner = objectScanner(
    container,
    {
      ...(guessing ? { onGuess } : {}),
      onObject: (data, start, end, offset) => {
        const text = data.toString('utf8', start, end);
        if (!isJson(text)) {
          faults.push({ offset, reason: 'not JSON' });
          return false;
        }
        found.push({ text, offset });
        return true;
      },
      onFault: (offset, reason) => faults.push({ offset, reason }),
    },
    { objectBytes, depth: 20 },
  );
  let from = 0;
  for (const cut of [...cuts, bytes.length].map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b)) {
    if (cut > from) scanner.push(Buffer.from(bytes.subarray(from, cut)));
    from = Math.max(from, cut);
  }
  return { found, faults, end: scanner.finish() };
}

const CONTAINERS: readonly Container[] = [
  { kind: 'wrapped', key: 'Records' },
  { kind: 'list' },
  { kind: 'sequence' },
];

function documentOf(container: Container, objects: readonly string[], space: string): string {
  if (container.kind === 'sequence') return objects.join(`${space}\n`);
  const list = `[${space}${objects.join(`${space},`)}]`;
  return container.kind === 'list'
    ? list
    : `{"x":{"Records":[{"no":1}]},"Records"${space}:${list},"y":["{",{}]}${space}`;
}

const objects = fc.array(
  fc.record({
    id: fc.nat(),
    text: fc.string({ unit: 'grapheme', maxLength: 30 }),
    inner: fc.jsonValue({ maxDepth: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('any sound document', () => {
  test.each(CONTAINERS)(
    'gives its objects with their places, however it is cut into chunks: $kind',
    (container) => {
      fc.assert(
        fc.property(
          objects,
          fc.array(fc.nat(3_000), { maxLength: 30 }),
          fc.constantFrom('', ' ', '\r\n\t'),
          (values, cuts, space) => {
            const texts = values.map((value) => JSON.stringify(value));
            const bytes = Buffer.from(documentOf(container, texts, space));
            const { found, faults, end } = scan(container, bytes, cuts);
            expect(found.map((item) => item.text)).toEqual(texts);
            expect([faults, end]).toEqual([[], 'whole']);
            for (const { text, offset } of found) {
              expect(bytes.toString('utf8', offset, offset + Buffer.byteLength(text))).toBe(text);
            }
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});

describe('any damaged document', () => {
  test.each(CONTAINERS)('is scanned alike however it is cut into chunks: $kind', (container) => {
    const spots = fc.array(fc.record({ at: fc.nat(1_500), byte: fc.integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(objects, spots, fc.array(fc.nat(1_500), { maxLength: 30 }), (values, changes, cuts) => {
        const bytes = Buffer.from(
          documentOf(
            container,
            values.map((value) => JSON.stringify(value)),
            '',
          ),
        );
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        expect(scan(container, bytes, cuts)).toEqual(scan(container, bytes));
      }),
      { numRuns: 500 },
    );
  });
});

describe('guessing where records end', () => {
  /** Bytes that make the most of a difference, and what a record begins with in the middle of another. */
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    '\\',
    ' ',
    '\n',
    '{"id":1',
    '{"id":1},',
    '\0',
    'é',
  );
  const changes = fc.array(fc.record({ at: fc.nat(3_000), piece, instead: fc.boolean() }), { maxLength: 4 });

  test.each(CONTAINERS)('cuts no other way than going through every byte: $kind', (container) => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            objects.map(([value]) => JSON.stringify(value)),
            nested(),
          ),
          { maxLength: 12 },
        ),
        changes,
        fc.array(fc.nat(3_000), { maxLength: 5 }),
        fc.constantFrom('', ' ', '\r\n\t'),
        fc.constantFrom(200, 10_000),
        (texts, edits, cuts, space, objectBytes) => {
          let text = documentOf(container, texts, space);
          for (const edit of edits) {
            const at = edit.at % (text.length + 1);
            text = text.slice(0, at) + edit.piece + text.slice(edit.instead ? at + edit.piece.length : at);
          }
          const bytes = Buffer.from(text);
          const careful = scan(container, bytes, cuts, { objectBytes });
          expect(scan(container, bytes, cuts, { objectBytes, guessing: true })).toEqual(careful);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  /** A record with lists in lists, up to more than may be, or with records in it. */
  function nested(): fc.Arbitrary<string> {
    const lists = fc
      .integer({ min: 15, max: 25 })
      .map((levels) => `{"id":1,"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`);
    return fc.oneof(
      lists,
      fc.constantFrom('{"id":1,"in":{"id":2}}', '{"id":1,"in":[{"id":2},{"id":3}]}', '{}'),
    );
  }

  test('guesses rightly almost always, and goes through the bytes of few records', () => {
    let guessed = 0;
    let cut = 0;
    const scanner = objectScanner(
      { kind: 'list' },
      {
        onGuess: () => (guessed += 1) > 0,
        onObject: () => (cut += 1) > 0,
        onFault: () => undefined,
      },
      { objectBytes: 10_000, depth: 20 },
    );
    scanner.push(Buffer.from(`[${Array.from({ length: 100 }, (_, id) => `{"id":${id}}`).join(',')}]`));
    expect([guessed, cut, scanner.finish()]).toEqual([98, 2, 'whole']);
  });
});

describe('one damaged record among many', () => {
  const record = (id: number): string => `{"id":${id},"name":"x","list":[1,{"a":"}"}]}`;
  const ids = (scanned: Scanned): readonly number[] =>
    scanned.found.map((item) => (JSON.parse(item.text) as { id: number }).id);
  const others = [1, 2, 4, 5];

  test.each<[string, string]>([
    ['a quote too few', '{"id":3,"name:"x"}'],
    ['a quote too many', '{"id":3,"na"me":"x"}'],
    ['a brace too few', '{"id":3,"name":{"x":1}'],
    ['a brace too many', '{"id":3}}'],
    ['a bracket too many', '{"id":3]}'],
    ['a text instead', '"three"'],
    ['a list instead', '[{"id":3}]'],
    ['a number instead', '3'],
    ['nothing but a NUL', '\0'],
    ['too long a record', `{"id":3,"name":"${'x'.repeat(20_000)}"}`],
    ['too deep a record', `{"id":3,"name":${'['.repeat(50)}${']'.repeat(50)}}`],
  ])('does not take the others with it: %s', (_case, damaged) => {
    for (const container of CONTAINERS) {
      const texts = [record(1), record(2), damaged, record(4), record(5)];
      const scanned = scan(container, Buffer.from(documentOf(container, texts, '')), [700, 1_400]);
      expect([container.kind, ids(scanned).filter((id) => id !== 3)]).toEqual([container.kind, others]);
      expect(scanned.faults.length).toBeGreaterThan(0);
    }
  });
});

describe('a document with lists of its own', () => {
  test('gives the records of each list that is wanted, and of no other', () => {
    const container: Container = { kind: 'wrapped', key: 'A', also: ['LongerB'] };
    const text = '{"C":[{"id":0}],"A":[{"id":1},{"id":2}],"x":{"LongerB":[{"id":0}]},"LongerB":[{"id":3}]}';
    for (const cuts of [[], [5, 17, 20, 61, 70, 80]]) {
      const { found, faults, end } = scan(container, Buffer.from(text), cuts);
      expect(found.map((item) => item.text)).toEqual(['{"id":1}', '{"id":2}', '{"id":3}']);
      expect([faults, end]).toEqual([[], 'whole']);
    }
  });

  test('gives records that are lists, and goes on after a damaged one', () => {
    const container: Container = { kind: 'wrapped', key: 'results', items: 'lists' };
    const text =
      '{"results":[[{"f":1},{"f":2}],[{"f":3}],[{"f":"x},{"f":4}],{"f":9},[{"f":5}]],"status":[[1]]}';
    for (const cuts of [[], [13, 30, 44, 60]]) {
      const { found, faults } = scan(container, Buffer.from(text), cuts);
      expect(found.map((item) => item.text)).toEqual(['[{"f":1},{"f":2}]', '[{"f":3}]', '[{"f":5}]']);
      expect(faults.length).toBeGreaterThan(0);
    }
  });
});

describe('what stands outside of the list', () => {
  const list: Container = { kind: 'list' };
  const wrapped: Container = { kind: 'wrapped', key: 'Records' };
  const texts = (scanned: Scanned): string[] => scanned.found.map(({ text }) => text);
  const [a, b, c] = ['{"id":"a"}', '{"id":"b"}', '{"id":"c"}'];

  test('records that stand alone before and behind a list are found', () => {
    const scanned = scan(list, Buffer.from(`${a}\n[${b}]\n${c}`));
    expect(texts(scanned)).toEqual([a, b, c]);
    expect(scanned.faults.map(({ reason }) => reason)).toEqual(['a list where a record should begin']);
  });

  test('an outermost object without the list is told with its place', () => {
    const before = `{"Records":[${a}]}\n`;
    const scanned = scan(wrapped, Buffer.from(`${before}{"message":"denied"}\n{"Records":[${b}]}`));
    expect(texts(scanned)).toEqual([a, b]);
    expect(scanned.faults).toEqual([
      { offset: before.length, reason: 'an object without a list under Records' },
    ]);
  });

  test('a bracket too many costs what stands at it, and not all that follows', () => {
    const scanned = scan(wrapped, Buffer.from(`{"Records":[${a},]x"y\\":[{${b}","n":1},${c}]}`));
    expect(texts(scanned)).toEqual([a, b, c]);
    expect(scanned.faults[0]).toEqual({
      offset: `{"Records":[${a},]`.length,
      reason: 'the character x where it cannot stand, outside of the records',
    });
  });

  test.each([']]', '][', '],[', '],"n":[]]', '],"n":' + '['.repeat(30)])(
    'what a list cannot end with, such as %s, costs what stands there',
    (end) => {
      const scanned = scan(wrapped, Buffer.from(`{"Records":[${a}${end},${b}]}`));
      expect(texts(scanned)).toEqual([a, b]);
      expect(scanned.faults.map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/where it cannot stand, outside of the records$/),
      ]);
    },
  );

  test('what stands in other parts of a sound document is no damage', () => {
    const text = `{"Records":[${a},${b}],"others":[{"x":[{"id":"c"}]}],"n":-1.5e3,"t":null}`;
    expect(scan(wrapped, Buffer.from(`${text}\n\0\0`))).toMatchObject({ faults: [], end: 'whole' });
  });

  test('a text that is not closed ends where the next record begins', () => {
    const scanned = scan(list, Buffer.from(`[${a}],"n":"x,\n${b}]`));
    expect(texts(scanned)).toEqual([a, b]);
    expect(scanned.faults.map(({ reason }) => reason)).toEqual([
      'a text that does not end before the next record begins',
    ]);
  });

  test('a list of lists that is not closed loses itself alone', () => {
    const lists: Container = { kind: 'wrapped', key: 'results', items: 'lists' };
    const [x, y] = ['[{"field":"x"}]', '[{"field":"y"}]'];
    const scanned = scan(lists, Buffer.from(`{"results":[${x},[{"field":"z"},${y}]}`));
    expect(texts(scanned)).toEqual([x, y]);
    expect(scanned.faults.map(({ reason }) => reason)).toEqual([
      'damaged: it does not end before the next record begins',
    ]);
  });
});
