import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, table, text, visible } from '../../../main/adapters/exports/markdown-text.ts';

/** What breaks out of Markdown, hides in it, or makes it point somewhere. */
const NASTY = [
  '|',
  '\\',
  '`',
  '\n',
  '\r\n',
  '\t',
  '<',
  '>',
  '&',
  '*',
  '_',
  '~',
  '[',
  ']',
  '(',
  ')',
  '!',
  '#',
  '-',
  '+',
  '1.',
  '[x](javascript:alert(1))',
  '![](https://evil.example/p.png)',
  '<script>alert(1)</script>',
  '<!--',
  '-->',
  '&#124;',
  '```',
  '~~~',
  '---',
  '| --- |',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u0007',
  '\u001b[31m',
  '\ud800',
  '\u2028',
  '{{ x }}',
  '$a$',
  'www.evil.example',
  'https://evil.example',
  'é',
  '👩‍💻',
  ' ',
  'a',
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 3 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Reads back what a CommonMark reader shows: backslash escapes and the references we write. */
function shown(markdown: string): string {
  return markdown.replace(
    /\\([!-/:-@[-`{-~])|&(amp|lt|gt|#124);/g,
    (_, escaped: string | undefined, name: string) =>
      escaped ?? { amp: '&', lt: '<', gt: '>', '#124': '|' }[name] ?? '',
  );
}

/** The cells of a row as GitHub's tables split it: at every bar that no backslash precedes. */
function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/u;

describe('text of others', () => {
  test('is shown as it is: what a reader sees is what was written', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(shown(text(value))).toBe(visible(value).trim());
      }),
      { numRuns: 2000 },
    );
  });

  test('leaves nothing of Markdown’s own punctuation alive', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const plain = text(value)
          .replace(/\\[!-/:-@[-`{-~]/g, 'x')
          .replace(/&(?:amp|lt|gt|#124);/g, 'x');
        expect(plain).not.toMatch(/[|<>&`*_~[\]{}$!#\\]|:\/\/|^[-+=]|^\d+[.)]/);
      }),
      { numRuns: 2000 },
    );
  });

  test('has no line break and no invisible character', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(text(value)).not.toMatch(UNSEEN);
        expect(code(value)).not.toMatch(UNSEEN);
      }),
      { numRuns: 2000 },
    );
  });

  test('stays in its cell: a row has as many cells as its head, on one line', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty), { minLength: 1, maxLength: 5 }), (values) => {
        const lines = table(
          ['One', 'Two'],
          values.map(([one, two]) => [text(one), code(two)]),
        );
        expect(lines).toHaveLength(values.length + 3);
        for (const line of lines.slice(0, -1)) {
          expect(line).not.toContain('\n');
          expect(cellsOf(line)).toHaveLength(2);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('code holds no backtick, bar, backslash or angle bracket of others', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const shownCode = code(value);
        const inner = /^`(.*)`$/s.exec(shownCode)?.[1];
        if (inner === undefined) expect(shownCode).toBe(text(value));
        else expect(inner).not.toMatch(/[`|\\<>&]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('by example', () => {
  test.each([
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['![p](https://evil.example/p.png)', '\\!\\[p\\](https\\://evil.example/p.png)'],
    ['a | b', 'a &#124; b'],
    ['a \\| b', 'a \\\\&#124; b'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['one\ntwo\r\nthree', 'one ⏎ two ⏎ three'],
    ['# not a heading', '\\# not a heading'],
    ['- not a list', '\\- not a list'],
    ['12. not a list', '12\\. not a list'],
    ['C# and F#', 'C\\# and F\\#'],
    ['gpj.\u202eexe', 'gpj.‹U+202E›exe'],
    ['ad\u200bmin', 'ad‹U+200B›min'],
    ['bell\u0007', 'bell‹U+0007›'],
    ['half \ud800', 'half ‹U+D800›'],
    ['نمی\u200cخواهم', 'نمی\u200cخواهم'],
    ['👩\u200d💻', '👩\u200d💻'],
    ['ad\u200dmin', 'ad‹U+200D›min'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['  spaces  ', 'spaces'],
  ])('%j', (value, expected) => {
    expect(text(value)).toBe(expected);
  });

  test('an identifier is code; one that code cannot hold everywhere is text', () => {
    expect([code('arn:aws:s3:::b'), code('a`b'), code('a|b'), code('')]).toEqual([
      '`arn:aws:s3:::b`',
      'a\\`b',
      'a&#124;b',
      '',
    ]);
  });

  test('a table without rows is none', () => {
    expect(table(['A'], [])).toEqual([]);
  });
});
