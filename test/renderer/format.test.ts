import { describe, expect, it } from 'vitest';
import type { Instant } from '../../main/core/time.ts';
import {
  age,
  bytes,
  countdown,
  counted,
  duration,
  localDateTime,
  localMinute,
  localOffset,
  percent,
  shortHash,
  sinceOnset,
  utcDateTime,
  utcMinute,
  utcTime,
} from '../../renderer/lib/format.ts';
import { epochMs, instantOf } from '../../main/core/instants.ts';

const at = (text: string): Instant => instantOf(Date.parse(text));

describe('times', () => {
  it('are written in UTC with a Z', () => {
    const moment = at('2025-06-12T17:51:09.123Z');
    expect([utcTime(moment), utcMinute(moment), utcDateTime(moment)]).toEqual([
      '17:51:09Z',
      '17:51Z',
      '2025-06-12 17:51:09Z',
    ]);
  });

  it('are written on this machine’s clock with its distance from UTC', () => {
    const moment = at('2025-06-12T17:51:09.000Z');
    const offsetMs = -new Date(epochMs(moment)).getTimezoneOffset() * 60_000;
    const shifted = new Date(epochMs(moment) + offsetMs).toISOString();
    const [hours, minutes] = [Math.floor(Math.abs(offsetMs) / 3_600_000), (Math.abs(offsetMs) / 60_000) % 60];
    const offset = `${offsetMs > 0 ? '+' : '−'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
    expect([localMinute(moment), localDateTime(moment), localOffset(moment)]).toEqual([
      shifted.slice(11, 16),
      `${shifted.slice(0, 10)} ${shifted.slice(11, 19)}`,
      offsetMs === 0 ? 'UTC' : `UTC${offset}`,
    ]);
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 s'],
    [19 / 60, '19 s'],
    [71.9, '71 min'],
    [179, '179 min'],
    [180, '3 h'],
    [312, '5 h 12 min'],
    [48 * 60, '2 d'],
    [76 * 60, '3 d 4 h'],
  ])('%d minutes read as %s', (minutes, text) => {
    expect(duration(minutes)).toBe(text);
  });

  it.each([
    [0, 'T+0 min'],
    [0.5, 'T+0 min'],
    [71, 'T+71 min'],
    [-12, 'T−12 min'],
    [-19 / 60, 'T−19 s'],
  ])('%d minutes since onset read as %s', (minutes, text) => {
    expect(sinceOnset(minutes)).toBe(text);
  });

  it.each([
    [252_000, '04:12'],
    [999, '00:00'],
    [3_852_000, '1:04:12'],
    [-61_000, '01:01'],
  ])('%d ms count down as %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });

  it('say how long ago, or how long still', () => {
    const now = at('2025-06-12T18:00:00Z');
    expect([
      age(at('2025-06-12T17:58:00Z'), now),
      age(at('2025-06-12T17:59:57Z'), now),
      age(at('2025-06-12T18:04:00Z'), now),
    ]).toEqual(['2 min ago', 'just now', 'in 4 min']);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0 %'],
    [0.001, '< 1 %'],
    [0.864, '86 %'],
    [0.9999, '> 99 %'],
    [1, '100 %'],
  ])('a probability of %d reads as %s', (probability, text) => {
    expect(percent(probability)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [26_240, '26.2 KB'],
    [1_400_000_000, '1.4 GB'],
  ])('%d bytes read as %s', (size, text) => {
    expect(bytes(size)).toBe(text);
  });

  it('come with their noun in the right number', () => {
    expect([counted(1, 'entry', 'entries'), counted(1974, 'event')]).toEqual(['1 entry', '1,974 events']);
  });

  it('shorten a hash and leave a short one alone', () => {
    expect([shortHash('ab'.repeat(32)), shortHash('abc')]).toEqual(['abababab…abab', 'abc']);
  });
});
