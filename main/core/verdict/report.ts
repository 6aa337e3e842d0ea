import { VerdictLabel, type Hypothesis } from '../sides.ts';
import type { CaseOutcome } from './simulate.ts';

/** A wrong hypothesis at this probability or more is a confident error. */
const CONFIDENT = 0.8;

/** How one label fared: how many cases carry it, how many verdicts gave it, how many of these were right. */
export interface LabelScore {
  readonly label: VerdictLabel;
  readonly cases: number;
  readonly given: number;
  readonly right: number;
  readonly f1: number;
}

/** A count of right verdicts among cases of one kind. */
export interface TrapScore {
  readonly trap: string;
  readonly cases: number;
  readonly exact: number;
}

/** A case whose most probable hypothesis was wrong with a probability of 0.8 or more. */
export interface ConfidentError {
  readonly id: string;
  readonly label: VerdictLabel;
  readonly hypothesis: Hypothesis;
  readonly probability: number;
}

/** The figures of a run over many cases. */
export interface JudgeSummary {
  readonly cases: number;
  readonly exact: number;
  /** Verdicts that are the label or one of the labels also defensible. */
  readonly accepted: number;
  readonly macroF1: number;
  /** Mean over cases of the squared error summed over the labels; 0 is best, 2 worst. */
  readonly brier: number;
  readonly withTrap: { readonly cases: number; readonly exact: number; readonly accepted: number };
  readonly traps: readonly TrapScore[];
  readonly labels: readonly LabelScore[];
  readonly confidentErrors: readonly ConfidentError[];
  readonly declared: number;
  readonly declaredWrong: number;
  /** Over the declared verdicts; null when there is none. */
  readonly medianChecks: number | null;
  readonly medianMinutes: number | null;
}

/** Sums a run up. Labels that no case has and no verdict gave do not enter macro-F1. */
export function summarise(outcomes: readonly CaseOutcome[]): JudgeSummary {
  const trapped = outcomes.filter(({ trap }) => trap !== null);
  const declared = outcomes.filter((one) => one.declared);
  const labels = VerdictLabel.options
    .map((label) => scoreOf(label, outcomes))
    .filter(({ cases, given }) => cases + given > 0);
  return {
    cases: outcomes.length,
    exact: outcomes.filter(isExact).length,
    accepted: outcomes.filter(isAccepted).length,
    macroF1: mean(labels.map(({ f1 }) => f1)),
    brier: mean(outcomes.map(brierOf)),
    withTrap: {
      cases: trapped.length,
      exact: trapped.filter(isExact).length,
      accepted: trapped.filter(isAccepted).length,
    },
    traps: [...new Set(trapped.map(({ trap }) => trap ?? ''))].sort().map((trap) => {
      const of = trapped.filter((one) => one.trap === trap);
      return { trap, cases: of.length, exact: of.filter(isExact).length };
    }),
    labels,
    confidentErrors: outcomes.flatMap(confidentErrorOf),
    declared: declared.length,
    declaredWrong: declared.filter((one) => !isExact(one)).length,
    medianChecks: median(declared.map(({ asked }) => asked.length)),
    medianMinutes: median(declared.map(({ minutes }) => minutes)),
  };
}

/** The figures as text, one per line, and the confident errors by name. */
export function renderSummary(summary: JudgeSummary): string {
  const { withTrap } = summary;
  const lines = [
    `cases                     ${String(summary.cases)}`,
    `exact                     ${share(summary.exact, summary.cases)}`,
    `exact or defensible       ${share(summary.accepted, summary.cases)}`,
    `macro-F1                  ${summary.macroF1.toFixed(2)}`,
    `Brier score               ${summary.brier.toFixed(3)}`,
    `with a trap, exact        ${share(withTrap.exact, withTrap.cases)}`,
    `with a trap, defensible   ${share(withTrap.accepted, withTrap.cases)}`,
    `wrong at 0.8 or more      ${String(summary.confidentErrors.length)}`,
    `declared                  ${share(summary.declared, summary.cases)}, of these wrong ${String(summary.declaredWrong)}`,
    `median checks to declare  ${medianText(summary.medianChecks)}`,
    `median minutes to declare ${medianText(summary.medianMinutes)}`,
    '',
    'label          cases  given  right  F1',
    ...summary.labels.map(({ label, cases, given, right, f1 }) =>
      [label.padEnd(14), column(cases), column(given), column(right), ` ${f1.toFixed(2)}`].join(' '),
    ),
  ];
  if (summary.traps.length > 0)
    lines.push(
      '',
      'trap                             exact',
      ...summary.traps.map(({ trap, cases, exact }) => `${trap.padEnd(32)} ${share(exact, cases)}`),
    );
  if (summary.confidentErrors.length > 0)
    lines.push(
      '',
      'confident errors',
      ...summary.confidentErrors.map(
        ({ id, label, hypothesis, probability }) =>
          `${id}: ${hypothesis} ${probability.toFixed(2)}, was ${label}`,
      ),
    );
  return `${lines.join('\n')}\n`;
}

function isExact(one: CaseOutcome): boolean {
  return one.verdict === one.label;
}

function isAccepted(one: CaseOutcome): boolean {
  return isExact(one) || one.accept.includes(one.verdict);
}

function scoreOf(label: VerdictLabel, outcomes: readonly CaseOutcome[]): LabelScore {
  const cases = outcomes.filter((one) => one.label === label).length;
  const given = outcomes.filter((one) => one.verdict === label).length;
  const right = outcomes.filter((one) => one.label === label && isExact(one)).length;
  return { label, cases, given, right, f1: cases + given === 0 ? 0 : (2 * right) / (cases + given) };
}

function brierOf({ label, probabilities }: CaseOutcome): number {
  return VerdictLabel.options.reduce((sum, one) => {
    const probability = one === 'inconclusive' ? 0 : probabilities[one];
    return sum + (probability - (one === label ? 1 : 0)) ** 2;
  }, 0);
}

function confidentErrorOf({ id, label, probabilities }: CaseOutcome): readonly ConfidentError[] {
  return VerdictLabel.options.flatMap((hypothesis) => {
    if (hypothesis === 'inconclusive' || hypothesis === label) return [];
    const probability = probabilities[hypothesis];
    return probability >= CONFIDENT ? [{ id, label, hypothesis, probability }] : [];
  });
}

function mean(of: readonly number[]): number {
  return of.length === 0 ? 0 : of.reduce((sum, one) => sum + one, 0) / of.length;
}

/** The middle value, or the mean of the two in the middle. */
function median(of: readonly number[]): number | null {
  const sorted = [...of].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

function share(part: number, whole: number): string {
  return `${String(part)} of ${String(whole)}`;
}

function column(count: number): string {
  return String(count).padStart(6);
}

function medianText(value: number | null): string {
  return value === null ? 'none' : String(value);
}
