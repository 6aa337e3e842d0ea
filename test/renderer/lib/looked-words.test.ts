import { expect, test } from 'vitest';
import { addMinutes, Instant } from '../../../main/core/time.ts';
import {
  changesRanked,
  changesUnknown,
  noChangeSeen,
  nothingLogged,
  windowWords,
} from '../../../renderer/lib/looked-words.ts';

const onset = Instant.parse('2026-03-04T09:30:00.000Z');
const looked = (records: number) => ({
  looked: { from: addMinutes(onset, -24 * 60), to: addMinutes(onset, 60), records },
});

const hours = (from: number, to: number) => ({
  ...looked(5),
  window: { from: addMinutes(onset, from * 60), to: addMinutes(onset, to * 60) },
});

test('of a time without records nothing is said', () => {
  expect(nothingLogged(looked(5))).toBeNull();
  expect(nothingLogged(looked(0))).toBe(
    'These logs hold nothing between 2026-03-03 09:30:00Z and 2026-03-04 10:30:00Z, around onset.',
  );
});

test('what was not seen was not seen in the time that the logs of changes cover', () => {
  expect(noChangeSeen(hours(-48, 1), onset)).toBe('No change seen in the 24 h before onset');
  expect(noChangeSeen(hours(-1, 1), onset)).toBe('No change seen in the 60 min before onset');
  expect(noChangeSeen(hours(-2, -1), onset)).toBe('No change seen from 2026-03-04 07:30Z to 08:30Z');
});

test('without a log of changes of that time it is not said that none was seen', () => {
  expect(changesUnknown(hours(-1, 0), onset)).toBeNull();
  expect(changesUnknown({ ...hours(-1, 0), ...looked(0) }, onset)).toBe(nothingLogged(looked(0)));
  expect(changesUnknown({ ...looked(5), window: null }, onset)).toContain(
    'No log of changes is among these files',
  );
  // Other records are of that time, such as alarms; the log of changes is of last week, or begins too late.
  for (const side of [hours(-170, -168), hours(0, 1)])
    expect(changesUnknown(side, onset)).toContain('No log of changes covers any of the 24 h before onset');
});

test('a ranking that was cut short says so', () => {
  expect(changesRanked({ changesRanked: { count: 12, isAll: true } })).toBe('12 changes');
  expect(changesRanked({ changesRanked: { count: 200, isAll: false } })).toBe('200 changes or more');
});

test('a window over several days names both', () => {
  expect(windowWords(addMinutes(onset, -30), onset)).toBe('2026-03-04 09:00Z to 09:30Z');
  expect(windowWords(addMinutes(onset, -24 * 60), onset)).toBe('2026-03-03 09:30Z to 2026-03-04 09:30Z');
});
