import { useEffect, type ReactNode } from 'react';
import { useShortcuts } from '../lib/commands.ts';
import { followIncident } from '../lib/incident-store.ts';
import { listen } from '../lib/api.ts';
import { navigate } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings-store.ts';
import { useAppInfo } from './app-info.ts';
import { LiveRegion } from './live-region.tsx';
import { Recovery } from './recovery.tsx';
import { Shell } from './shell.tsx';

/** The whole window: its keys, its pushes from main, and either the shell or the way back to a sound database. */
export function App(): ReactNode {
  const singleKeys = useSettings((store) => store.settings.singleKeys);
  const trouble = useAppInfo((store) => store.info?.trouble ?? null);
  useShortcuts(singleKeys);

  useEffect(() => {
    void useSettings.getState().load();
    void useAppInfo.getState().load();
    const stops = [
      followIncident(),
      listen('openIncident', ({ incidentId }) => {
        navigate({ view: 'incident', id: incidentId, tab: 'triage' });
      }),
      listen('changed', ({ topic }) => {
        if (topic === 'settings') void useSettings.getState().load();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <>
      <LiveRegion />
      {trouble === null ? <Shell /> : <Recovery trouble={trouble} />}
    </>
  );
}
