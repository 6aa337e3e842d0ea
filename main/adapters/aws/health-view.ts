import type { HealthClient } from '@aws-sdk/client-health';
import { healthFailure } from './health-failure.ts';

/** One asking of AWS Health: with what, since when, until when, and which operation is under way. */
export interface Asking {
  readonly client: HealthClient;
  /** Events last updated before this are left out. */
  readonly since: Date;
  readonly signal: AbortSignal;
  /** Told before each operation, so that a failure can be named by it. */
  readonly begin: (operation: string) => void;
}

/** What was not asked or refused beside the events themselves; these stand all the same. */
export interface NotAsked {
  readonly operation: string;
  readonly reason: string;
}

/** Items of all pages that were read; `more` when the list goes on. */
export interface Gathered<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

/** Largest page that AWS gives: fewer pages, fewer throttled requests. */
export const PAGE_SIZE = 100;
const MOST_PAGES = 20;
/** Details and entities are asked for ten events at a time, the most that AWS takes. */
const AT_ONCE = 10;
/** Details are asked for this many events, latest first. */
export const MOST_DETAILS = 100;

/** All pages up to a bound. A list that repeats its token, at which the paginators stop, has more that is unseen. */
export async function gathered<P extends { readonly nextToken?: string | undefined }, T>(
  pages: AsyncIterable<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
): Promise<Gathered<T>> {
  const items: T[] = [];
  let count = 0;
  let more = false;
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
    count += 1;
    more = page.nextToken !== undefined;
    if (count === MOST_PAGES) break;
  }
  return { items, more };
}

/** A part that may fail without the events being lost: what was got, or nothing and a note of why. */
export async function orNote<T>(
  operation: string,
  none: T,
  notes: NotAsked[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    notes.push({ operation, reason: healthFailure(cause, operation).message });
    return none;
  }
}

/** A list in pieces of ten, in their order. */
export function inTens<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / AT_ONCE);
  return Array.from({ length: count }, (_, at) => items.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
}
