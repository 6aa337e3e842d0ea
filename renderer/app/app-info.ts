import { create } from 'zustand';
import type { AppInfo } from '../../preload/contract/views.ts';
import { request } from '../lib/api.ts';

interface AppInfoStore {
  readonly info: AppInfo | null;
  readonly fault: string | null;
  readonly load: () => Promise<void>;
}

/** What main says of itself: version, folders, and whether the database can be written. */
export const useAppInfo = create<AppInfoStore>()((set) => ({
  info: null,
  fault: null,
  load: async () => {
    const reply = await request('appInfo', {});
    set(reply.ok ? { info: reply.value, fault: null } : { fault: reply.error.message });
  },
}));
