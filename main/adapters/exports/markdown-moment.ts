import type { Moment } from '../../core/report/model.ts';
import { sinceOnset, utcText } from '../../core/report/words.ts';
import { addMinutes } from '../../core/time.ts';

/** A moment in full: `2025-06-12 19:02:00Z (21:02 +02:00), T+71 min`; without the local time where that is UTC. */
export function momentText(moment: Moment): string {
  const local = moment.offsetMinutes === 0 ? '' : ` (${localText(moment)})`;
  return `${utcText(moment.at)}${local}, ${sinceOnset(moment.minute)}`;
}

/** The writer's wall clock with its offset: `21:02 +02:00`; with the day before it where that differs from UTC's. */
export function localText({ at, offsetMinutes }: Pick<Moment, 'at' | 'offsetMinutes'>): string {
  const local = addMinutes(at, offsetMinutes);
  const day = local.slice(0, 10) === at.slice(0, 10) ? '' : `${local.slice(0, 10)} `;
  return `${day}${local.slice(11, 16)} ${offsetText(offsetMinutes)}`;
}

/** Values in one cell. */
export function joined(values: readonly string[], as: (value: string) => string): string {
  return values.map(as).join(', ');
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
