import type { TimelineItem } from '../../../main/core/report/model.ts';
import type { Instant } from '../../../main/core/time.ts';
import { sinceOnset, utcDateTime } from '../../lib/format.ts';
import { epochMs, instantOf } from '../../../main/core/instants.ts';

/** What the writer's own clock showed: `20:34:10 (UTC+02:00)`. */
export function writerClock(at: Instant, offsetMinutes: number): string {
  const time = instantOf(epochMs(at) + offsetMinutes * 60_000).slice(11, 19);
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, '0');
  return `${time} (UTC${offsetMinutes < 0 ? '−' : '+'}${hours}:${minutes})`;
}

/** An entry as a few lines of Markdown, for a chat or a wiki. */
export function entryAsMarkdown(item: TimelineItem, reference: string): string {
  const title = item.superseded ? `~~${item.title}~~ (superseded)` : item.title;
  const head = `- **${utcDateTime(item.at)}** (${sinceOnset(item.minute)}) ${title}, ${item.actor}`;
  const detail = item.detail.map((line) => `  - ${line.replaceAll('\n', '\n    ')}`);
  return [head, ...detail, `  - ${reference}, entry ${item.seq}, SHA-256 \`${item.hash}\``].join('\n');
}
