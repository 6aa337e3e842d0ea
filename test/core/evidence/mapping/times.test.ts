import { describe, expect, test } from 'vitest';
import { readTime, type TimeSense } from '../../../../main/core/evidence/mapping/times.ts';

const SENSE: TimeSense = { zone: 'UTC', order: 'dmy', reference: Date.parse('2026-03-05T00:00:00Z') };

describe('times of logs', () => {
  test.each([
    ['2026-03-04T09:26:48Z', '2026-03-04T09:26:48.000Z'],
    ['2026-03-04T09:26:48.120345678+02:00', '2026-03-04T07:26:48.120Z'],
    ['2026-03-04 09:26:48,120 +0200', '2026-03-04T07:26:48.120Z'],
    ['2026-03-04 09:26:48 UTC', '2026-03-04T09:26:48.000Z'],
    ['04/Mar/2026:09:26:48 -0700', '2026-03-04T16:26:48.000Z'],
    ['Wed, 4 Mar 2026 09:26:48 GMT', '2026-03-04T09:26:48.000Z'],
    ['1772616408', '2026-03-04T09:26:48.000Z'],
    ['1772616408.25', '2026-03-04T09:26:48.250Z'],
    ['1772616408120', '2026-03-04T09:26:48.120Z'],
    ['1772616408120345', '2026-03-04T09:26:48.120Z'],
    ['1772616408120345678', '2026-03-04T09:26:48.120Z'],
  ])('%s says all of itself', (text, at) => {
    expect(readTime(text, SENSE)).toEqual({ at, zoned: true, yearless: false, ordered: false });
  });

  test.each([
    ['2026-03-04 09:26:48', 'UTC', '2026-03-04T09:26:48.000Z'],
    ['2026-03-04 09:26', '+02:00', '2026-03-04T07:26:00.000Z'],
    ['2026/03/04 09:26:48', 'Europe/Berlin', '2026-03-04T08:26:48.000Z'],
    ['2026-07-04T09:26:48.5', 'Europe/Berlin', '2026-07-04T07:26:48.500Z'],
    ['Wed Mar  4 09:26:48.120 2026', 'America/New_York', '2026-03-04T14:26:48.120Z'],
    // Clocks were set back at 03:00: 02:30 came twice, the first is meant.
    ['2025-10-26 02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
    ['2025-10-26 03:30:00', 'Europe/Berlin', '2025-10-26T02:30:00.000Z'],
    // Clocks were set forward at 02:00: 02:30 did not come.
    ['2025-03-30 02:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
    ['2025-03-30 03:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
  ])('%s is read in the zone %s', (text, zone, at) => {
    expect(readTime(text, { ...SENSE, zone })).toEqual({ at, zoned: false, yearless: false, ordered: false });
  });

  test.each([
    ['dmy', '03/04/2026 09:26:48', '2026-04-03T09:26:48.000Z'],
    ['mdy', '03/04/2026 09:26:48', '2026-03-04T09:26:48.000Z'],
    ['mdy', '3/4/2026, 9:26:48 PM', '2026-03-04T21:26:48.000Z'],
    ['mdy', '3/4/2026 12:05 AM', '2026-03-04T00:05:00.000Z'],
    ['dmy', '04.03.2026 09:26', '2026-03-04T09:26:00.000Z'],
  ] as const)('with days and months as %s, %s is %s', (order, text, at) => {
    expect(readTime(text, { ...SENSE, order })).toMatchObject({ at, ordered: true });
  });

  test.each([
    ['Mar  4 09:26:48', '2026-03-04T09:26:48.000Z'],
    // A clock may be ahead of that of the file system, by less than a day.
    ['Mar  5 09:26:48', '2026-03-05T09:26:48.000Z'],
    ['Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
    ['Feb 29 12:00:00', '2024-02-29T12:00:00.000Z'],
  ])('%s without a year is the latest that can be', (text, at) => {
    expect(readTime(text, SENSE)).toMatchObject({ at, yearless: true });
  });

  test.each([
    '2026-02-31 10:00:00',
    '2026-13-01T10:00:00Z',
    '2026-03-04',
    '25:61',
    '2026-03-04 25:00:00',
    'yesterday at noon',
    '111122223333',
    '9999999999999999999',
    '9999-12-31T23:59:59-12:00',
    '',
  ])('%j is no moment', (text) => {
    expect(readTime(text, SENSE)).toBe(null);
  });
});
