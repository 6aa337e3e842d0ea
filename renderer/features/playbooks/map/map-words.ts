import type { CheckStanding, MapCheck } from '../../../../main/core/playbook/map.ts';
import type { Contribution } from '../../../../main/core/verdict/model.ts';
import { duration } from '../../../lib/format.ts';
import { SIDE_WORDS } from '../../../lib/words.ts';

/** Where a check stands, as a shape and a word. The shape never stands without the word. */
export const STANDING_WORDS: Readonly<
  Record<CheckStanding, { readonly shape: string; readonly word: string }>
> = {
  answered: { shape: '✓', word: 'answered' },
  could_not_check: { shape: '?', word: 'could not check' },
  next: { shape: '➤', word: 'next' },
  open: { shape: '○', word: 'not asked yet' },
  later: { shape: '◇', word: 'once the trigger is settled' },
  waiting: { shape: '…', word: 'waits on its gate' },
  shut: { shape: '×', word: 'not asked: its gate is shut' },
};

/** Less than this rounds to nothing. */
const NOTHING = 0.05;

/** What an answer added: `+1.9 provider`; that it speaks for no side is said too. Empty for what adds nothing yet. */
export function addedWords(contribution: Contribution | undefined): string {
  if (contribution === undefined) return '';
  if (contribution.size < NOTHING) return 'speaks for no side';
  return `+${contribution.size.toFixed(1)} ${SIDE_WORDS[contribution.towards].toLowerCase()}`;
}

/** The second line of a check on the map: where it stands in an incident, else when it is asked and what it costs. */
export function secondLine(check: MapCheck, contribution: Contribution | undefined): string {
  if (check.standing === 'answered')
    return [addedWords(contribution), check.answer].filter((part) => part !== '').join(' · ');
  if (check.standing === 'waiting') return `waits on: ${check.gate}`;
  if (check.standing !== null) return STANDING_WORDS[check.standing].word;
  const when =
    check.gate !== '' ? `if ${check.gate}` : check.openingWhen !== '' ? `first if ${check.openingWhen}` : '';
  return [duration(check.costMinutes), check.about === 'spread' ? 'about the spread' : '', when]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Everything the map shows of a check, in one sentence for somebody who does not see it. */
export function wholeLabel(check: MapCheck, contribution: Contribution | undefined): string {
  const parts = [
    check.step === null ? check.title : `Put as number ${check.step}: ${check.title}`,
    SIDE_LABELS[check.side],
    check.standing === null ? '' : STANDING_WORDS[check.standing].word,
    check.answer,
    addedWords(contribution),
    check.opening === null ? '' : `number ${check.opening} of the opening`,
    check.openingWhen === '' ? '' : `first only if ${check.openingWhen}`,
    check.gate === '' ? '' : `only if ${check.gate}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Whom a check is about. */
export const SIDE_LABELS: Readonly<Record<MapCheck['side'], string>> = {
  provider: "the provider's side",
  customer: 'our side',
  both: 'both sides',
};
