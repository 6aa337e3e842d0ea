import type { Command } from 'commander';
import { Option } from 'commander';
import { systemClock } from '../adapters/clock.ts';
import { unpacked } from '../adapters/feeds/feed-work.ts';
import { identify, reasonAgainst } from '../adapters/feeds/identify.ts';
import { readFeed } from '../adapters/feeds/registry.ts';
import { unpack } from '../adapters/feeds/unpack.ts';
import { FeedKind, type FeedReading } from '../core/feeds/model.ts';
import { utcText } from '../core/report/words.ts';
import { fail } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import { listFeeds, saveFeed } from '../services/feed-list.ts';
import { addFeedHistoryCommand } from './feed-history-command.ts';
import { instantOption, readInput } from './input.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

interface ParseOptions {
  readonly kind?: FeedKind;
  readonly at?: Instant;
}

/** `feeds parse`, `feeds check`, `feeds add`, `feeds history`. */
export function addFeedCommands(program: Command, run: Run): void {
  const feeds = program.command('feeds').description('Read what providers say.');
  feeds
    .command('parse <file>')
    .description('what recorded bytes of a feed say')
    .addOption(
      new Option('--kind <kind>', 'the kind of feed; left out, the content tells').choices(FeedKind.options),
    )
    .option('--at <iso>', 'when they were received, with the zone', instantOption)
    .action((file: string, options: ParseOptions) => run(() => parseFile(file, options)));
  feeds
    .command('check [ids...]')
    .description('the state of the configured feeds now; those that are on, or those named')
    .action((ids: readonly string[]) => run((globals) => checkFeeds(globals, ids)));
  feeds
    .command('add <host>')
    .description('finds the feed of a status page by its host name or address, and adds it')
    .option('--name <name>', 'what to call it; left out, as its page calls itself')
    .action((host: string, { name }: { readonly name?: string }) =>
      run((globals) => addFeed(globals, host, name)),
    );
  addFeedHistoryCommand(feeds, run);
}

async function parseFile(file: string, { kind, at }: ParseOptions): Promise<CommandResult> {
  const bytes = await readInput(file);
  if (!bytes.ok) return bytes;
  const context = { fetchedAt: at ?? systemClock.now() };
  const inner = unpack(bytes.value);
  if (kind !== undefined) {
    const reading = readFeed(kind, inner.bytes, context);
    return answer(reading, readingLines(reading));
  }
  const told = identify(inner.bytes);
  if (told === null) {
    const reading = { kind: null, feedState: 'unreadable', reason: reasonAgainst(inner.bytes), events: [] };
    return answer(reading, [`unreadable: ${reading.reason} Name its kind with --kind.`]);
  }
  const reading = readFeed(told.kind, inner.bytes, context);
  const from = inner.how === '' ? '' : `, taken out of ${inner.how}`;
  return answer({ kind: told.kind, ...reading }, [
    `${told.kind} (${told.format}${from})`,
    ...readingLines(reading),
  ]);
}

/** Status 1: the host was asked, and no feed was found there. */
function addFeed(globals: GlobalOptions, host: string, name: string | undefined): Promise<CommandResult> {
  return withServices(globals, async ({ context, finder }) => {
    const searched = await finder.find(host, null);
    if (!searched.ok) return searched;
    const { found, tried } = searched.value;
    if (found === null) {
      const lines = ['No feed was found there.', ...columns(tried.map(({ url, outcome }) => [url, outcome]))];
      return answer({ found, tried }, lines, true);
    }
    const { provider, kind, url } = found;
    const saved = await saveFeed(context, {
      id: null,
      name: name ?? found.name,
      provider,
      kind,
      url,
      enabled: true,
    });
    if (!saved.ok) return saved;
    return answer({ ...saved.value, format: found.format, state: found.state, sentence: found.sentence }, [
      `${saved.value.id}  ${saved.value.name}: ${found.format}, ${found.url}`,
      found.sentence,
    ]);
  });
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
  return withServices(globals, async ({ context, http }) => {
    const listed = await listFeeds(context);
    if (!listed.ok) return listed;
    const unknown = ids.find((id) => !listed.value.some((feed) => feed.id === id));
    if (unknown !== undefined) return fail('not_found', `There is no feed ${unknown}.`);
    const wanted = listed.value.filter(({ id, enabled }) => (ids.length === 0 ? enabled : ids.includes(id)));
    const checked = await Promise.all(
      wanted.map(async ({ id, name, kind, url }) => {
        const { body, state, reason } = await http.ask(url, 'by_hand');
        const at = context.clock.now();
        if (body === null) return { id, name, kind, url, at, feedState: state, reason, events: [] };
        // Kept, so that the next one within the minute has it too.
        await context.db.call('putPacked', { mediaType: 'application/octet-stream', ...body });
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
