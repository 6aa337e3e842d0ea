import type { Command } from 'commander';
import { Option } from 'commander';
import { systemClock } from '../adapters/clock.ts';
import { unpacked } from '../adapters/feeds/feed-work.ts';
import { readFeed } from '../adapters/feeds/registry.ts';
import { FeedKind, type FeedReading } from '../core/feeds/model.ts';
import { utcText } from '../core/report/words.ts';
import { fail } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import { FeedHttp } from '../services/feed-http.ts';
import { listFeeds } from '../services/feed-list.ts';
import { addFeedHistoryCommand } from './feed-history-command.ts';
import { instantOption, readInput } from './input.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

interface ParseOptions {
  readonly kind: FeedKind;
  readonly at?: Instant;
}

/** `feeds parse`, `feeds check`, `feeds history`. */
export function addFeedCommands(program: Command, run: Run): void {
  const feeds = program.command('feeds').description('Read what providers say.');
  feeds
    .command('parse <file>')
    .description('what recorded bytes of a feed say')
    .addOption(
      new Option('--kind <kind>', 'the kind of feed').choices(FeedKind.options).makeOptionMandatory(),
    )
    .option('--at <iso>', 'when they were received, with the zone', instantOption)
    .action((file: string, options: ParseOptions) => run(() => parseFile(file, options)));
  feeds
    .command('check [ids...]')
    .description('the state of the configured feeds now; those that are on, or those named')
    .action((ids: readonly string[]) => run((globals) => checkFeeds(globals, ids)));
  addFeedHistoryCommand(feeds, run);
}

async function parseFile(file: string, { kind, at }: ParseOptions): Promise<CommandResult> {
  const bytes = await readInput(file);
  if (!bytes.ok) return bytes;
  const reading = readFeed(kind, bytes.value, { fetchedAt: at ?? systemClock.now() });
  return answer(reading, readingLines(reading));
}

function readingLines({ feedState, reason, events, rejected }: FeedReading): string[] {
  return [
    `${feedState}${reason === undefined ? '' : `: ${reason}`}`,
    ...columns(
      events.map((event) => [
        event.lifecycle,
        event.severity.mapped,
        event.claimedStart === null ? 'start not said' : utcText(event.claimedStart),
        `${event.title} (${event.nativeId})`,
      ]),
    ),
    ...rejected.map(({ place, reason: why }) => `not read: ${place}: ${why}`),
  ];
}

function checkFeeds(globals: GlobalOptions, ids: readonly string[]): Promise<CommandResult> {
  return withServices(globals, async ({ context, feedWork }) => {
    const listed = await listFeeds(context);
    if (!listed.ok) return listed;
    const unknown = ids.find((id) => !listed.value.some((feed) => feed.id === id));
    if (unknown !== undefined) return fail('not_found', `There is no feed ${unknown}.`);
    const wanted = listed.value.filter(({ id, enabled }) => (ids.length === 0 ? enabled : ids.includes(id)));
    const http = new FeedHttp(context.clock, feedWork);
    const checked = await Promise.all(
      wanted.map(async ({ id, name, kind, url }) => {
        const { body, state, reason } = await http.ask(url, 'by_hand');
        const at = context.clock.now();
        if (body === null) return { id, name, kind, url, at, feedState: state, reason, events: [] };
        return { id, name, kind, url, at, ...readFeed(kind, unpacked(body), { fetchedAt: at }) };
      }),
    );
    const rows = checked.map(({ id, feedState, reason, events }) => [
      id,
      feedState === 'ok' || feedState === 'empty' ? feedState : 'could not check',
      reason ??
        `${events.length} events, ${events.filter(({ lifecycle }) => lifecycle === 'open').length} open`,
    ]);
    return answer(checked, rows.length === 0 ? ['No feed is switched on.'] : columns(rows));
  });
}
