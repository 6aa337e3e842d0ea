import { addMinutes, type Instant } from '../time.ts';
import type { PatternTable } from './pattern-table.ts';
import type { RankedFinding } from './rank-findings.ts';
import type { StateFinding } from './state-finding.ts';
import type { Suggestion } from './suggest.ts';
import { clockOf, counted, dayAndClock } from './words.ts';

const MOST_IDS = 20;

/**
 * Which checks findings of states can answer. What is dated near onset answers by itself; an undated state only where the table
 * of patterns says that it may, and the reason says that it is a state at scan time.
 */
export function suggestFromFindings(
  ranked: readonly RankedFinding[],
  onset: Instant,
  table: PatternTable,
): Suggestion[] {
  const answers = new Map<string, { check: string; answer: string; found: RankedFinding[] }>();
  for (const one of ranked) {
    const answer = answerOf(one, onset, table);
    if (answer === null) continue;
    const key = `${answer.check} ${answer.answer}`;
    const known = answers.get(key);
    if (known === undefined) answers.set(key, { ...answer, found: [one] });
    else known.found.push(one);
  }
  return [...answers.values()].map(({ check, answer, found }) => ({
    check,
    answers: [answer],
    why: reasonOf(found),
    recordIds: [],
    findingIds: found.slice(0, MOST_IDS).map(({ finding }) => finding.id),
  }));
}

function answerOf(
  one: RankedFinding,
  onset: Instant,
  table: PatternTable,
): { readonly check: string; readonly answer: string } | null {
  const { finding, dated } = one;
  if (finding.owner === 'provider') return null;
  if (finding.status !== 'failing') return endedAccess(one);
  const answer = table.patterns[finding.pattern].answer;
  if (answer === null) return null;
  const lately =
    finding.seenAt !== null && finding.seenAt >= addMinutes(onset, -table.ranking.seenLatelyMinutes);
  const fits =
    dated === 'near' ||
    (answer.when === 'same_place' && one.samePlace) ||
    (answer.when === 'seen_lately' && lately);
  return fits ? { check: answer.check, answer: answer.answer } : null;
}

/** Access that was there and ended just before onset is a right taken away. */
function endedAccess({
  finding,
  dated,
  minutesBefore,
}: RankedFinding): { check: string; answer: string } | null {
  const ended = finding.status === 'passing' && finding.pattern === 'external_access';
  return ended && dated === 'near' && (minutesBefore ?? -1) >= 0
    ? { check: 'audit_log_policy_change', answer: 'yes' }
    : null;
}

function reasonOf(found: readonly RankedFinding[]): string {
  const [first] = found;
  if (first === undefined) return '';
  const more = found.length > 1 ? ` ${counted(found.length - 1, 'more such finding')}.` : '';
  return `${findingWords(first.finding)}.${more}`;
}

/** `Port 22 open (sg-1), since 09:16 UTC by Security Hub`; an undated one is said to be a state at scan time. */
function findingWords({ title, resource, since, seenAt, product }: StateFinding): string {
  const what = `${title.replace(/\.$/, '')}${resource === '' ? '' : ` (${resource})`}`;
  if (since !== null) return `${what}, since ${clockOf(since)} UTC by ${product}`;
  const when = seenAt === null ? 'at a time it does not say' : `at ${dayAndClock(seenAt)} UTC`;
  return `${what}: how it stood when ${product} looked, ${when}; nothing dates it`;
}

/**
 * Puts suggestions from findings beside those from records: for the same answer both stand behind it; where they differ, what
 * was found stands before what was not seen.
 */
export function mergeSuggestions(
  fromRecords: readonly Suggestion[],
  fromFindings: readonly Suggestion[],
): Suggestion[] {
  const merged = fromRecords.map((one) => {
    const other = fromFindings.find(({ check }) => check === one.check);
    if (other === undefined) return one;
    if (!one.answers.some((answer) => other.answers.includes(answer)))
      return one.recordIds.length === 0 ? other : one;
    const known = one.findingIds ?? [];
    const added = (other.findingIds ?? []).filter((id) => !known.includes(id));
    // A hole that the same finding shows has said it already.
    if (added.length === 0) return one;
    return { ...one, why: `${one.why} ${other.why}`, findingIds: [...known, ...added] };
  });
  const checks = new Set(fromRecords.map(({ check }) => check));
  return [...merged, ...fromFindings.filter(({ check }) => !checks.has(check))];
}
