import { epochMs, type Instant } from '../time.ts';

/** `12:22` of an instant, UTC. */
export function clockOf(at: Instant): string {
  return at.slice(11, 16);
}

/** `11:42 and 12:38 UTC`, with the dates when they differ; for "between ...". */
export function betweenWords(from: Instant, to: Instant): string {
  return from.slice(0, 10) === to.slice(0, 10)
    ? `${clockOf(from)} and ${clockOf(to)} UTC`
    : `${dayAndClock(from)} and ${dayAndClock(to)} UTC`;
}

/** `2023-07-10 11:42` of an instant, UTC. */
export function dayAndClock(at: Instant): string {
  return `${at.slice(0, 10)} ${clockOf(at)}`;
}

/** A length of time as people say it: `19 seconds`, `13 minutes`, `2 h 10 min`, `3 d 4 h`. */
export function lengthWords(from: Instant, to: Instant): string {
  const seconds = Math.round(Math.abs(epochMs(to) - epochMs(from)) / 1000);
  if (seconds < 90) return counted(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `1 call`, `3 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** The last part of an ARN or path, which is the part people know. */
export function shortName(principal: string): string {
  return principal.slice(Math.max(principal.lastIndexOf('/'), principal.lastIndexOf(':')) + 1);
}
