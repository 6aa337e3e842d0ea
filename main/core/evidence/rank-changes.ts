import { epochMs, type Instant } from '../time.ts';
import type { ChangeRule, ChangeTable } from './change-table.ts';
import { type Effect, effectOf, restartsIn } from './change-effect.ts';
import type { LogRecord, RankedChange } from './model.ts';
import { counted, lengthWords, shortName } from './words.ts';

/** What is known of the incident when its changes are ranked. */
export interface ChangeContext {
  readonly onset: Instant;
  /** Services that fail, as people name them (`s3`, `Amazon RDS`); empty when not known. */
  readonly services: readonly string[];
  /** Regions that fail; empty when not known. */
  readonly regions: readonly string[];
  /** Things that fail, as the errors after onset name them: ARNs, ids, names. */
  readonly resources?: readonly string[];
  /** What people call the incident and the workload; their telling words are looked for in names. */
  readonly names?: readonly string[];
  /** How many to give at most; 200 when left out. */
  readonly limit?: number;
}

export const LIMIT = 200;

/** True for a call that changed something and worked; what the provider did for a fault of its own is no change of ours. */
export function isChange(record: LogRecord, table: ChangeTable): boolean {
  if (record.errorCode !== null || record.readOnly === true || record.flags.includes('provider_issue'))
    return false;
  if (record.readOnly === false) return true;
  return !table.data.readPrefixes.some((prefix) => record.name.startsWith(prefix));
}

/** The rule of the table for a record; undefined when the table does not know the event. */
export function ruleOf(record: LogRecord, table: ChangeTable): ChangeRule | undefined {
  return table.rules.get(record.source)?.get(record.name);
}

/**
 * The part of a change's score that depends neither on onset nor on what fails: kind, flags, actor. A store can keep it with
 * the record and let an index find the few candidates among a million.
 */
export function standingPoints(record: LogRecord, table: ChangeTable): number {
  let points = 0;
  visitStanding(record, table, (amount) => {
    points += amount;
  });
  return points;
}

/**
 * Ranks the changes before onset: nearest and riskiest first. Every record may be given; those that only read, failed, or
 * came after onset are left out. The same call by the same principal within one minute counts once, with a count.
 */
export function rankChanges(
  records: readonly LogRecord[],
  context: ChangeContext,
  table: ChangeTable,
): RankedChange[] {
  const place = placeIn(context, table, restartsIn(records, table));
  const folded = new Map<string, Folded>();
  for (const item of rankable(records, place)) {
    const { record, score } = item;
    const key = `${record.at.slice(0, 16)} ${habitOf(record)}`;
    const known = folded.get(key);
    if (known === undefined) {
      folded.set(key, item);
    } else {
      known.count += 1;
      if (byStanding(item, known) < 0) {
        known.record = record;
        known.score = score;
      }
    }
  }
  return explained([...folded.values()], place, minutesByHabit(folded.values()));
}

/** Orders changes by score and explains those that come first. */
export function explained(
  all: readonly Folded[],
  place: Place,
  repeats: ReadonlyMap<string, number>,
): RankedChange[] {
  const { ranking } = place.table.data;
  for (const item of all) {
    if (isHabit(item.record, repeats, place.table)) item.score += ranking.repeats.points;
  }
  return all
    .toSorted(byStanding)
    .slice(0, place.context.limit ?? LIMIT)
    .map((item) => explain(item, place, repeats));
}

/** For sorting: higher first, then newer, then by id. */
export function byStanding(a: Scored, b: Scored): number {
  return b.score - a.score || compare(b.record.at, a.record.at) || compare(a.record.id, b.record.id);
}

interface Scored {
  readonly score: number;
  readonly record: Pick<LogRecord, 'at' | 'id'>;
}

/** The changes among records, each with its score by itself. */
export function* rankable(records: readonly LogRecord[], place: Place): Generator<Folded> {
  for (const record of records) {
    const before = place.onset - epochMs(record.at);
    if (before < 0 || before > place.longest || !isChange(record, place.table)) continue;
    let score = 0;
    visit(record, before, place, (points) => {
      score += points;
    });
    yield { record, score, count: 1 };
  }
}

export interface Folded {
  record: LogRecord;
  score: number;
  count: number;
}

/** The incident in the form in which every record is held against it. */
export interface Place {
  readonly table: ChangeTable;
  readonly context: ChangeContext;
  readonly onset: number;
  readonly longest: number;
  readonly services: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  /** Names and last parts of ARNs of what fails, in small letters. */
  readonly resources: ReadonlySet<string>;
  readonly words: readonly string[];
  readonly restarts: readonly LogRecord[];
}

type Visit = (points: number, words: () => string) => void;

export function placeIn(
  context: ChangeContext,
  table: ChangeTable,
  restarts: readonly LogRecord[] = [],
): Place {
  return {
    table,
    context,
    onset: epochMs(context.onset),
    longest: table.data.ranking.minutesBefore * 60_000,
    services: sourcesNamed(context.services, table),
    regions: new Set(context.regions.map((region) => region.toLowerCase())),
    resources: comparable(context.resources ?? []),
    words: wordsOf(context.names ?? [], table),
    restarts,
  };
}

/** A name as a whole and its last part, in small letters: `arn:aws:iam::1:role/orders` is also `orders`. */
function namesOf(name: string): readonly string[] {
  const whole = name.toLowerCase();
  const last = shortName(whole);
  return last === whole || last === '' ? [whole] : [whole, last];
}

/** The words of titles that may be names of things: long enough, and none that every title holds. */
function wordsOf(names: readonly string[], table: ChangeTable): readonly string[] {
  const words = names.flatMap((name) => name.toLowerCase().split(/[^a-z0-9]+/));
  return [...new Set(words)].filter((word) => word.length >= 4 && !table.data.commonWords.includes(word));
}

/** The parts of sources (`s3` of `s3.amazonaws.com`, all of `microsoft.sql`) that people mean by names of services. */
function sourcesNamed(services: readonly string[], table: ChangeTable): ReadonlySet<string> {
  const plain = services.map((name) =>
    name
      .toLowerCase()
      .replace(/^(amazon|aws|azure|google cloud|google|cloud)\s+/, '')
      .trim(),
  );
  const sources = new Set(plain);
  for (const [source, aliases] of Object.entries(table.data.serviceAliases)) {
    if (aliases.some((alias) => plain.includes(alias))) sources.add(source);
  }
  return sources;
}

function serviceOf(record: LogRecord): string {
  // Azure's resource providers are told apart behind the dot.
  if (record.source.startsWith('microsoft.')) return record.source;
  const dot = record.source.indexOf('.');
  return dot === -1 ? record.source : record.source.slice(0, dot);
}

function kindOf(record: LogRecord, table: ChangeTable): string {
  return ruleOf(record, table)?.kind ?? (table.routine.has(record.name) ? 'routine' : 'other');
}

function visitStanding(record: LogRecord, table: ChangeTable, see: Visit): void {
  const { data } = table;
  const rule = ruleOf(record, table);
  if (rule !== undefined) {
    see(rule.points, () => `${data.kinds[rule.kind]?.name ?? rule.kind}: ${rule.why}`);
  } else if (table.routine.has(record.name)) {
    see(data.routine.points, () => 'routine: changes nothing that others depend on');
  } else {
    const other = data.otherwise.find(
      ({ prefixes, endings }) =>
        prefixes.some((prefix) => record.name.startsWith(prefix)) ||
        endings.some((ending) => record.name.endsWith(ending)),
    );
    see(other?.points ?? 0, () => 'a change that the table does not know');
  }
  const reach = table.reach.get(record.name) ?? table.reach.get(record.source);
  if (reach !== undefined) see(reach.points, () => reach.words);
  for (const flag of record.flags) {
    const known = data.flags[flag];
    if (known !== undefined) see(known.points, () => known.words);
  }
  see(data.actors[record.actor], () => actorWords(record));
  const tool = toolOf(record, table);
  if (tool !== undefined) see(tool.points, () => `through ${tool.name}`);
}

/** The tool that changes things as code, by the user agent; undefined for any other program. */
export function toolOf(
  record: LogRecord,
  table: ChangeTable,
): ChangeTable['data']['automation'][number] | undefined {
  if (record.userAgent === '') return undefined;
  const agent = record.userAgent.toLowerCase();
  return table.data.automation.find((item) => agent.includes(item.userAgent));
}

/** Shows `see` what adds to the score of a change and why; `before` is in milliseconds before onset. */
export function visit(record: LogRecord, before: number, place: Place, see: Visit): void {
  const { table, context } = place;
  const { ranking } = table.data;
  const effect = effectOf(record, before, place.restarts, table);
  const minutes = (before - effect.later) / 60_000;
  see(
    ranking.nearness.points * 2 ** (-minutes / ranking.nearness.halvesEveryMinutes),
    () => `${lengthWords(record.at, context.onset)} before onset`,
  );
  visitEffect(effect, table, see);
  visitStanding(record, table, see);
  visitResources(record, place, see);
  if (place.services.size > 0) {
    const service = serviceOf(record);
    if (place.services.has(service)) {
      see(ranking.sameService, () => `in ${service}, which is failing`);
    } else if (table.data.kinds[kindOf(record, table)]?.reachesAnyService === true) {
      see(ranking.reachesAnyService, () => 'a change of this kind reaches other services');
    }
  }
  if (place.regions.size > 0 && record.region !== '') {
    if (table.globalSources.has(record.source)) {
      see(ranking.globalService, () => `a global service, logged in ${record.region} whatever the region`);
    } else if (place.regions.has(record.region.toLowerCase())) {
      see(ranking.sameRegion, () => `in ${record.region}, which is failing`);
    } else {
      see(ranking.otherRegion, () => `in ${record.region}, which is not among the failing regions`);
    }
  }
}

/** What is said of the effect weighs little and stands with the nearness it explains. */
function visitEffect(effect: Effect, table: ChangeTable, see: Visit): void {
  const { words } = effect;
  if (words !== null) see(effect.pending ? table.data.effects.pending : 0, () => words);
}

/** Names as they are compared: as a whole and by their last part, in small letters. */
export function comparable(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => namesOf(name)));
}

/** The first resource of a record that is among `failing`, made by `comparable`; undefined when it touches none. */
export function touchedBy(record: LogRecord, failing: ReadonlySet<string>): string | undefined {
  return failing.size === 0
    ? undefined
    : record.resources.find((name) => namesOf(name).some((one) => failing.has(one)));
}

/** Tells the names of resources that add to the score of a change in this incident; null when there can be none. */
export function namesFailing(
  context: ChangeContext,
  table: ChangeTable,
): { readonly words: readonly string[]; readonly isNamed: (name: string) => boolean } | null {
  const { resources, words } = placeIn(context, table);
  if (resources.size === 0 && words.length === 0) return null;
  return {
    words: [...new Set([...[...resources].map(shortName), ...words])],
    isNamed: (name) =>
      namesOf(name).some((one) => resources.has(one)) || partsOf(name).some((part) => words.includes(part)),
  };
}

/** The parts of a name between its dots, dashes and the like, in small letters. */
function partsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

function visitResources(record: LogRecord, place: Place, see: Visit): void {
  const { ranking } = place.table.data;
  if (place.resources.size > 0) {
    const touched = touchedBy(record, place.resources);
    if (touched !== undefined) {
      see(ranking.sameResource, () => `touches ${shortName(touched)}, which is failing`);
      return;
    }
  }
  if (place.words.length === 0) return;
  for (const name of record.resources) {
    const parts = partsOf(name);
    const word = place.words.find((one) => parts.includes(one));
    if (word === undefined) continue;
    see(ranking.namedInScope, () => `${shortName(name)} carries a name of this incident: ${word}`);
    return;
  }
}

function actorWords(record: LogRecord): string {
  const who = shortName(record.principal);
  if (record.actor === 'person') return `by a person, ${who}`;
  if (record.actor === 'role') return `by the role ${who}`;
  if (record.actor === 'service') return 'by a service acting by itself';
  return who === '' ? 'by someone the record does not name' : `by ${who}`;
}

function explain(item: Folded, place: Place, repeats: ReadonlyMap<string, number>): RankedChange {
  const { record } = item;
  const parts: { readonly points: number; readonly words: string }[] = [];
  const before = place.onset - epochMs(record.at);
  visit(record, before, place, (points, words) => {
    parts.push({ points, words: words() });
  });
  if (isHabit(record, repeats, place.table)) {
    const times = repeats.get(habitOf(record)) ?? 0;
    const words = `the same principal does this again and again, in ${times} minutes of the window`;
    parts.push({ points: place.table.data.ranking.repeats.points, words });
  }
  parts.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const reasons = parts.map((part) => part.words);
  if (record.detail !== '') reasons.splice(1, 0, record.detail);
  if (item.count > 1)
    reasons.push(`${counted(item.count, 'such call')} by the same principal within the minute`);
  return {
    record,
    minutesBefore: Math.round((before / 60_000) * 100) / 100,
    score: Math.round(item.score * 100) / 100,
    kind: kindOf(record, place.table),
    reasons,
    ambiguity: ruleOf(record, place.table)?.ambiguity ?? null,
    count: item.count,
  };
}

/** Who does what: the same principal's same call. */
export function habitOf(record: Pick<LogRecord, 'source' | 'name' | 'principal'>): string {
  return `${record.source} ${record.name} ${record.principal}`;
}

/** In how many different minutes each principal made each call. */
function minutesByHabit(items: Iterable<Folded>): ReadonlyMap<string, number> {
  const minutes = new Map<string, number>();
  for (const { record } of items) {
    const habit = habitOf(record);
    minutes.set(habit, (minutes.get(habit) ?? 0) + 1);
  }
  return minutes;
}

function isHabit(record: LogRecord, repeats: ReadonlyMap<string, number>, table: ChangeTable): boolean {
  return (repeats.get(habitOf(record)) ?? 0) >= table.data.ranking.repeats.minutes;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
