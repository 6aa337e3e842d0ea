import { minutesBetween } from '../../../main/core/instants.ts';
import type { CustomerSide, IncidentView, Suggestion } from '../../../preload/contract/views.ts';
import { sinceOnset } from '../../lib/format.ts';
import { feedWord, inOrderOfWord } from '../../lib/feed-words.ts';
import { beforeOnset } from './change-words.ts';

/** Something that can be attached to an answer. */
export interface EvidenceChoice {
  /** What tells it from the others: `feed:ID`, `record:ID`, `finding:ID`, `evidence:ID`. */
  readonly key: string;
  readonly source:
    | { readonly kind: 'feed'; readonly feedId: string }
    | { readonly kind: 'record'; readonly recordId: string }
    | { readonly kind: 'finding'; readonly findingId: string }
    | { readonly kind: 'evidence'; readonly evidenceId: string };
  readonly name: string;
  readonly detail: string;
  readonly group:
    'What the provider says' | 'From our logs' | 'How our things stood' | 'In this incident already';
}

/** How many of the ranked changes are offered besides those the suggestion rests on. */
const CHANGES = 5;

/** What can be attached to the answer of a check, what fits it best first. */
export function evidenceChoices(
  view: IncidentView,
  side: CustomerSide | null,
  suggestion: Suggestion | undefined,
  about: 'provider' | 'customer' | 'both',
): readonly EvidenceChoice[] {
  const provider = [...feedChoices(view), ...wordChoices(view, side, suggestion)];
  const records = recordChoices(side, suggestion);
  const states = findingChoices(side, suggestion);
  // What the suggestion rests on comes first.
  const onStates = suggestion?.recordIds.length === 0 && suggestion.findingIds.length > 0;
  const customer = onStates ? [...states, ...records] : [...records, ...states];
  const present = presentChoices(view);
  return about === 'customer'
    ? [...customer, ...provider, ...present]
    : [...provider, ...customer, ...present];
}

function feedChoices(view: IncidentView): EvidenceChoice[] {
  // A feed that answered nothing has no bytes to keep.
  const answered = new Set<string>(
    view.state.feeds.filter(({ sha256 }) => sha256 !== null).map(({ feedId }) => feedId),
  );
  return inOrderOfWord(view.feeds)
    .filter(({ feedId }) => answered.has(feedId))
    .map((feed) => ({
      key: `feed:${feed.feedId}`,
      source: { kind: 'feed', feedId: feed.feedId },
      name: `${feed.name}: ${feedWord(feed).word}`,
      detail: feed.sentence,
      group: 'What the provider says',
    }));
}

/** What the provider reports of itself in our files: what the suggestion rests on, and what fits. */
function wordChoices(
  { state }: IncidentView,
  side: CustomerSide | null,
  suggestion: Suggestion | undefined,
): EvidenceChoice[] {
  const words = side?.providerWords ?? [];
  return words
    .filter(({ record, matches }) => matches || suggestion?.recordIds.includes(record.id) === true)
    .map(({ record }) => ({
      key: `record:${record.id}`,
      source: { kind: 'record', recordId: record.id },
      name: `${record.name} ${sinceOnset(minutesBetween(state.scope.onset, record.at))}`,
      detail: record.detail || record.source,
      group: 'What the provider says',
    }));
}

function recordChoices(side: CustomerSide | null, suggestion: Suggestion | undefined): EvidenceChoice[] {
  if (side === null) return [];
  const suggested = new Set(suggestion?.recordIds);
  const known = new Set([...side.changes, ...side.providerWords].map(({ record }) => record.id));
  const first = side.changes.filter(({ record }) => suggested.has(record.id));
  const rest = side.changes.filter(({ record }) => !suggested.has(record.id)).slice(0, CHANGES);
  const unknown = [...suggested].filter((id) => !known.has(id));
  return [
    ...[...first, ...rest].map(({ record, minutesBefore }): EvidenceChoice => ({
      key: `record:${record.id}`,
      source: { kind: 'record', recordId: record.id },
      name: `${record.name} ${beforeOnset(minutesBefore)}`,
      detail: record.detail || (record.resources[0] ?? record.principal),
      group: 'From our logs',
    })),
    ...unknown.map((id): EvidenceChoice => ({
      key: `record:${id}`,
      source: { kind: 'record', recordId: id },
      name: `Record ${id}`,
      detail: suggestion?.why ?? '',
      group: 'From our logs',
    })),
  ];
}

/** What the suggestion rests on, then what is dated near onset. */
function findingChoices(side: CustomerSide | null, suggestion: Suggestion | undefined): EvidenceChoice[] {
  if (side === null) return [];
  const suggested = new Set(suggestion?.findingIds);
  const { ranked } = side.findings;
  const first = ranked.filter(({ finding }) => suggested.has(finding.id));
  const known = new Set(ranked.map(({ finding }) => finding.id));
  const unknown = [...suggested].filter((id) => !known.has(id));
  const near = ranked.filter(({ dated, finding }) => dated === 'near' && !suggested.has(finding.id));
  return [
    ...[...first, ...near.slice(0, CHANGES)].map(({ finding, reasons }): EvidenceChoice => ({
      key: `finding:${finding.id}`,
      source: { kind: 'finding', findingId: finding.id },
      name: finding.title,
      detail: [finding.resource, reasons[0] ?? ''].filter((part) => part !== '').join(' · '),
      group: 'How our things stood',
    })),
    ...unknown.map((id): EvidenceChoice => ({
      key: `finding:${id}`,
      source: { kind: 'finding', findingId: id },
      name: `Finding ${id}`,
      detail: suggestion?.why ?? '',
      group: 'How our things stood',
    })),
  ];
}

function presentChoices({ state }: IncidentView): EvidenceChoice[] {
  const onset = Date.parse(state.scope.onset);
  return state.evidence.map((one) => ({
    key: `evidence:${one.evidenceId}`,
    source: { kind: 'evidence', evidenceId: one.evidenceId },
    name: one.name,
    detail: one.summary || sinceOnset((Date.parse(one.at) - onset) / 60_000),
    group: 'In this incident already',
  }));
}
