import type { ProviderEvent } from '../../core/feeds/model.ts';
import { earliest, latest, unique } from './fields.ts';
import { oldestFirst } from './reading.ts';

/**
 * Items about the same event (by native id) made into one: several communications of one Azure issue, or an AWS event
 * delivered in two regions. The item last updated says how it stands; all of them, when it was first told.
 */
export function joinSame(events: readonly ProviderEvent[]): readonly ProviderEvent[] {
  const groups = new Map<string, ProviderEvent[]>();
  for (const event of events) {
    const group = groups.get(event.nativeId);
    if (group === undefined) groups.set(event.nativeId, [event]);
    else group.push(event);
  }
  return [...groups.values()].flatMap(joined);
}

function joined(group: readonly ProviderEvent[]): readonly ProviderEvent[] {
  if (group.length < 2) return group;
  const inOrder = [...group].sort((a, b) => (a.lastUpdate ?? '').localeCompare(b.lastUpdate ?? ''));
  const newest = inOrder.at(-1);
  if (newest === undefined) return [];
  const publicBy = earliest(group.map((event) => event.publicBy ?? null));
  const all = (key: 'resources' | 'accounts' | 'zones') =>
    unique(inOrder.flatMap((event) => event[key] ?? []));
  const [resources, accounts, zones] = [all('resources'), all('accounts'), all('zones')];
  return [
    {
      ...newest,
      services: unique(inOrder.flatMap((event) => event.services)),
      regions: unique(inOrder.flatMap((event) => event.regions)),
      publishedAt: earliest(group.map((event) => event.publishedAt)),
      ...(publicBy === null ? {} : { publicBy }),
      ...(resources.length === 0 ? {} : { resources }),
      ...(accounts.length === 0 ? {} : { accounts }),
      ...(zones.length === 0 ? {} : { zones }),
      lastUpdate: latest(group.map((event) => event.lastUpdate)),
      updates: eachOnce(inOrder.flatMap((event) => event.updates)),
    },
  ];
}

/** Updates once each by time and text, oldest first. */
export function eachOnce(updates: readonly ProviderEvent['updates'][number][]): ProviderEvent['updates'] {
  const seen = new Map(updates.map((update) => [`${update.at ?? ''} ${update.text}`, update]));
  return oldestFirst([...seen.values()]);
}
