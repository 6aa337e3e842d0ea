import type { FeedKind, ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter, ReadingContext } from './adapter.ts';
import { openDocument } from './document.ts';
import { joinSame } from './join.ts';
import { conclude, gather, unreadable, type Rejected } from './reading.ts';

/** A list of items and its place in the document (`current`; empty for the document itself). */
export interface ItemList {
  readonly place: string;
  readonly items: readonly unknown[];
}

/** The items of a document of the kind. */
export interface JsonItems {
  readonly lists: readonly ItemList[];
  /** True when the document's own marks tell its kind, so that it is known without items too. */
  readonly certain?: boolean;
  /** The key that says that the list goes on elsewhere, when there is more: silence then proves nothing. */
  readonly goesOn?: string | null;
}

/** What differs between kinds of JSON that are lists of items, each of which tells one event. */
export interface JsonFeedParts {
  readonly kind: FeedKind;
  readonly title: string;
  /** What a document of the kind is, for people: `that is a JSON array of events`. */
  readonly shape: string;
  /** Null when the document has another shape. */
  readonly itemsOf: (value: unknown) => JsonItems | null;
  /** True when several items may tell of the same event, by its native id; they are then joined. */
  readonly joins?: true;
  /** What can only be told once all events are known. */
  readonly settle?: (events: readonly ProviderEvent[], document: unknown) => readonly ProviderEvent[];
  /** Whether an item carries marks that only this kind has. */
  readonly isItem: (item: unknown) => boolean;
  /**
   * Throws `BadItem` for an item that cannot be used; parts of one may be set aside into `rejected`. Null for an item
   * that is sound and says that nothing is wrong.
   */
  readonly readItem: (
    item: unknown,
    place: string,
    rejected: Rejected[],
    context: ReadingContext,
  ) => ProviderEvent | null;
}

/** The adapter of a kind of JSON. */
export function jsonFeed({
  kind,
  title,
  shape,
  itemsOf,
  isItem,
  readItem,
  joins,
  settle = (events) => events,
}: JsonFeedParts): FeedAdapter {
  return {
    kind,
    title,
    recognises: (document) => {
      const found = document.form === 'json' ? itemsOf(document.value) : null;
      return (
        found !== null && (found.certain === true || found.lists.some((list) => list.items.some(isItem)))
      );
    },
    parse: (bytes, context) => {
      const document = openDocument(bytes);
      if (!document.ok) return unreadable(document.error.message);
      const found = document.value.form === 'json' ? itemsOf(document.value.value) : null;
      if (found === null) return unreadable(`The answer is not ${title}: ${shape}.`);
      const rejected: Rejected[] = [];
      const events = found.lists.flatMap((list) =>
        gather(list.items, list.place, rejected, (item, place) => {
          const event = readItem(item, place, rejected, context);
          if (event !== null) context.keepRaw?.(event.nativeId, { form: 'json', value: item });
          return event;
        }),
      );
      const told = events.filter((event) => event !== null);
      const settled = settle(
        joins ? joinSame(told) : told,
        document.value.form === 'json' ? document.value.value : null,
      );
      return conclude(title, settled, [...rejected, ...continuation(found)]);
    },
  };
}

function continuation({ goesOn }: JsonItems): readonly Rejected[] {
  return goesOn === undefined || goesOn === null
    ? []
    : [{ place: goesOn, reason: 'the list goes on, on a page that is not part of this answer' }];
}
