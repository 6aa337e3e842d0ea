import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotCanonical, canonicalText } from '../../../db/trail/canonical.ts';

test('the examples of RFC 8785 come out byte for byte', () => {
  // RFC 8785, section 3.2.2 and 3.2.4
  const sample = {
    numbers: [Number('333333333.33333329'), 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  const bytes = Buffer.from(canonicalText(sample), 'utf8').toString('hex');
  const expected =
    '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b333333333333' +
    '3333332e333333333333332c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c753030' +
    '30665c6e4127425c225c5c5c5c5c222f227d';
  expect(bytes).toBe(expected);
});

test('keys are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
  const sample = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\u05d3': 'Hebrew Letter Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect(Object.values(JSON.parse(canonicalText(sample)) as object)).toEqual([
    'One', // an integer key comes first in any JavaScript object; the text has it second:
    'Carriage Return',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Hebrew Letter Dalet',
    'Euro Sign',
    'Emoji: Grinning Face',
  ]);
  expect(canonicalText(sample).startsWith('{"\\r":"Carriage Return","1":"One","\u0080"')).toBe(true);
});

test('numbers are written as RFC 8785, appendix B, has them', () => {
  const samples: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-5e-324, '-5e-324'],
    [1.7976931348623157e-300, '1.7976931348623157e-300'],
    [9007199254740991, '9007199254740991'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.3333332, '333333333.3333332'],
    [-0.0000033333333333333333, '-0.0000033333333333333333'],
  ];
  expect(samples.map(([number]) => canonicalText(number))).toEqual(samples.map(([, text]) => text));
});

test('what other readers would see differently is refused', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  const refused = [
    '\udc00',
    { '\ud800': 1 },
    2 ** 53,
    -(2 ** 53),
    1e21,
    NaN,
    Infinity,
    1n,
    new Date(0),
    new Map(),
  ];
  const others = [undefined, () => 1, Symbol('x'), [undefined], { 'e\u0301': 1, '\u00e9': 2 }, loop];
  for (const value of [...refused, ...others]) expect(() => canonicalText(value)).toThrow(NotCanonical);
});

test('keys that mean something to JavaScript are keys like any other', () => {
  const hostile = JSON.parse('{"__proto__":{"admin":true},"toJSON":"x","constructor":1}') as unknown;
  expect(canonicalText(hostile)).toBe('{"__proto__":{"admin":true},"constructor":1,"toJSON":"x"}');
});

test('reading a canonical text back and writing it again changes nothing', () => {
  const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 });
  fc.assert(
    fc.property(json, (value) => {
      let text: string;
      try {
        text = canonicalText(value);
      } catch (thrown) {
        return thrown instanceof NotCanonical;
      }
      return canonicalText(JSON.parse(text)) === text;
    }),
    { numRuns: 200 },
  );
});
