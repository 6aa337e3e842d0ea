import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDateTime, utcDateTime } from '../../renderer/lib/format.ts';
import { instantOf } from '../../main/core/instants.ts';
import { parseWhen, type Clock } from '../../renderer/features/incidents/when.ts';

const NOW = instantOf(Date.UTC(2025, 5, 12, 18, 34, 10));

function read(text: string, clock: Clock = 'utc'): string {
  const when = parseWhen(text, NOW, clock);
  return 'at' in when ? when.at : when.fault;
}

describe('an onset as it is typed', () => {
  it.each([
    ['now', '2025-06-12T18:34:00.000Z'],
    ['15', '2025-06-12T18:19:00.000Z'],
    ['15 min ago', '2025-06-12T18:19:00.000Z'],
    ['-90 m', '2025-06-12T17:04:00.000Z'],
    ['2 h ago', '2025-06-12T16:34:00.000Z'],
    ['17:51', '2025-06-12T17:51:00.000Z'],
    ['17:51Z', '2025-06-12T17:51:00.000Z'],
    ['17:51:30 utc', '2025-06-12T17:51:30.000Z'],
    ['19:51+02:00', '2025-06-12T17:51:00.000Z'],
    ['2025-06-12 19:51 +0200', '2025-06-12T17:51:00.000Z'],
    ['2025-06-11T17:51Z', '2025-06-11T17:51:00.000Z'],
    [' 2025-06-12 17:51:00Z ', '2025-06-12T17:51:00.000Z'],
  ])('%s is read', (text, at) => {
    expect(read(text)).toBe(at);
  });

  it('means yesterday when that time is still to come today', () => {
    expect(read('23:50')).toBe('2025-06-11T23:50:00.000Z');
    expect(read('00:10+09:00')).toBe('2025-06-12T15:10:00.000Z');
  });

  it('means the machine’s own clock where that was chosen or said', () => {
    const typed = localDateTime(instantOf(Date.UTC(2025, 5, 10, 17, 51)));
    expect([
      read(typed, 'local'),
      read(`${typed} local`, 'utc'),
      read(`${typed}Z`, 'local').slice(0, 16),
    ]).toEqual([
      '2025-06-10T17:51:00.000Z',
      '2025-06-10T17:51:00.000Z',
      typed.slice(0, 16).replace(' ', 'T'),
    ]);
  });

  it.each([
    ['', 'When did it begin?'],
    ['this morning', 'is not a time'],
    ['25:00', 'no such time of day'],
    ['17:61', 'no such time of day'],
    ['2025-02-30 10:00', 'no such day'],
    ['2025-13-01 10:00', 'no such day'],
    ['2025-06-12 18:40Z', 'still to come'],
  ])('%j is refused with a reason', (text, reason) => {
    expect(read(text)).toContain(reason);
  });

  it('comes back the same from what the interface writes, on both clocks', () => {
    const seconds = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2025, 5, 12) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const at = instantOf(second * 1000);
        expect(read(utcDateTime(at))).toBe(at);
        // An hour that a clock change shows twice may come back as the other one of the two.
        const local = read(localDateTime(at), 'local');
        expect(localDateTime(instantOf(Date.parse(local)))).toBe(localDateTime(at));
      }),
    );
  });
});
