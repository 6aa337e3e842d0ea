import { useMemo } from 'react';
import { create } from 'zustand';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { Instant } from '../../../main/core/time.ts';
import type { RecordHistogram, RecordKeyView } from '../../../preload/contract/views.ts';
import { request } from '../../lib/api.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';

/** What is looked for; kept in the address, so that a link opens the same records. */
export interface Asked {
  readonly text: string;
  readonly kind: 'changes' | 'errors' | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

interface RecordStore {
  readonly histogram: RecordHistogram | null;
  /** Newest first, as far as they have been read. */
  readonly records: readonly LogRecord[];
  readonly last: RecordKeyView | null;
  readonly more: boolean;
  readonly isReading: boolean;
  readonly fault: string | null;
  readonly asked: Asked | null;
  /** Reads the first page, and how much there is over time. */
  readonly open: (incidentId: string, asked: Asked) => Promise<void>;
  /** Reads the next page, of older ones. */
  readonly readOn: (incidentId: string) => Promise<void>;
}

/** The records of the incident that is open. */
export const useRecords = create<RecordStore>()((set, get) => ({
  histogram: null,
  records: [],
  last: null,
  more: false,
  isReading: false,
  fault: null,
  asked: null,
  open: async (incidentId, asked) => {
    set({ asked, records: [], last: null, more: false, isReading: true, fault: null });
    const [histogram] = await Promise.all([
      request('getHistogram', { incidentId }),
      get().readOn(incidentId),
    ]);
    if (get().asked !== asked) return;
    if (histogram.ok) set({ histogram: histogram.value });
    else set({ fault: histogram.error.message });
  },
  readOn: async (incidentId) => {
    const { asked, last, isReading, more } = get();
    if (asked === null || (last !== null && (isReading || !more))) return;
    set({ isReading: true });
    const reply = await request('searchRecords', { incidentId, ...asked, after: last });
    // Something else has been asked in the meantime.
    if (get().asked !== asked) return;
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
