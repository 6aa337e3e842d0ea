import { describe, expect, it } from 'vitest';
import { bindingsOf, isSingleKey, keyCaps } from '../../renderer/lib/keys.ts';

describe('keys', () => {
  it.each([
    ['h', true],
    ['g t', true],
    ['?', true],
    ['Enter', true],
    ['Shift+n', true],
    ['$mod+k', false],
    ['$mod+Enter', false],
    ['Alt+Shift+x', false],
  ])('%s alone: %s', (keys, single) => {
    expect(isSingleKey(keys)).toBe(single);
  });

  it('take punctuation and digits with and without Shift, since keyboards differ', () => {
    expect([bindingsOf('?'), bindingsOf('1'), bindingsOf('h'), bindingsOf('g t')]).toEqual([
      ['?', 'Shift+?'],
      ['1', 'Shift+1'],
      ['h'],
      ['g t'],
    ]);
  });

  it('are drawn as they stand on the keyboard', () => {
    expect([
      keyCaps('$mod+k', false),
      keyCaps('$mod+k', true),
      keyCaps('g t', false),
      keyCaps('Escape', false),
    ]).toEqual([['Ctrl', 'K'], ['⌘', 'K'], ['G', 'T'], ['Esc']]);
  });
});
