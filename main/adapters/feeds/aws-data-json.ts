import type { ProviderEvent } from '../../core/feeds/model.ts';
import { instantOf, type Instant } from '../../core/time.ts';
import { splitKey } from './aws-key.ts';
import { severityOfCode } from './aws-severity.ts';
import { startInProse } from './aws-time.ts';
import { BadItem, earliest, isRecord, latest, textField, type UnknownRecord } from './fields.ts';
import { momentField } from './moments.ts';
import { plainText } from './plain-text.ts';

/**
 * One event of https://status.aws.amazon.com/data.json as it was until 2023. Its `date` is no fixed thing: in 1,091
 * stored snapshots it lay in the future ten times (Kinesis, 2020-11-25, by six hours) and changed in 24 of 268
 * events. When a post was made is told by the clock time in front of its text, on the day of `date`.
 */
export function readDataJsonItem(item: unknown, place: string): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an event object');
  const key = textField(item, 'service');
  if (key === '') throw new BadItem(place, 'no service');
  const date = momentField(item, 'date', place);
  if (date === null) throw new BadItem(place, 'no date');
  const { service, region } = splitKey(key);
  const posts = postsOf(textField(item, 'description'), date);
  const publishedAt = earliest(posts.map((post) => post.at)) ?? date;
  const over = isOver(item, place);
  const lastUpdate = latest(posts.map((post) => post.at)) ?? date;
  const told = posts.flatMap(({ at, text }) => (at === null ? [] : (startInProse(text, at) ?? [])));
  return {
    provider: 'aws',
    nativeId: `${key}_${Math.floor(Date.parse(publishedAt) / 1000)}`,
    title: textField(item, 'summary').replace(/^\[RESOLVED\]\s*/i, '') || key,
    kind: 'issue',
    lifecycle: over ? 'closed' : 'open',
    severity: severityOfCode(codeOf(item)),
    services: [textField(item, 'service_name') || service],
    regions: [region],
    claimedStart: told.findLast((start) => start <= publishedAt) ?? date,
    claimedEnd: over ? lastUpdate : null,
    publishedAt,
    lastUpdate,
    updates: posts.map(({ at, text }) => ({ at, text, status: '' })),
    url: 'https://health.aws.amazon.com/health/status',
  };
}

/** What is archived is over; there `status` is the worst that it was. */
function isOver(item: UnknownRecord, place: string): boolean {
  if (place.startsWith('archive')) return true;
  return textField(item, 'status') === '0' || /^\[RESOLVED\]/i.test(textField(item, 'summary'));
}

function codeOf(item: UnknownRecord): number | null {
  const text = textField(item, 'status');
  return /^[0-3]$/.test(text) ? Number(text) : null;
}

const STAMP =
  /^(?:(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* {1,2}(\d{1,2}), {1,2})?(\d{1,2}):(\d{2}) ([AP]M) (PDT|PST)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HOUR = 3_600_000;

interface Post {
  readonly at: Instant | null;
  readonly text: string;
}

/** `<div><span> 6:36 AM PST</span>&nbsp;text</div>`, oldest first; days are named only where the day changes. */
function postsOf(html: string, date: Instant): readonly Post[] {
  const posts: Post[] = [];
  let last = Date.parse(date) - 12 * HOUR;
  for (const piece of html.split('</div>').slice(0, 500)) {
    const [head = '', ...rest] = piece.split('</span>');
    const text = plainText(rest.join(' '));
    const at = stampAt(plainText(head), last);
    if (text === '' && at === null) continue;
    last = at ?? last;
    posts.push({ at: at === null ? null : instantOf(at), text });
  }
  return posts;
}

/** The first moment at or after `after` (epoch milliseconds) to which the stamp fits; null when it is no stamp. */
function stampAt(stamp: string, after: number): number | null {
  const match = STAMP.exec(stamp);
  if (match === null) return null;
  const [, month, day, hour, minute, half, zone] = match;
  const offset = (zone === 'PDT' ? 7 : 8) * HOUR;
  const clock = ((Number(hour) % 12) + (half === 'PM' ? 12 : 0)) * HOUR + Number(minute) * 60_000;
  const local = new Date(after - offset);
  const year = local.getUTCFullYear();
  if (month !== undefined) {
    const named = Date.UTC(year, MONTHS.indexOf(month), Number(day)) + clock + offset;
    return named >= after - 24 * HOUR
      ? named
      : Date.UTC(year + 1, MONTHS.indexOf(month), Number(day)) + clock + offset;
  }
  const sameDay = Date.UTC(year, local.getUTCMonth(), local.getUTCDate()) + clock + offset;
  return sameDay >= after ? sameDay : sameDay + 24 * HOUR;
}
