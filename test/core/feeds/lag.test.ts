import { expect, test } from 'vitest';
import { firstWordLag, silenceInWords } from '../../../main/core/feeds/lag.ts';

test('a silent page gains weight with age and never says nothing of its basis', () => {
  const weights = [0, 29, 45, 46, 69, 70, 134, 600].map((minute) => [
    silenceInWords('gcp', minute).weight,
    silenceInWords('aws', minute).weight,
    silenceInWords('other', minute).weight,
  ]);
  expect(weights).toEqual([
    ['none', 'none', 'none'],
    ['none', 'none', 'none'],
    ['none', 'none', 'little'],
    ['none', 'little', 'little'],
    ['little', 'little', 'some'],
    ['little', 'some', 'some'],
    ['some', 'some', 'some'],
    ['some', 'some', 'some'],
  ]);
});

test('the words name the minute and the measurement', () => {
  expect([12, 90, 240].map((minute) => silenceInWords('gcp', minute).words)).toEqual([
    'At minute 12 a silent page says nothing: half of the first public words of Google Cloud came after 69 minutes (210 measured).',
    'At minute 90 a silent page says little: half of the first public words of Google Cloud came after 69 minutes (210 measured), a quarter after 134.',
    'At minute 240 a silent page says something, but proves nothing: half of the first public words of Google Cloud came after 69 minutes (210 measured), and many incidents never reach a page.',
  ]);
});

test('after days nobody counts minutes', () => {
  expect(silenceInWords('gcp', 3 * 1440 + 5).words).toMatch(/^After 3 days a silent page says something/);
});

test('the source of the figures is said beside them', () => {
  expect((['gcp', 'aws', 'azure'] as const).map((provider) => silenceInWords(provider, 90).source)).toEqual([
    'Measured on its incidents.json of 2020 to 2026, in public 15-minute snapshots.',
    'Measured on AWS events of 2020 to 2026, the first post against the start that AWS stated.',
    'Measured on public incidents of all providers, five of the twelve partly from memory.',
  ]);
});

test('figures are per provider, and per severity where measured', () => {
  expect([
    firstWordLag('gcp').half,
    firstWordLag('gcp', 'outage').half,
    firstWordLag('gcp', 'unknown').half,
    firstWordLag('aws', 'outage').half,
    firstWordLag('azure').of,
  ]).toEqual([69, 116, 69, 46, 'all providers']);
});
