import { expect, test } from 'vitest';
import { addMinutes, Instant } from '../../../main/core/time.ts';
import {
  changesRanked,
  changesUnknown,
  lookedBefore,
  nothingLogged,
  windowWords,
} from '../../../renderer/lib/looked-words.ts';

const onset = Instant.parse('2026-03-04T09:30:00.000Z');
const looked = (records: number) => ({
  looked: { from: addMinutes(onset, -24 * 60), to: addMinutes(onset, 60), records },
});

test('what was not seen was not seen in a time, and of a time without records nothing is said', () => {
  expect(lookedBefore(looked(5), onset)).toBe('in the 24 h before onset');
  expect(nothingLogged(looked(5))).toBeNull();
  expect(nothingLogged(looked(0))).toBe(
    'These logs hold nothing between 2026-03-03 09:30:00Z and 2026-03-04 10:30:00Z, around onset.',
  );
});

test('without a log of changes it is not said that none was seen', () => {
  const window = { from: addMinutes(onset, -60), to: onset };
  expect(changesUnknown({ ...looked(5), window })).toBeNull();
  expect(changesUnknown({ ...looked(0), window })).toBe(nothingLogged(looked(0)));
  expect(changesUnknown({ ...looked(5), window: null })).toContain('No log of changes is among these files');
});

test('a ranking that was cut short says so', () => {
  expect(changesRanked({ changesRanked: { count: 12, isAll: true } })).toBe('12 changes');
  expect(changesRanked({ changesRanked: { count: 200, isAll: false } })).toBe('200 changes or more');
});

test('a window over several days names both', () => {
  expect(windowWords(addMinutes(onset, -30), onset)).toBe('2026-03-04 09:00Z to 09:30Z');
  expect(windowWords(addMinutes(onset, -24 * 60), onset)).toBe('2026-03-03 09:30Z to 2026-03-04 09:30Z');
});
