import { useCommands, type Command } from '../lib/commands.ts';
import { useIncident } from '../lib/incident-store.ts';
import { navigate, type IncidentTab, type Route } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings-store.ts';
import { announce } from '../lib/announce.ts';
import { openDialog } from './dialog-store.ts';
import { PLAIN_PLACES, TAB_PLACES } from './places.ts';

/** Some tabs have a key of their own besides the way over G. */
const TAB_KEYS: Partial<Record<IncidentTab, string>> = {
  provider: 'f',
  timeline: 't',
  explain: 'v',
  playbook: 'm',
};

function directKeys(route: Route, tab: IncidentTab): readonly string[] {
  const key = TAB_KEYS[tab];
  // Where evidence is, F chooses files.
  const isTaken = tab === 'provider' && route.view === 'incident' && route.tab === 'evidence';
  return key === undefined || isTaken ? [] : [key];
}

/** What can be done from anywhere in the window. */
export function useShellCommands(route: Route): void {
  const { id, view } = useIncident();
  const { settings, change } = useSettings();
  useCommands([
    ...windowCommands(() => {
      const clock = settings.clock === 'utc' ? 'local' : 'utc';
      void change({ clock });
      announce(clock === 'utc' ? 'UTC first' : 'Local time first');
    }),
    ...PLAIN_PLACES.map((place): Command => ({
      id: `go.${place.view}`,
      title: place.view === 'declare' ? 'Declare an incident' : place.title,
      keys: [`g ${place.letter}`],
      group: 'Go to',
      enabled: route.view !== place.view,
      run: () => {
        navigate({ view: place.view });
      },
    })),
    ...TAB_PLACES.map(({ tab, title, letter }): Command => ({
      id: `go.${tab}`,
      title,
      keys: [...directKeys(route, tab), `g ${letter}`],
      group: 'Go to',
      enabled: id !== null && !(route.view === 'incident' && route.tab === tab),
      run: () => {
        if (id !== null) navigate({ view: 'incident', id, tab });
      },
    })),
    ...(view === null
      ? []
      : incidentCommands(view.state.status, view.drill !== null, view.state.score !== null)),
  ]);
}

function windowCommands(toggleClock: () => void): Command[] {
  return [
    {
      id: 'window.palette',
      title: 'All commands',
      keys: ['$mod+k'],
      group: 'Window',
      run: () => {
        openDialog('palette');
      },
    },
    {
      id: 'window.keys',
      title: 'All keys',
      keys: ['?'],
      group: 'Window',
      run: () => {
        openDialog('keys');
      },
    },
    { id: 'window.clock', title: 'UTC or local time first', keys: ['.'], group: 'Window', run: toggleClock },
  ];
}

function incidentCommands(status: 'open' | 'closed', isDrill: boolean, isScored: boolean): Command[] {
  const open = status === 'open';
  const offered: (Command | false)[] = [
    open && dialogCommand('note', 'Add a note', 'n'),
    open && dialogCommand('edit', 'Change title, onset, scope or lead'),
    open && !isScored && dialogCommand('playbook', 'Switch the playbook'),
    dialogCommand('export', 'Export the timeline', '$mod+e'),
    dialogCommand('verify', 'Verify the trail'),
    isDrill && dialogCommand('score', isScored ? 'Show the score' : 'End the drill'),
    open && dialogCommand('close', 'Close the incident'),
    !open && dialogCommand('reopen', 'Reopen the incident'),
  ];
  return offered.filter((command) => command !== false);
}

function dialogCommand(dialog: Parameters<typeof openDialog>[0], title: string, keys?: string): Command {
  return {
    id: `incident.${dialog}`,
    title,
    ...(keys !== undefined && { keys: [keys] }),
    group: 'Incident',
    run: () => {
      openDialog(dialog);
    },
  };
}
