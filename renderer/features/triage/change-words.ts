import { duration } from '../../lib/format.ts';

/** How many minutes before onset, as the list of changes shows it: `−19 s`, `−13 min` for 12.9. */
export function beforeOnset(minutesBefore: number): string {
  const whole = Math.abs(minutesBefore) < 1 ? minutesBefore : Math.round(minutesBefore);
  return `${minutesBefore < 0 ? '+' : '−'}${duration(whole)}`;
}
