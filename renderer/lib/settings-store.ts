import { create } from 'zustand';
import type { Settings } from '../../preload/contract/views.ts';
import { request } from './api.ts';

interface SettingsStore {
  readonly settings: Settings;
  /** False until main has answered once; until then the defaults show. */
  readonly loaded: boolean;
  /** One sentence when the last save failed. */
  readonly fault: string | null;
  readonly load: () => Promise<void>;
  /** Shows the change at once, then saves it; a failed save is said and the change stays for this session. */
  readonly change: (changes: Partial<Settings>) => Promise<void>;
}

const DEFAULTS: Settings = { responder: '', theme: 'system', clock: 'utc', singleKeys: true };

/** The responder's own settings. */
export const useSettings = create<SettingsStore>()((set, get) => ({
  settings: DEFAULTS,
  loaded: false,
  fault: null,
  load: async () => {
    const reply = await request('getSettings', {});
    if (reply.ok) set({ settings: reply.value, loaded: true, fault: null });
    else set({ loaded: true, fault: reply.error.message });
    showTheme(get().settings.theme);
  },
  change: async (changes) => {
    const settings = { ...get().settings, ...changes };
    set({ settings, fault: null });
    showTheme(settings.theme);
    const reply = await request('saveSettings', settings);
    if (!reply.ok) set({ fault: reply.error.message });
  },
}));

function showTheme(theme: Settings['theme']): void {
  document.documentElement.dataset['theme'] = theme;
}
