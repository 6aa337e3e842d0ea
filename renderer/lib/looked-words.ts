import { epochMs } from '../../main/core/instants.ts';
import type { Instant } from '../../main/core/time.ts';
import type { CustomerSide } from '../../preload/contract/views.ts';
import { counted, duration, utcDateTime, utcMinute } from './format.ts';

type Seen = Pick<CustomerSide, 'looked' | 'window'>;

/** The part of the time before onset that was looked at and that a log of changes covers; null when there is none. */
function seenBefore({ looked, window }: Seen, onset: Instant): { from: Instant; to: Instant } | null {
  if (window === null || window.to < looked.from || window.from >= onset) return null;
  return {
    from: window.from > looked.from ? window.from : looked.from,
    to: window.to < onset ? window.to : onset,
  };
}

/** `No change seen in the 24 h before onset`; of less, where the logs begin later or end before. */
export function noChangeSeen(side: Seen, onset: Instant): string {
  const { from, to } = seenBefore(side, onset) ?? { from: side.looked.from, to: onset };
  return to === onset
    ? `No change seen in the ${lengthWords(from, onset)} before onset`
    : `No change seen from ${windowWords(from, to)}`;
}

function lengthWords(from: Instant, to: Instant): string {
  return duration((epochMs(to) - epochMs(from)) / 60_000);
}

/** Why nothing can be said, where no record is of the time that was looked at; null when there are some. */
export function nothingLogged({ looked }: Pick<CustomerSide, 'looked'>): string | null {
  if (looked.records > 0) return null;
  return `These logs hold nothing between ${utcDateTime(looked.from)} and ${utcDateTime(looked.to)}, around onset.`;
}

/** Why it cannot be said whether anything was changed before onset; null when a log of changes covers some of that time. */
export function changesUnknown(side: Seen, onset: Instant): string | null {
  if (side.window === null)
    return 'No log of changes is among these files: whether anything was changed is not known.';
  if (side.looked.records === 0) return nothingLogged(side);
  return seenBefore(side, onset) === null
    ? `No log of changes covers any of the ${lengthWords(side.looked.from, onset)} before onset: what was changed then is not known.`
    : null;
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
