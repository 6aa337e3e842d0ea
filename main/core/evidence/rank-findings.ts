import { z } from 'zod';
import { addMinutes, epochMs, type Instant, minutesBetween } from '../time.ts';
import { findingAt } from './finding-time.ts';
import { type PatternTable, plainWords } from './pattern-table.ts';
import { StateFinding } from './state-finding.ts';
import { clockOf, dayAndClock, lengthWords } from './words.ts';

/** A finding with its rank for one incident. Higher score, higher rank. */
export const RankedFinding = z.strictObject({
  finding: StateFinding,
  score: z.number(),
  /** Minutes from when it is so to onset, negative for after; null when nothing dates it. */
  minutesBefore: z.number().nullable(),
  /** `near`: dated around onset, so it can be a cause. `far`: dated, at another time. `undated`: a state at scan time. */
  dated: z.enum(['near', 'far', 'undated']),
  /** In a service that fails. */
  samePlace: z.boolean(),
  /** Why it stands here, in words, strongest first. */
  reasons: z.array(z.string()),
});
export type RankedFinding = z.infer<typeof RankedFinding>;

interface FindingContext {
  readonly onset: Instant;
  /** Services that fail, as people name them; empty when not known. */
  readonly services: readonly string[];
  /** Regions that fail; empty when not known. */
  readonly regions: readonly string[];
  /** Other names of services, by one of them. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** The time around onset in which what dates a state makes it a possible cause. */
export function nearOnset(
  onset: Instant,
  table: PatternTable,
): { readonly from: Instant; readonly to: Instant } {
  const { minutesBefore, minutesAfter } = table.ranking;
  return { from: addMinutes(onset, -minutesBefore), to: addMinutes(onset, minutesAfter) };
}

/**
 * Ranks findings for an incident: what is dated near onset first, then by severity and by what fails. Undated ones say so:
 * they are states at scan time.
 */
export function rankFindings(
  findings: readonly StateFinding[],
  context: FindingContext,
  table: PatternTable,
): RankedFinding[] {
  const near = nearOnset(context.onset, table);
  const services = serviceWords(context);
  const regions = new Set(context.regions.map((region) => region.toLowerCase()));
  return findings
    .map((finding) =>
      rank(findingAt(finding, context.onset), { ...context, near, services, failing: regions }, table),
    )
    .sort((a, b) => b.score - a.score || (a.finding.id < b.finding.id ? -1 : 1));
}

interface Place extends FindingContext {
  readonly near: { readonly from: Instant; readonly to: Instant };
  readonly services: readonly string[];
  readonly failing: ReadonlySet<string>;
}

interface Part {
  readonly points: number;
  readonly words: string;
}

function rank(finding: StateFinding, place: Place, table: PatternTable): RankedFinding {
  const { ranking } = table;
  const { since } = finding;
  const dated =
    since === null ? 'undated' : since >= place.near.from && since <= place.near.to ? 'near' : 'far';
  const samePlace = isSamePlace(finding, place.services);
  const parts: Part[] = [
    dating(finding, place, dated, table),
    { points: ranking.severity[finding.severity], words: severityWords(finding.severity) },
  ];
  if (samePlace) parts.push({ points: ranking.sameService, words: 'in a service that fails' });
  if (place.failing.size > 0 && finding.region !== '') {
    parts.push(
      place.failing.has(finding.region.toLowerCase())
        ? { points: ranking.sameRegion, words: `in ${finding.region}, which is failing` }
        : {
            points: ranking.otherRegion,
            words: `in ${finding.region}, which is not among the failing regions`,
          },
    );
  }
  if (finding.status !== 'failing')
    parts.push({
      points: ranking.notFailing,
      words:
        finding.status === 'passing' ? 'it passes' : 'it could not be checked, or is no longer looked at',
    });
  if (finding.owner === 'provider') parts.push({ points: ranking.notOurs, words: 'the provider’s own duty' });
  const score = parts.reduce((sum, { points }) => sum + points, 0);
  return {
    finding,
    score: Math.round(score * 100) / 100,
    minutesBefore: since === null ? null : Math.round(minutesBetween(since, place.onset) * 10) / 10,
    dated,
    samePlace,
    reasons: parts
      .filter(({ words }) => words !== '')
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
      .map(({ words }) => words),
  };
}

function dating(
  { since, seenAt }: StateFinding,
  { onset }: Place,
  dated: RankedFinding['dated'],
  { ranking }: PatternTable,
): Part {
  if (since === null) {
    const seen = seenAt === null ? 'at a time the source does not say' : `at ${dayAndClock(seenAt)} UTC`;
    return { points: 0, words: `state ${seen}, dated by nothing` };
  }
  if (dated === 'far')
    return { points: ranking.dated, words: `so since ${dayAndClock(since)} UTC, not near onset` };
  const distance = Math.abs(minutesBetween(since, onset));
  return {
    points: ranking.nearness.points * 0.5 ** (distance / ranking.nearness.halvesEveryMinutes),
    words: `so since ${clockOf(since)} UTC, ${lengthWords(since, onset)} ${epochMs(since) <= epochMs(onset) ? 'before' : 'after'} onset`,
  };
}

function severityWords(severity: StateFinding['severity']): string {
  return severity === 'unknown' ? '' : severity === 'info' ? 'for information' : `${severity} severity`;
}

/** Names of failing services as they stand in ARNs and checks, e.g. ` s3 `. */
function serviceWords({ services, aliases = {} }: FindingContext): readonly string[] {
  const plain = services.map((name) =>
    plainWords(name).replace(/^ (amazon|aws|azure|google cloud|google) /, ' '),
  );
  const others = Object.entries(aliases).flatMap(([name, more]) => {
    const all = [name, ...more].map(plainWords);
    return all.some((one) => plain.includes(one)) ? all : [];
  });
  return [...new Set([...plain, ...others])].filter((word) => word.trim() !== '');
}

function isSamePlace({ resource, control }: StateFinding, services: readonly string[]): boolean {
  if (services.length === 0) return false;
  const text = plainWords(`${resource} ${control}`);
  return services.some((word) => text.includes(word));
}
