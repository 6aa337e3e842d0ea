import type { Instant } from '../../main/core/time.ts';
import { epochMs } from '../../main/core/instants.ts';

const MINUS = '−';
const two = (value: number): string => String(value).padStart(2, '0');

/** `14:03:22Z` */
export function utcTime(at: Instant): string {
  return `${at.slice(11, 19)}Z`;
}

/** `14:03Z` */
export function utcMinute(at: Instant): string {
  return `${at.slice(11, 16)}Z`;
}

/** `2025-06-12 14:03:22Z` */
export function utcDateTime(at: Instant): string {
  return `${at.slice(0, 10)} ${utcTime(at)}`;
}

/** `2025-06-12` on the clock of this machine. */
function localDate(at: Instant): string {
  const date = new Date(epochMs(at));
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `16:03` on the clock of this machine. */
export function localMinute(at: Instant): string {
  const date = new Date(epochMs(at));
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `16:03:22` on the clock of this machine. */
export function localTime(at: Instant): string {
  return `${localMinute(at)}:${two(new Date(epochMs(at)).getSeconds())}`;
}

/** `2025-06-12 16:03:22` on the clock of this machine. */
export function localDateTime(at: Instant): string {
  return `${localDate(at)} ${localTime(at)}`;
}

/** How far this machine's clock stands from UTC at that moment: `UTC+02:00`, or `UTC`. */
export function localOffset(at: Instant): string {
  const minutes = -new Date(epochMs(at)).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const absolute = Math.abs(minutes);
  return `UTC${minutes > 0 ? '+' : MINUS}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/** A length of time from minutes: `43 min`, `5 h 12 min`, `3 d 4 h`; below a minute `19 s`. Never negative. */
export function duration(minutes: number): string {
  const seconds = Math.floor(Math.abs(minutes) * 60);
  if (seconds < 60) return `${seconds} s`;
  const whole = Math.floor(seconds / 60);
  if (whole < 180) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  if (hours < 48) return whole % 60 === 0 ? `${hours} h` : `${hours} h ${whole % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** Minutes since onset as people say them: `T+71 min`, `T−19 s`, `T+0 min`. */
export function sinceOnset(minutes: number): string {
  if (Math.abs(minutes) < 1 / 60) return 'T+0 min';
  if (minutes > 0 && minutes < 1) return 'T+0 min';
  return `T${minutes < 0 ? MINUS : '+'}${duration(minutes)}`;
}

/** A span for a countdown, from milliseconds: `04:12`, `1:04:12`. Never negative. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** `2 min ago`, `just now` below five seconds, `in 4 min` for what is still to come. */
export function age(at: Instant, now: Instant): string {
  const minutes = (epochMs(now) - epochMs(at)) / 60_000;
  if (Math.abs(minutes) < 5 / 60) return 'just now';
  return minutes > 0 ? `${duration(minutes)} ago` : `in ${duration(minutes)}`;
}

/** `512 B`, `26.2 KB`, `1.4 MB`: 1 KB is 1000 bytes. */
export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? 'B'}`;
}

/** A probability from 0 to 1 as `86 %`; what is neither nothing nor certain never reads as 0 % or 100 %. */
export function percent(probability: number): string {
  const whole = Math.round(probability * 100);
  if (whole === 0 && probability > 0) return '< 1 %';
  if (whole === 100 && probability < 1) return '> 99 %';
  return `${whole} %`;
}

/** `1,974` */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}

/** `1 entry`, `3 entries`: the number with its noun. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The first and last digits of a hash, for the eye; copy buttons carry the whole. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}
