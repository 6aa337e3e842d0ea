import type { Check } from '../../../main/core/playbook/definition.ts';
import type {
  CustomerSide,
  FeedBoardItem,
  IncidentView,
  Suggestion,
} from '../../../preload/contract/views.ts';
import { evidenceChoices, type EvidenceChoice } from './evidence-choices.ts';

/** An answer that is at hand already: in our own logs, in what scanners found, or in what the provider says. A person uses it with one key. */
export interface AtHand {
  readonly from: 'logs' | 'findings' | 'feeds';
  readonly answers: readonly string[];
  readonly number: number | null;
  readonly why: string;
  /** What it rests on; attached to the answer when it is used. */
  readonly evidence: readonly EvidenceChoice[];
}

/** So much evidence is attached at once; the rest can be attached by hand. */
const ATTACHED = 3;

/** The check of the built-in vocabulary that asks what the feeds have read. */
const STATUS_CHECK = 'provider_status_page';

/** What is at hand for a check: what the logs suggest, else what the feeds say of it. */
export function atHand(
  view: IncidentView,
  side: CustomerSide | null,
  suggestion: Suggestion | undefined,
  check: Check,
): AtHand | null {
  const choices = evidenceChoices(view, side, suggestion, check.side);
  if (suggestion !== undefined) {
    const { answers, number, why, recordIds, findingIds } = suggestion;
    const carrier = check.answers.find((answer) => number !== null && answer.number)?.id;
    return {
      from: recordIds.length === 0 && findingIds.length > 0 ? 'findings' : 'logs',
      answers: answers.length > 0 || carrier === undefined ? answers : [carrier],
      number,
      why,
      evidence: choices
        .filter(
          ({ source }) =>
            (source.kind === 'record' && recordIds.includes(source.recordId)) ||
            (source.kind === 'finding' && findingIds.includes(source.findingId)),
        )
        .slice(0, ATTACHED),
    };
  }
  const said = check.id === STATUS_CHECK ? statusOf(view.feeds) : null;
  if (said === null || !check.answers.some(({ id }) => id === said.answer)) return null;
  return {
    from: 'feeds',
    answers: [said.answer],
    number: null,
    why: said.feeds.map(({ name, sentence }) => `${name}: ${sentence}`).join(' '),
    evidence: choices
      .filter(
        ({ source }) => source.kind === 'feed' && said.feeds.some(({ feedId }) => feedId === source.feedId),
      )
      .slice(0, ATTACHED),
  };
}

interface Said {
  readonly answer: string;
  readonly feeds: readonly FeedBoardItem[];
}

/**
 * What the feeds that were read say together: a matching event before one elsewhere before silence. Feeds that could not be
 * read say nothing; where none could, the pages are unreadable, and that is no silence.
 */
function statusOf(feeds: readonly FeedBoardItem[]): Said | null {
  const saying = (what: FeedBoardItem['saying']): readonly FeedBoardItem[] =>
    feeds.filter((feed) => feed.saying === what);
  const ranked: readonly (readonly [string, readonly FeedBoardItem[]])[] = [
    ['incident_matching_scope', saying('matching')],
    ['incident_other_scope', saying('elsewhere')],
    ['no_incident', saying('silent')],
    ['unreachable', saying('could_not_check')],
  ];
  const found = ranked.find(([, of]) => of.length > 0);
  return found === undefined ? null : { answer: found[0], feeds: found[1] };
}
