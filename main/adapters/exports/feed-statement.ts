import type { FeedStatement, StatedEvent } from '../../core/feeds/statement.ts';
import { LIFECYCLE_WORDS, SAYING_WORDS, sinceOnset, utcText } from '../../core/report/words.ts';
import { minutesBetween, type Instant } from '../../core/time.ts';
import { code, text } from './markdown-text.ts';

/** What a statement is about. */
export interface StatementSetting {
  /** e.g. `DM-7`. */
  readonly reference: string;
  readonly mode: 'live' | 'drill';
  readonly onset: Instant;
}

/** A statement as Markdown for a wiki or a chat: what was said, when we read it, and the SHA-256 that proves it. */
export function renderStatement(statement: FeedStatement, setting: StatementSetting): string {
  const { onset } = setting;
  const when = (at: Instant): string => momentText(at, onset);
  const { snapshot } = statement;
  const lines = [
    `### ${setting.mode === 'drill' ? 'DRILL ' : ''}${setting.reference}: ${text(statement.name)} at ${when(statement.at)}`,
    '',
    `- State: ${wordOf(statement)}`,
    ...polledLines(statement, when),
    ...(snapshot === null
      ? ['- No bytes had come.']
      : [`- Snapshot: SHA-256 ${code(snapshot.sha256)}, ${snapshot.size} bytes`]),
    ...headerLines(statement),
    ...statement.events.flatMap((event) => ['', ...eventLines(event, when)]),
    '',
    ...othersLines(statement),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function momentText(at: Instant, onset: Instant): string {
  return `${utcText(at)} (${sinceOnset(Math.floor(minutesBetween(onset, at)))})`;
}

function wordOf({ saying, reason }: FeedStatement): string {
  if (saying === 'not_read_yet') return 'not asked by then';
  return [SAYING_WORDS[saying], text(reason)].filter((part) => part !== '').join(': ');
}

function polledLines({ polled, paused, lastGood }: FeedStatement, when: (at: Instant) => string): string[] {
  if (polled === null) return [];
  const { from, until, polls } = polled;
  return [
    polls === 1
      ? `- Read by us at ${when(from)}`
      : `- Read by us ${polls} times, the same each time, from ${when(from)} to ${when(until)}`,
    ...(paused ? ['- Not asked since: nobody knows whether it still said so.'] : []),
    ...(lastGood === null ? [] : [`- Last good answer: ${when(lastGood)}`]),
  ];
}

function headerLines({ snapshot }: FeedStatement): string[] {
  const headers = Object.entries(snapshot?.headers ?? {});
  if (headers.length === 0) return [];
  return [`- Headers: ${headers.map(([name, value]) => code(`${name}: ${value}`)).join(', ')}`];
}

function eventLines(
  { match, event, starts, firstSeen, notYet }: StatedEvent,
  when: (at: Instant) => string,
): string[] {
  const list = (label: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`- ${label} (${names.length}): ${names.map(text).join(', ')}`];
  const moment = (label: string, at: Instant | null): string[] =>
    at === null ? [] : [`- ${label}: ${when(at)}`];
  const word = event.updates.at(-1);
  return [
    `**${text(event.title)}** (${code(event.nativeId)}, ${LIFECYCLE_WORDS[event.lifecycle]}, severity ${event.severity.mapped})`,
    '',
    `- ${match.degree === 'matching' ? 'Concerns us' : 'Does not fit'}: ${text(match.reason)}`,
    ...starts.map(({ claimed, since }, index) => {
      const start = claimed === null ? 'not said' : when(claimed);
      return `- ${index === 0 ? 'Claimed start' : 'Start moved to'}: ${start}, read by us at ${when(since)}`;
    }),
    ...moment('Claimed end', event.claimedEnd),
    ...(match.publishedAt === null || match.lagMinutes === null
      ? []
      : [
          `- First public word, by its own stamps: ${utcText(match.publishedAt)} (${sinceOnset(match.lagMinutes)})`,
        ]),
    `- First read by us: ${when(firstSeen)}${notYet === null ? ', there from the first reading on' : `, not yet at ${when(notYet)}`}`,
    ...moment('Last update', event.lastUpdate),
    ...list('Services', event.services),
    ...list('Regions', event.regions),
    ...(word === undefined ? [] : [`- Latest word: ${text(word.text)}`]),
  ];
}

function othersLines({ unrelated, rejected }: FeedStatement): string[] {
  const others = unrelated === 1 ? '1 other event does' : `${unrelated} other events do`;
  return [
    ...(unrelated === 0 ? [] : [`${others} not concern this incident.`]),
    ...rejected.map(({ place, reason }) => `Not read: ${code(place)}, ${text(reason)}`),
  ];
}
