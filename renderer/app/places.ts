import type { IncidentTab, PlainView } from '../lib/navigation.ts';

/** Every view with its name and the letter that goes there after G. */
export const TAB_PLACES: readonly {
  readonly tab: IncidentTab;
  readonly title: string;
  readonly letter: string;
}[] = [
  { tab: 'triage', title: 'Triage', letter: 't' },
  { tab: 'provider', title: 'Provider', letter: 'r' },
  { tab: 'timeline', title: 'Timeline', letter: 'l' },
  { tab: 'explain', title: 'Verdict', letter: 'v' },
  { tab: 'evidence', title: 'Evidence', letter: 'e' },
  { tab: 'logs', title: 'Logs', letter: 'o' },
  { tab: 'playbook', title: 'Map', letter: 'm' },
  { tab: 'escalation', title: 'Escalation', letter: 'p' },
];

export const PLAIN_PLACES: readonly {
  readonly view: PlainView;
  readonly title: string;
  readonly letter: string;
}[] = [
  { view: 'incidents', title: 'Incidents', letter: 'i' },
  { view: 'declare', title: 'Declare', letter: 'n' },
  { view: 'drills', title: 'Drills', letter: 'd' },
  { view: 'playbooks', title: 'Playbooks', letter: 'b' },
  { view: 'contacts', title: 'Contacts', letter: 'c' },
  { view: 'feeds', title: 'Feeds', letter: 'f' },
  { view: 'settings', title: 'Settings', letter: 's' },
];
