import { create } from 'zustand';
import type { PlaybookDetail } from '../../../preload/contract/views.ts';
import { request } from '../../lib/api.ts';

interface PlaybookStore {
  readonly id: string | null;
  readonly detail: PlaybookDetail | null;
  /** One sentence when the last request failed. */
  readonly fault: string | null;
  readonly open: (id: string) => Promise<void>;
  readonly setFault: (fault: string | null) => void;
}

/** The playbook that is open, as it was saved. */
export const usePlaybook = create<PlaybookStore>()((set, get) => ({
  id: null,
  detail: null,
  fault: null,
  open: async (id) => {
    if (get().id !== id) set({ id, detail: null, fault: null });
    const reply = await request('getPlaybook', { id, number: null });
    if (get().id !== id) return;
    set(reply.ok ? { detail: reply.value, fault: null } : { fault: reply.error.message });
  },
  setFault: (fault) => {
    set({ fault });
  },
}));
