import { epochMs } from '../../main/core/instants.ts';
import type { Instant } from '../../main/core/time.ts';
import type { CustomerSide } from '../../preload/contract/views.ts';
import { counted, duration, utcDateTime, utcMinute } from './format.ts';

/** `in the 24 h before onset`: how far back changes were looked for. */
export function lookedBefore({ looked }: Pick<CustomerSide, 'looked'>, onset: Instant): string {
  return `in the ${duration((epochMs(onset) - epochMs(looked.from)) / 60_000)} before onset`;
}

/** Why nothing can be said, where no record is of the time that was looked at; null when there are some. */
export function nothingLogged({ looked }: Pick<CustomerSide, 'looked'>): string | null {
  if (looked.records > 0) return null;
  return `These logs hold nothing between ${utcDateTime(looked.from)} and ${utcDateTime(looked.to)}, around onset.`;
}

/** Why it cannot be said whether anything was changed; null when a log of changes has records of that time. */
export function changesUnknown(side: Pick<CustomerSide, 'looked' | 'window'>): string | null {
  return side.window === null
    ? 'No log of changes is among these files: whether anything was changed is not known.'
    : nothingLogged(side);
}

/** `12 changes`, `200 changes or more`. */
export function changesRanked({
  changesRanked: { count, isAll },
}: Pick<CustomerSide, 'changesRanked'>): string {
  return isAll ? counted(count, 'change') : `${counted(count, 'change')} or more`;
}

/** `2026-03-04 08:35Z to 09:47Z`; with both days where they differ. */
export function windowWords(from: Instant, to: Instant): string {
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return `${first} ${utcMinute(from)} to ${first === last ? '' : `${last} `}${utcMinute(to)}`;
}
