import { expect, test } from 'vitest';
import { counted, percent, sinceOnset, utcText } from '../../../main/core/report/words.ts';
import { Instant } from '../../../main/core/time.ts';

test('minutes since onset are whole, with their sign, and days beyond two of them', () => {
  expect([0, 0.9, -0.5, 71.9, -12, 2879, 2880, -4330].map(sinceOnset)).toEqual([
    'T+0 min',
    'T+0 min',
    'T+0 min',
    'T+71 min',
    'T-12 min',
    'T+2879 min',
    'T+2 d 00:00',
    'T-3 d 00:10',
  ]);
});

test('an instant is shown in UTC to the second', () => {
  expect(utcText(Instant.parse('2025-06-12T17:51:09.987Z'))).toBe('2025-06-12 17:51:09Z');
});

test('a probability never claims certainty that is not there', () => {
  expect([0, 0.001, 0.005, 0.864, 0.999, 1].map(percent)).toEqual([
    '0 %',
    '<1 %',
    '1 %',
    '86 %',
    '>99 %',
    '100 %',
  ]);
});

test('numbers of things have their noun and their thousands apart', () => {
  expect([
    counted(1, 'entry', 'entries'),
    counted(1974, 'byte', 'bytes'),
    counted(1234567, 'a', 'b'),
  ]).toEqual(['1 entry', '1,974 bytes', '1,234,567 b']);
});
