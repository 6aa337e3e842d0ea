import type { Command } from 'commander';
import type { FeedStatement } from '../core/feeds/statement.ts';
import type { FeedLane, FeedLanes, LaneSegment } from '../core/report/feed-lanes.ts';
import { SAYING_WORDS, sinceOnset, utcText } from '../core/report/words.ts';
import { ok, type Result } from '../core/result.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import type { FeedHistory } from '../services/feed-history.ts';
import { statementMarkdown } from '../services/feed-snapshot.ts';
import type { OpenIncident } from '../services/incident-book.ts';
import { instantOption } from './input.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

interface HistoryOptions {
  readonly feed?: string;
  readonly at?: Instant;
}

/** `feeds history`. */
export function addFeedHistoryCommand(feeds: Command, run: Run): void {
  feeds
    .command('history <incident>')
    .description('what each feed said when, for an incident; with --at what it said at that minute')
    .option('--feed <id>', 'of this feed alone')
    .option('--at <iso>', 'a past minute, with the zone', instantOption)
    .action((incident: string, options: HistoryOptions) =>
      run((globals) => history(globals, incident, options)),
    );
}

function history(
  globals: GlobalOptions,
  incidentId: string,
  { feed, at }: HistoryOptions,
): Promise<CommandResult> {
  return withServices(globals, async ({ book, history: past }) => {
    const opened = await book.load(incidentId);
    if (!opened.ok) return opened;
    if (at === undefined) {
      const lanes = await past.lanes(opened.value);
      if (!lanes.ok) return lanes;
      const wanted = lanes.value.lanes.filter(({ feedId }) => feed === undefined || feedId === feed);
      const told = { ...lanes.value, lanes: wanted };
      return answer(told, laneLines(told));
    }
    const ids = feed === undefined ? past.feedsOf(opened.value).map(({ feedId }) => feedId) : [feed];
    const statements: FeedStatement[] = [];
    for (const id of ids) {
      const statement = await past.statement(opened.value, id, at);
      if (!statement.ok) return statement;
      statements.push(statement.value);
    }
    const lines = statements.flatMap((one) => statementMarkdown(opened.value, one).split('\n'));
    const answered = globals.json === true ? await withRaw(past, opened.value, statements) : ok(statements);
    if (!answered.ok) return answered;
    return answer(answered.value, lines.length === 0 ? ['No feed has been read for this incident.'] : lines);
  });
}

/** Each event with what the provider wrote about it; for those who read JSON, since it is long. */
async function withRaw(
  past: FeedHistory,
  incident: OpenIncident,
  statements: readonly FeedStatement[],
): Promise<Result<unknown[]>> {
  const told: unknown[] = [];
  for (const statement of statements) {
    const ids = statement.events.map(({ event }) => event.nativeId);
    const raw: Awaited<ReturnType<FeedHistory['raw']>> =
      ids.length === 0 ? ok([]) : await past.raw(incident, statement, ids);
    if (!raw.ok) return raw;
    const events = statement.events.map((event, index) => ({ ...event, raw: raw.value[index] ?? null }));
    told.push({ ...statement, events });
  }
  return ok(told);
}

function laneLines({ onset, lanes }: FeedLanes): string[] {
  if (lanes.length === 0) return ['No feed has been read for this incident.'];
  return lanes.flatMap((lane) => [
    `${lane.name} (${lane.feedId})`,
    ...firstLines(lane),
    ...columns(lane.segments.map((segment) => ['', ...segmentCells(segment, onset)])),
  ]);
}

function firstLines({ firstWord, firstRead }: FeedLane): string[] {
  return [
    ...(firstWord === null
      ? []
      : [`  first public word ${sinceOnset(firstWord.minute)}, ${utcText(firstWord.at)}`]),
    ...(firstRead === null
      ? []
      : [
          `  first read by us ${sinceOnset(firstRead.minute)}${firstRead.notYet === null ? '' : `, not yet at ${sinceOnset(firstRead.notYet.minute)}`}`,
        ]),
  ];
}

function segmentCells({ from, until, saying, about }: LaneSegment, onset: Instant): string[] {
  const minute = (at: Instant): string => sinceOnset(Math.floor(minutesBetween(onset, at)));
  const word = saying === 'not_asked' ? 'not asked' : SAYING_WORDS[saying];
  return [minute(from), minute(until), about === '' ? word : `${word}: ${about}`];
}
