import { create } from 'zustand';
import type { VerdictMomentView } from '../../../preload/contract/views.ts';
import { request } from '../../lib/api.ts';

interface HistoryStore {
  readonly incidentId: string | null;
  /** Null until main has answered. */
  readonly moments: readonly VerdictMomentView[] | null;
  readonly fault: string | null;
  readonly load: (incidentId: string) => Promise<void>;
}

/** How the probabilities of the open incident moved, from its trail. */
export const useHistory = create<HistoryStore>()((set, get) => ({
  incidentId: null,
  moments: null,
  fault: null,
  load: async (incidentId) => {
    if (get().incidentId !== incidentId) set({ incidentId, moments: null, fault: null });
    const reply = await request('getVerdictHistory', { incidentId });
    if (get().incidentId !== incidentId) return;
    set(reply.ok ? { moments: reply.value, fault: null } : { fault: reply.error.message });
  },
}));
