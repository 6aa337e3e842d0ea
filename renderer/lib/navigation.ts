import { useSyncExternalStore } from 'react';

export const INCIDENT_TABS = [
  'triage',
  'provider',
  'timeline',
  'explain',
  'evidence',
  'logs',
  'playbook',
  'escalation',
] as const;
export type IncidentTab = (typeof INCIDENT_TABS)[number];

export const PLAIN_VIEWS = [
  'incidents',
  'declare',
  'playbooks',
  'contacts',
  'feeds',
  'drills',
  'settings',
] as const;
export type PlainView = (typeof PLAIN_VIEWS)[number];

/** Where the window is. `query` is the view's own: a chosen check, a filter, a window of time. */
export type Route =
  | { readonly view: PlainView }
  | { readonly view: 'playbook'; readonly id: string; readonly query?: Readonly<Record<string, string>> }
  | {
      readonly view: 'incident';
      readonly id: string;
      readonly tab: IncidentTab;
      readonly query?: Readonly<Record<string, string>>;
    };

const HOME: Route = { view: 'incidents' };

/**
 * Reads `#/incidents`, `#/declare`, `#/playbooks`, `#/contacts`, `#/feeds`, `#/drills`, `#/settings`,
 * `#/playbook/ID?name=value` and `#/incident/ID/TAB?name=value`. Anything else is the list of incidents; an unknown tab is triage.
 */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [head = '', id = '', tab = ''] = path.split('/').map(safeDecode);
  if (head === 'incident' && id !== '') {
    const query = Object.fromEntries(new URLSearchParams(search));
    return {
      view: 'incident',
      id,
      tab: INCIDENT_TABS.find((one) => one === tab) ?? 'triage',
      ...(Object.keys(query).length > 0 && { query }),
    };
  }
  if (head === 'playbook' && id !== '') {
    const query = Object.fromEntries(new URLSearchParams(search));
    return { view: 'playbook', id, ...(Object.keys(query).length > 0 && { query }) };
  }
  const view = PLAIN_VIEWS.find((one) => one === head);
  return view === undefined ? HOME : { view };
}

/** The address of a route, `#` included. */
export function hrefOf(route: Route): string {
  if (route.view !== 'incident' && route.view !== 'playbook') return `#/${route.view}`;
  const search = new URLSearchParams({ ...route.query }).toString();
  const query = search === '' ? '' : `?${search}`;
  const id = encodeURIComponent(route.id);
  return route.view === 'playbook' ? `#/playbook/${id}${query}` : `#/incident/${id}/${route.tab}${query}`;
}

/** Goes there; the step before stays in the history. */
export function navigate(route: Route): void {
  window.location.hash = hrefOf(route);
}

let known: { hash: string; route: Route } | undefined;

/** The same object as long as the address is the same, as React asks of a snapshot. */
function currentRoute(): Route {
  const { hash } = window.location;
  if (known?.hash !== hash) known = { hash, route: parseRoute(hash) };
  return known.route;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
  };
}

/** Where the window is, kept in `location.hash`. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
