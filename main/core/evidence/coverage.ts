import { addMinutes, epochMs, type Instant } from '../time.ts';
import type { FileReport, LogRecord } from './model.ts';
import { betweenWords, clockOf, counted, dayAndClock, lengthWords, listed } from './words.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

interface Gap extends Span {
  /** The one region that sent nothing; left out where no file holds anything. */
  readonly region?: string;
}

/** What all imported files together cover, and what they leave open. */
export interface Coverage {
  readonly window: Span | null;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Stretches inside the window, longer than a quarter of an hour, with no record in any file or in those of one region. */
  readonly gaps: readonly Gap[];
  /** The hour before onset is inside the window, without a gap, and so are the regions that fail. */
  readonly complete: boolean;
  /** Regions that fail and are in no file. */
  readonly missingRegions: readonly string[];
  /** Accounts that the records name and no file is from; at most 20. */
  readonly missingAccounts: readonly string[];
  /** The region in which AWS logs its global services is not among the files, although files of other regions are. */
  readonly lacksGlobal: boolean;
  /** Kinds of events that the logs hold, e.g. that data events are in them. */
  readonly events: 'management' | 'management_and_data' | 'not_known';
  /** One sentence each, most important first. */
  readonly sentences: readonly string[];
}

interface CoverageContext {
  readonly onset: Instant;
  /** Regions that fail; empty when not known. */
  readonly regions: readonly string[];
  /** What the records name, to see which accounts they name and what kinds of events there are; may be left out. */
  readonly named?: NamedInLogs;
}

/** Each call that the records hold, and each principal and resource that they name, once. */
export interface NamedInLogs {
  readonly calls: readonly Pick<LogRecord, 'source' | 'name'>[];
  readonly names: readonly string[];
}

/** CloudTrail delivers about every five minutes; a quiet account may still pause. */
const GAP_MINUTES = 15;
/** Gaps told in sentences of their own. */
const MOST_GAPS = 3;
/** How much before onset must be there before "no change seen" says anything. */
const LOOKED_AT_MINUTES = 60;
/** A region has to have sent so many files before a pause between them is called a gap. */
const LEAST_FILES = 8;
/** Calls that only data events of AWS record. */
const DATA_EVENTS: ReadonlySet<string> = new Set([
  's3.amazonaws.com GetObject',
  's3.amazonaws.com HeadObject',
  's3.amazonaws.com PutObject',
  's3.amazonaws.com DeleteObject',
  's3.amazonaws.com ListObjects',
  'lambda.amazonaws.com Invoke',
  'dynamodb.amazonaws.com GetItem',
  'dynamodb.amazonaws.com PutItem',
  'dynamodb.amazonaws.com Query',
  'sqs.amazonaws.com SendMessage',
  'sns.amazonaws.com Publish',
]);
const MOST_ACCOUNTS = 20;
/** Where AWS logs the events of IAM, Route 53, CloudFront and other global services. */
const GLOBAL_REGION = 'us-east-1';
const NO_CHANGE_LOG =
  'These files tell what befell single things, not all that was changed: no log of changes is among them.';

/**
 * Logs of everything that was changed, by how they are recognised. Any other file tells how things fared or stood, or of single
 * things: that nothing else was changed does not follow from it.
 */
const CHANGE_LOG =
  /^(cloudtrail_(records|lookup|list|lines|eventbridge|csv|logs|ocsf)|azure_activity_\w+|google_audit|kubernetes_audit)$/;
/** Logs that hold all regions at once, by how they are recognised, with the form of their provider's names of regions. */
const ALL_REGIONS: readonly (readonly [recognisedAs: RegExp, region: RegExp])[] = [
  [/^azure_activity_/, /^[a-z]+\d?$/],
  [/^google_audit$/, /^[a-z]+-[a-z]+\d+$/],
];

/** Puts the reports of all files together; says what is covered, never what did not happen. */
export function coverageOf(files: readonly FileReport[], context: CoverageContext): Coverage {
  const reports = files.filter((file) => CHANGE_LOG.test(file.recognisedAs ?? ''));
  const spans = reports.flatMap((report) => (report.window === null ? [] : [report.window]));
  const window = spans.reduce<Span | null>(
    (whole, span) =>
      whole === null
        ? span
        : {
            from: span.from < whole.from ? span.from : whole.from,
            to: span.to > whole.to ? span.to : whole.to,
          },
    null,
  );
  const accounts = [...new Set(reports.flatMap((report) => report.accounts))].sort();
  const regions = [...new Set(reports.flatMap((report) => report.regions))].sort();
  const gaps = [...gapsBetween(spans), ...gapsOfRegions(reports)];
  const missing = context.regions.filter(
    (region) => !regions.includes(region) && !inAllRegions(region, reports),
  );
  const lookedAt =
    window === null ? null : { from: addMinutes(context.onset, -LOOKED_AT_MINUTES), to: context.onset };
  const complete =
    window !== null &&
    lookedAt !== null &&
    window.from <= lookedAt.from &&
    window.to >= lookedAt.to &&
    missing.length === 0 &&
    !gaps.some((gap) => gap.to > lookedAt.from && gap.from < lookedAt.to);
  const lacksGlobal = window !== null && isWithoutGlobal(regions, reports);
  const events = eventsIn(context.named?.calls ?? [], reports);
  const sentences =
    window === null
      ? [
          files.some((file) => file.recognisedAs !== null) && reports.length === 0
            ? NO_CHANGE_LOG
            : 'No records were read: nothing is known from these files.',
        ]
      : [
          `The files cover ${windowWords(window)}, ${namesOf('account', accounts)}, ${namesOf('region', regions)}.`,
          ...onsetWords(window, context.onset),
          ...gapsWords(gaps, context.onset),
          ...regionWords(missing),
          ...(lacksGlobal ? [GLOBAL_WORDS] : []),
          ...eventWords(events),
          ...faultWords(files),
        ];
  return {
    window,
    accounts,
    regions,
    gaps,
    complete,
    missingRegions: missing,
    missingAccounts: accountsNamed(context.named?.names ?? [], accounts),
    lacksGlobal,
    events,
    sentences,
  };
}

/** `No change seen between 11:42 and 12:38 UTC in us-east-1. Other regions were not in these files.` */
export function noChangeSeen(coverage: Coverage): string {
  if (coverage.window === null) return 'No records were read: nothing is known about changes.';
  const { from, to } = coverage.window;
  if (coverage.regions.length === 0) return `No change seen between ${betweenWords(from, to)}.`;
  return `No change seen between ${betweenWords(from, to)} in ${listed(coverage.regions, 5)}. Other regions were not in these files.`;
}

/** The gaps of the day before onset and the longest, in the order of time, and how many more are told as holes only. */
function gapsWords(gaps: readonly Gap[], onset: Instant): string[] {
  const dayBefore = addMinutes(onset, -24 * 60);
  const near = (gap: Gap): number => Number(gap.to > dayBefore && gap.from < onset);
  const first = gaps.toSorted((a, b) => near(b) - near(a) || lengthOf(b) - lengthOf(a)).slice(0, MOST_GAPS);
  const rest = gaps.length - first.length;
  return [
    ...gaps.filter((gap) => first.includes(gap)).map(gapWords),
    ...(rest === 0 ? [] : [`${counted(rest, 'more gap')} like ${rest === 1 ? 'it' : 'these'} in the files.`]),
  ];
}

function lengthOf({ from, to }: Span): number {
  return epochMs(to) - epochMs(from);
}

function gapsBetween(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const gaps: Span[] = [];
  let reached: Instant | null = null;
  for (const span of sorted) {
    if (reached !== null && epochMs(span.from) - epochMs(reached) > GAP_MINUTES * 60_000) {
      gaps.push({ from: reached, to: span.from });
    }
    if (reached === null || span.to > reached) reached = span.to;
  }
  return gaps;
}

function windowWords(window: Span): string {
  return window.from.slice(0, 10) === window.to.slice(0, 10)
    ? `${window.from.slice(0, 10)}, ${clockOf(window.from)} to ${clockOf(window.to)} UTC`
    : `${dayAndClock(window.from)} to ${dayAndClock(window.to)} UTC`;
}

function namesOf(noun: string, names: readonly string[]): string {
  if (names.length === 0) return `${noun} not said`;
  return `${noun}${names.length === 1 ? '' : 's'} ${listed(names, 5)}`;
}

function onsetWords(window: Span, onset: Instant): string[] {
  if (window.to < onset) {
    return [
      `They end ${lengthWords(window.to, onset)} before onset: what happened after ${clockOf(window.to)} UTC is not in them.`,
    ];
  }
  if (window.from > onset) return ['They begin after onset: no change before onset can be seen in them.'];
  const least = addMinutes(onset, -LOOKED_AT_MINUTES);
  if (window.from <= least) return [];
  return [
    `They begin only ${lengthWords(window.from, onset)} before onset: earlier changes are not in them.`,
  ];
}

function gapWords(gap: Gap): string {
  const of = gap.region === undefined ? '' : ` of ${gap.region}`;
  return `Nothing${of} is in them between ${betweenWords(gap.from, gap.to)} (${lengthWords(gap.from, gap.to)}): a hole in the log, or a quiet time.`;
}

function regionWords(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  return [
    `${listed(missing, 5)} ${missing.length === 1 ? 'fails and is' : 'fail and are'} not in these files.`,
  ];
}

const GLOBAL_WORDS = `Changes of IAM, Route 53 and CloudFront are logged in ${GLOBAL_REGION}, which is not in these files.`;

/** Other providers have no such region, and files of theirs alone lack nothing. */
function isWithoutGlobal(regions: readonly string[], reports: readonly FileReport[]): boolean {
  const elsewhere = reports.every((report) =>
    ALL_REGIONS.some(([kind]) => kind.test(report.recognisedAs ?? '')),
  );
  return !elsewhere && !regions.includes(GLOBAL_REGION);
}

/** A region that sends a file every few minutes and then none for long, while others go on. */
function gapsOfRegions(reports: readonly FileReport[]): Gap[] {
  const byPlace = new Map<string, { readonly region: string; readonly spans: Span[] }>();
  for (const { window, regions, accounts } of reports) {
    const [region] = regions;
    if (window === null || region === undefined || regions.length > 1) continue;
    const key = `${accounts.join()} ${region}`;
    const known = byPlace.get(key) ?? { region, spans: [] };
    byPlace.set(key, known);
    known.spans.push(window);
  }
  if (byPlace.size < 2) return [];
  return [...byPlace.values()].flatMap(({ region, spans }) => {
    if (spans.length < LEAST_FILES) return [];
    const starts = spans.map((span) => epochMs(span.from)).sort((a, b) => a - b);
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
    const usual = pauses.sort((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
    return gapsBetween(spans)
      .filter((gap) => epochMs(gap.to) - epochMs(gap.from) > usual * 4)
      .map((gap) => ({ ...gap, region }));
  });
}

/** Accounts in the ARNs of the records that no file is from. */
function accountsNamed(names: readonly string[], accounts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const name of names) {
    const account = /^arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/.exec(name)?.[1];
    if (account !== undefined && !accounts.includes(account)) found.add(account);
  }
  return accounts.length === 0 ? [] : [...found].sort().slice(0, MOST_ACCOUNTS);
}

function eventsIn(calls: NamedInLogs['calls'], reports: readonly FileReport[]): Coverage['events'] {
  if (calls.length === 0 || !reports.some((report) => report.recognisedAs?.startsWith('cloudtrail') === true))
    return 'not_known';
  const data = calls.some(({ source, name }) => DATA_EVENTS.has(`${source} ${name}`));
  return data ? 'management_and_data' : 'management';
}

function eventWords(events: Coverage['events']): string[] {
  return events === 'management'
    ? ['No data events are seen: reads and writes of objects, items and functions are not in these logs.']
    : [];
}

function inAllRegions(region: string, reports: readonly FileReport[]): boolean {
  return ALL_REGIONS.some(
    ([kind, form]) => form.test(region) && reports.some((report) => kind.test(report.recognisedAs ?? '')),
  );
}

function faultWords(reports: readonly FileReport[]): string[] {
  const sentences: string[] = [];
  const unknown = reports.filter((report) => report.recognisedAs === null).length;
  const rejected = reports.reduce((sum, report) => sum + report.rejected, 0);
  if (unknown > 0) sentences.push(`${counted(unknown, 'file')} could not be recognised.`);
  if (rejected > 0) sentences.push(`${counted(rejected, 'record')} could not be read.`);
  return sentences;
}
