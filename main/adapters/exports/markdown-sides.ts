import type { ErrorGroup, RankedChange } from '../../core/evidence/model.ts';
import type { Report, ReportFeed } from '../../core/report/model.ts';
import { LIFECYCLE_WORDS, SAYING_WORDS, sinceOnset, utcText } from '../../core/report/words.ts';
import { joined, localText, momentText } from './markdown-moment.ts';
import { code, table, text } from './markdown-text.ts';
import type { Section } from './markdown-section.ts';

/** A document for people shows this many rows of what logs say; the JSON export has all of them. */
const MOST_ROWS = 30;

/** When the provider first spoke, and what each feed claimed at each moment it said something else. */
export function providerSection({ firstPublicWord: word, feeds, header }: Report): Section {
  const first =
    word === null
      ? `${text(header.providerName)} has said nothing in public that fits this incident.`
      : `First public word: **${sinceOnset(word.lagMinutes)}**, ${utcText(word.at)} (${localText(word)}), ${text(word.feedName)}: ${text(word.title)}.`;
  const rows = feeds.flatMap((feed) => feed.claims.map((claim) => claimRow(feed, claim)));
  return {
    heading: 'What the provider said',
    lines: [
      first,
      '',
      ...(rows.length === 0
        ? ['No feed was read.']
        : table(['Feed', 'Read', 'State', 'What it said', 'Snapshot SHA-256'], rows)),
    ],
  };
}

function claimRow(feed: ReportFeed, claim: ReportFeed['claims'][number]): string[] {
  const said = claim.matches
    .filter(({ degree }) => degree !== 'unrelated')
    .map((match) => {
      const start =
        match.claimedStart === null ? 'no start claimed' : `start claimed ${utcText(match.claimedStart)}`;
      return `${text(match.title)} (${code(match.nativeId)}, ${LIFECYCLE_WORDS[match.lifecycle]}, ${start})`;
    });
  return [
    text(feed.name),
    momentText(claim),
    SAYING_WORDS[claim.saying],
    [text(claim.reason), ...said].filter((part) => part !== '').join('; '),
    claim.sha256 === null ? 'no bytes' : code(claim.sha256),
  ];
}

/** What our own logs cover, the changes before onset, nearest and riskiest first, and the errors by signature. */
export function customerSection({ customer }: Report): Section {
  const { coverage, changes, errors } = customer;
  return {
    heading: 'What our own logs say',
    lines: [
      ...(coverage.length === 0
        ? ['No log of ours was looked at.']
        : coverage.map((sentence) => `- ${text(sentence)}`)),
      '',
      ...table(
        ['Rank', 'Before onset', 'UTC', 'Change', 'By', 'On', 'Why it stands here'],
        changes.slice(0, MOST_ROWS).map(changeRow),
      ),
      ...moreLines(changes.length, 'changes'),
      ...table(
        ['Errors', 'Family', 'Count', 'Before / after onset', 'First', 'Last', 'Calls'],
        errors.slice(0, MOST_ROWS).map(errorRow),
      ),
      ...moreLines(errors.length, 'groups of errors'),
    ],
  };
}

function moreLines(count: number, what: string): string[] {
  return count > MOST_ROWS ? [`${count - MOST_ROWS} further ${what} are in the JSON export.`, ''] : [];
}

function changeRow(change: RankedChange, index: number): string[] {
  const { record } = change;
  const what = change.count > 1 ? `${code(record.name)} (${change.count} times)` : code(record.name);
  return [
    String(index + 1),
    `${change.minutesBefore.toFixed(1)} min`,
    utcText(record.at),
    [what, text(record.detail)].filter((part) => part !== '').join(': '),
    code(record.principal),
    joined(record.resources.slice(0, 3), code),
    [...change.reasons, ...(change.ambiguity === null ? [] : [change.ambiguity])].map(text).join('; '),
  ];
}

function errorRow(group: ErrorGroup): string[] {
  return [
    code(group.errorCode),
    text(group.family),
    String(group.count),
    `${group.before} / ${group.after}`,
    utcText(group.first),
    utcText(group.last),
    joined(group.calls.slice(0, 5), code),
  ];
}
