import { epochMs, type Instant } from '../time.ts';
import type { ChangeTable } from './change-table.ts';
import { type Coverage, noChangeSeen } from './coverage.ts';
import { type DeniedAfterChange, type DeniedPrincipals, isPolicyChange } from './denied.ts';
import type { ErrorTable } from './error-table.ts';
import type { EvidenceHole } from './holes.ts';
import type { ErrorGroup, LogRecord, RankedChange } from './model.ts';
import type { ProviderWord } from './provider-words.ts';
import { comparable, toolOf, touchedBy } from './rank-changes.ts';
import { clockOf, counted, lengthWords, listed, shortName } from './words.ts';

/** An answer that the evidence supports. A person decides: nothing is answered by this. */
export interface Suggestion {
  /** Id of the check in the playbook. */
  readonly check: string;
  readonly answers: readonly string[];
  /** For the check that asks for a number: minutes before onset. */
  readonly number?: number;
  readonly why: string;
  /** Records that show it, at most 20. */
  readonly recordIds: readonly string[];
  /** Findings that show it, at most 20. */
  readonly findingIds?: readonly string[];
}

/** What was found in the evidence, and when it went wrong. */
export interface Findings {
  readonly onset: Instant;
  /** Changes before onset, best first, as ranked. */
  readonly ranked: readonly RankedChange[];
  /** Changes around onset, also after it: exposure and misuse often go on. */
  readonly changes: readonly LogRecord[];
  readonly errors: readonly ErrorGroup[];
  readonly deniedAfterChange: readonly DeniedAfterChange[];
  readonly deniedPrincipals: DeniedPrincipals;
  readonly coverage: Coverage;
  /** Things that fail, as errors since onset name them. */
  readonly failing: readonly string[];
  /** What the evidence does not hold. */
  readonly holes: readonly EvidenceHole[];
  /** What the provider reports of itself, those that match first. */
  readonly providerWords: readonly ProviderWord[];
}

const MOST_IDS = 20;
/** How far down the ranking a change still counts as one to name. */
const TOP = 10;
/** A change with less than this share of the first one's score is not named beside it. */
const LEAST_SHARE = 0.6;
/** How near to onset a change must be to be called recent, in minutes. */
const RECENT_MINUTES = 120;
/** How long after onset exposure is still put with it, in minutes. */
const AFTERMATH_MINUTES = 60;

/** Which checks of the playbook the evidence can answer, with the reason in words. */
export function suggestAnswers(
  findings: Findings,
  tables: { readonly changes: ChangeTable; readonly errors: ErrorTable },
): Suggestion[] {
  return [
    ...recentChange(findings, tables.changes),
    ...minutesBefore(findings, tables.changes),
    ...touching(findings, tables.changes),
    ...policyChange(findings, tables.changes),
    ...denied(findings),
    ...exposure(findings, tables.changes),
    ...loggingGap(findings),
    ...signature(findings, tables.errors),
    ...accountHealth(findings),
  ];
}

/** The changes worth naming: high in the ranking, near, not far behind the first, and of a kind that can cause something. */
function telling(findings: Findings, table: ChangeTable): readonly RankedChange[] {
  const best = findings.ranked[0]?.score ?? 0;
  return findings.ranked
    .slice(0, TOP)
    .filter(
      (change) =>
        change.minutesBefore <= RECENT_MINUTES &&
        change.score >= best * LEAST_SHARE &&
        answerOf(change, table) !== null,
    );
}

function answerOf(change: RankedChange, table: ChangeTable): string | null {
  if (change.record.actor === 'service') return 'scheduled_or_automatic';
  return table.data.kinds[change.kind]?.answer ?? null;
}

function recentChange(findings: Findings, table: ChangeTable): Suggestion[] {
  const changes = telling(findings, table);
  if (changes.length === 0) {
    if (
      !findings.coverage.complete ||
      findings.ranked.some((change) => change.minutesBefore <= RECENT_MINUTES)
    )
      return [];
    return [
      { check: 'recent_change', answers: ['none'], why: noChangeSeen(findings.coverage), recordIds: [] },
    ];
  }
  const answers = new Set<string>();
  for (const change of changes) {
    const answer = answerOf(change, table);
    if (answer !== null) answers.add(answer);
    if (toolOf(change.record, table) !== undefined) answers.add('infrastructure_as_code');
  }
  const names = changes.slice(0, 3).map((change) => `${change.record.name} at ${clockOf(change.record.at)}`);
  return [
    {
      check: 'recent_change',
      answers: [...answers],
      why: `Seen before onset, riskiest first: ${listed(names, 3)} UTC.`,
      recordIds: idsOf(changes.map((change) => change.record)),
    },
  ];
}

function minutesBefore(findings: Findings, table: ChangeTable): Suggestion[] {
  const first = telling(findings, table)[0];
  if (first === undefined) return [];
  const { record } = first;
  return [
    {
      check: 'change_minutes_before',
      answers: [],
      number: Math.round(first.minutesBefore),
      why: `The change ranked first, ${record.name} by ${shortName(record.principal)}, came ${lengthWords(record.at, findings.onset)} before onset.`,
      recordIds: [record.id],
    },
  ];
}

/** Only "yes" is ever suggested: what a change breaks further away, no name shows. */
function touching(findings: Findings, table: ChangeTable): Suggestion[] {
  const check = 'change_touches_failure';
  const linked = findings.deniedAfterChange.find((one) => one.linked);
  if (linked !== undefined) {
    return [{ check, answers: ['yes'], why: linked.note, recordIds: linked.recordIds }];
  }
  const failing = comparable(findings.failing);
  for (const { record } of telling(findings, table)) {
    const touched = touchedBy(record, failing);
    if (touched === undefined) continue;
    const why = `${record.name} at ${clockOf(record.at)} UTC touched ${shortName(touched)}, which calls fail on since onset.`;
    return [{ check, answers: ['yes'], why, recordIds: [record.id] }];
  }
  return [];
}

function policyChange(findings: Findings, table: ChangeTable): Suggestion[] {
  const check = 'audit_log_policy_change';
  const linked = findings.deniedAfterChange[0];
  if (linked !== undefined && linked.linked) {
    return [{ check, answers: ['yes'], why: linked.note, recordIds: linked.recordIds }];
  }
  const policies = findings.ranked.filter(
    (change) => change.minutesBefore <= RECENT_MINUTES && isPolicyChange(change.record, table),
  );
  const first = policies[0];
  if (first !== undefined) {
    const why = `${first.record.name} by ${shortName(first.record.principal)} at ${clockOf(first.record.at)} UTC${policies.length > 1 ? `, and ${policies.length - 1} more such changes` : ''}.`;
    return [{ check, answers: ['yes'], why, recordIds: idsOf(policies.map((change) => change.record)) }];
  }
  const [sentence] = findings.coverage.sentences;
  if (!findings.coverage.complete) {
    return [
      {
        check,
        answers: ['logs_missing'],
        why: `The logs do not show the hour before onset. ${sentence ?? ''}`.trim(),
        recordIds: [],
      },
    ];
  }
  return [
    {
      check,
      answers: ['no'],
      why: `No change of a policy is seen in the files. ${sentence ?? ''}`.trim(),
      recordIds: [],
    },
  ];
}

function denied(findings: Findings): Suggestion[] {
  const { answer, note, recordIds } = findings.deniedPrincipals;
  return answer === null ? [] : [{ check: 'denied_principals', answers: [answer], why: note, recordIds }];
}

/** Only "yes" is ever suggested: that nothing is exposed cannot be seen from a log. */
function exposure(findings: Findings, table: ChangeTable): Suggestion[] {
  const onset = epochMs(findings.onset);
  const last = onset + AFTERMATH_MINUTES * 60_000;
  const exposing = findings.changes
    .filter((record) => record.errorCode === null && epochMs(record.at) <= last)
    .filter((record) => record.flags.some((flag) => table.data.flags[flag]?.exposes === true))
    .sort((a, b) => Math.abs(epochMs(a.at) - onset) - Math.abs(epochMs(b.at) - onset));
  const first = exposing[0];
  if (first === undefined) return [];
  const words = first.flags.flatMap((flag) => {
    const known = table.data.flags[flag];
    return known?.exposes === true ? [known.words] : [];
  });
  const more =
    exposing.length > 1 ? ` ${counted(exposing.length - 1, 'more such change')} around onset.` : '';
  const why = `${first.name} at ${clockOf(first.at)} UTC ${listed(words, 2)}${first.detail === '' ? '' : ` (${first.detail})`}.${more}`;
  return [{ check: 'exposure_or_credential_misuse', answers: ['yes'], why, recordIds: idsOf(exposing) }];
}

function loggingGap({ holes, coverage }: Findings): Suggestion[] {
  const check = 'logging_gap';
  const [first, ...more] = holes.filter((hole) => hole.answers);
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` ${counted(more.length, 'more such hole')}.`;
    return [
      {
        check,
        answers: ['yes'],
        why: `${first.detail}${others}`,
        recordIds: [...new Set([first, ...more].flatMap((hole) => hole.recordIds))].slice(0, MOST_IDS),
        findingIds: [...new Set([first, ...more].flatMap((hole) => hole.findingIds))].slice(0, MOST_IDS),
      },
    ];
  }
  // A page that was cut short, or accounts that are not there, may well hold what is missing.
  if (!coverage.complete || holes.some((hole) => hole.kind === 'truncated')) return [];
  return [
    { check, answers: ['no'], why: 'The hour before onset is in the files without a gap.', recordIds: [] },
  ];
}

function signature(findings: Findings, table: ErrorTable): Suggestion[] {
  const grown = findings.errors.filter((group) => group.after > group.before);
  const answers = new Set<string>();
  const named: string[] = [];
  for (const group of grown) {
    const answer = table.data.families[group.family]?.answer ?? null;
    if (answer === null) continue;
    answers.add(answer);
    named.push(`${group.errorCode} (${group.before} before onset, ${group.after} after)`);
  }
  if (answers.size === 0) return [];
  return [
    {
      check: 'error_signature',
      answers: [...answers],
      why: `More after onset: ${listed(named, 3)}.`,
      recordIds: [],
    },
  ];
}

/** Only what is there is ever suggested: a file without such a record does not show that there is none. */
function accountHealth({ providerWords }: Findings): Suggestion[] {
  const first = providerWords[0];
  if (first === undefined) return [];
  const { record, matches } = first;
  const same = providerWords.filter((word) => word.matches === matches).map((word) => word.record);
  const about = record.detail === '' ? '' : ` (${record.detail})`;
  const more = same.length > 1 ? ` ${counted(same.length - 1, 'more such record')}.` : '';
  const fit = matches ? 'It fits what fails.' : 'It does not name a service and region that fail.';
  return [
    {
      check: 'provider_account_health',
      answers: [matches ? 'matching_event' : 'other_event'],
      why: `The provider itself reports ${record.name} at ${clockOf(record.at)} UTC${about}. ${fit}${more}`,
      recordIds: idsOf(same),
    },
  ];
}

function idsOf(records: readonly LogRecord[]): string[] {
  return records.slice(0, MOST_IDS).map((record) => record.id);
}
