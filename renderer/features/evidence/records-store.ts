import { useMemo } from 'react';
import { create } from 'zustand';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { Instant } from '../../../main/core/time.ts';
import type { FoundCount, RecordHistogram, RecordKeyView } from '../../../preload/contract/views.ts';
import type { Reply } from '../../../preload/contract/requests.ts';
import { request } from '../../lib/api.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';
import { newestOnly } from '../../lib/newest-only.ts';
import { sumOfBars } from './histogram-bars.ts';

/** What is looked for; kept in the address, so that a link opens the same records. */
export interface Asked {
  readonly text: string;
  readonly kind: 'changes' | 'errors' | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** Whether it asks for less than everything. */
export function isNarrowed({ text, kind, from, to }: Asked): boolean {
  return text !== '' || kind !== null || from !== null || to !== null;
}

/** What the search finds, as far as it has been counted. */
export interface Found extends RecordHistogram {
  readonly count: number;
  /** False while there is more to go through: `count` is then only the least. */
  readonly isWhole: boolean;
}

interface RecordStore {
  /** The incident that everything here is of. */
  readonly incidentId: string | null;
  readonly histogram: RecordHistogram | null;
  /** Null when everything is asked for, and until the first part has been counted. */
  readonly found: Found | null;
  /** Newest first, as far as they have been read. */
  readonly records: readonly LogRecord[];
  readonly last: RecordKeyView | null;
  readonly more: boolean;
  readonly isReading: boolean;
  readonly fault: string | null;
  readonly asked: Asked | null;
  /** More has come in since the records were read: they are as they were, so that nobody loses their place. */
  readonly isBehind: boolean;
  /** Reads the first page, and how much there is over time. */
  readonly open: (incidentId: string, asked: Asked) => Promise<void>;
  /**
   * Takes in that more has come in: how much there is over time, and how much of it is found. The records themselves are read
   * anew only when nobody is in the midst of them; what is shown stays until the new is there.
   */
  readonly renew: (incidentId: string, isInMidst: () => boolean) => Promise<void>;
  /** Reads the first page anew, in place of what is shown. */
  readonly showNew: (incidentId: string) => Promise<void>;
  /** Counts what is asked for, part by part. */
  readonly count: (incidentId: string) => Promise<void>;
  /** Reads the next page, of older ones. */
  readonly readOn: (incidentId: string) => Promise<void>;
}

/** What has been counted so far, and one more part of it. */
function withPart(sofar: Found | null, { found, minutes, bars, next }: FoundCount): Found {
  return {
    count: (sofar?.count ?? 0) + found,
    isWhole: next === null,
    minutes,
    bars: sumOfBars([...(sofar?.bars ?? []), ...bars]),
  };
}

type Renewal = Parameters<RecordStore['renew']>;

/** One renewal at a time: an import of many files asks for many, and the last of them is enough. */
const renewal: { isRunning: boolean; next: Renewal | null } = { isRunning: false, next: null };

function takeRenewal(): Renewal | null {
  const { next } = renewal;
  renewal.next = null;
  return next;
}

/** What was asked in the meantime and is not wanted any more does not stand in front of what is. */
const inTurn = newestOnly();

/** The records of the incident that is open. */
export const useRecords = create<RecordStore>()((set, get) => ({
  incidentId: null,
  histogram: null,
  found: null,
  records: [],
  last: null,
  more: false,
  isReading: false,
  fault: null,
  asked: null,
  isBehind: false,
  open: async (incidentId, asked) => {
    set({
      ...(get().incidentId !== incidentId && { incidentId, histogram: null }),
      ...{ asked, found: null, records: [], last: null, more: false },
      ...{ isReading: true, fault: null, isBehind: false },
    });
    await inTurn(async () => {
      const [histogram] = await Promise.all([
        request('getHistogram', { incidentId }),
        get().readOn(incidentId),
      ]);
      if (get().asked !== asked) return;
      set(histogram.ok ? { histogram: histogram.value } : { fault: histogram.error.message });
    });
    if (get().asked !== asked || get().fault !== null) return;
    // Only now: the records themselves come first.
    if (isNarrowed(asked)) await get().count(incidentId);
  },
  count: async (incidentId) => {
    const { asked } = get();
    if (asked === null) return;
    let found: Found | null = null;
    let after: number | null = null;
    while (found?.isWhole !== true) {
      const part: Reply<'countFound'> = await request('countFound', { incidentId, ...asked, after });
      // Something else has been asked in the meantime: the rest of this need not be known.
      if (get().asked !== asked) return;
      if (!part.ok) {
        set({ fault: part.error.message });
        return;
      }
      after = part.value.next;
      found = withPart(found, part.value);
      // What was counted before stands until more than that is counted.
      if (found.isWhole || found.count >= (get().found?.count ?? 0)) set({ found });
    }
  },
  renew: async (...wanted) => {
    renewal.next = wanted;
    if (renewal.isRunning) return;
    renewal.isRunning = true;
    try {
      for (let one = takeRenewal(); one !== null; one = takeRenewal()) {
        const [incidentId, isInMidst] = one;
        const { asked } = get();
        if (asked === null || get().incidentId !== incidentId) continue;
        const histogram = await request('getHistogram', { incidentId });
        if (get().asked !== asked) continue;
        if (histogram.ok) set({ histogram: histogram.value });
        if (isInMidst()) set({ isBehind: true });
        else await get().showNew(incidentId);
        if (isNarrowed(asked) && get().asked === asked) await get().count(incidentId);
      }
    } finally {
      renewal.isRunning = false;
    }
  },
  showNew: async (incidentId) => {
    const { asked } = get();
    if (asked === null) return;
    const reply = await request('searchRecords', { incidentId, ...asked, after: null });
    if (get().asked !== asked) return;
    if (!reply.ok) {
      set({ fault: reply.error.message });
      return;
    }
    const { records, keys, more } = reply.value;
    set({ records, last: keys.at(-1) ?? null, more, isReading: false, isBehind: false, fault: null });
  },
  readOn: async (incidentId) => {
    const { asked, last, isReading, more } = get();
    if (asked === null || (last !== null && (isReading || !more))) return;
    set({ isReading: true });
    const reply = await request('searchRecords', { incidentId, ...asked, after: last });
    // Something else has been asked in the meantime, or what is shown has been read anew: this page does not follow it.
    if (get().asked !== asked || get().last !== last) return;
    if (!reply.ok) {
      set({ isReading: false, fault: reply.error.message });
      return;
    }
    const { records, keys, more: further } = reply.value;
    set({
      records: [...get().records, ...records],
      last: keys.at(-1) ?? last,
      more: further,
      isReading: false,
    });
  },
}));

/** An instant that stands in an address; null for anything else. */
function asInstant(text: string): Instant | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) ? (text as Instant) : null;
}

/** What the address asks for, and how to ask for something else. */
export function useAsked(incidentId: string): [Asked, (asked: Asked) => void] {
  const route = useRoute();
  const query = route.view === 'incident' && route.tab === 'logs' ? route.query : undefined;
  const { q = '', kind = '', from = '', to = '' } = query ?? {};
  const asked = useMemo(
    (): Asked => ({
      text: q,
      kind: kind === 'changes' || kind === 'errors' ? kind : null,
      from: asInstant(from),
      to: asInstant(to),
    }),
    [q, kind, from, to],
  );
  return [
    asked,
    (next) => {
      const wanted = {
        ...(next.text !== '' && { q: next.text }),
        ...(next.kind !== null && { kind: next.kind }),
        ...(next.from !== null && { from: next.from }),
        ...(next.to !== null && { to: next.to }),
      };
      navigate({ view: 'incident', id: incidentId, tab: 'logs', query: wanted });
    },
  ];
}
