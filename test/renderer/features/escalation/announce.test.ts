import { describe, expect, it } from 'vitest';
import { announcement, type Announcement } from '../../../../renderer/features/escalation/announce.ts';

/** Everything a countdown says from `fromSeconds` to `toSeconds` before its deadline, one tick a second. */
function heard(fromSeconds: number, toSeconds: number): { left: number; said: Announcement }[] {
  const said: { left: number; said: Announcement }[] = [];
  let before: number | null = null;
  for (let left = fromSeconds; left >= toSeconds; left -= 1) {
    const one = announcement('Call the lead', before, left * 1000);
    if (one !== null) said.push({ left, said: one });
    before = left * 1000;
  }
  return said;
}

describe('announcement', () => {
  it('speaks five times in a quarter of an hour and its aftermath, and interrupts only at the deadline', () => {
    expect(heard(900, -600)).toEqual([
      { left: 600, said: { how: 'polite', text: '10 minutes left: Call the lead.' } },
      { left: 300, said: { how: 'polite', text: '5 minutes left: Call the lead.' } },
      { left: 120, said: { how: 'polite', text: '2 minutes left: Call the lead.' } },
      { left: 60, said: { how: 'polite', text: '1 minute left: Call the lead.' } },
      { left: 0, said: { how: 'assertive', text: 'Overdue: Call the lead.' } },
    ]);
  });

  it('says the nearest only when a sleep or a fast clock jumps over several', () => {
    expect(announcement('Call', 700_000, 110_000)?.text).toBe('2 minutes left: Call.');
    expect(announcement('Call', 700_000, -5000)).toEqual({ how: 'assertive', text: 'Overdue: Call.' });
  });

  it('says at once after a restart that something is overdue, and nothing of what is not', () => {
    expect(announcement('Call', null, -60_000)).toEqual({ how: 'assertive', text: 'Overdue: Call.' });
    expect(announcement('Call', null, 90_000)).toBeNull();
  });
});
