import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import { BadItem, isRecord, textField, timeField, type UnknownRecord } from './fields.ts';
import type { RawKeeper } from './raw.ts';
import { gather, type Rejected } from './reading.ts';

type Severity = ProviderEvent['severity'];

/** A part of the page's service, as it stands now. */
interface Component {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly updatedAt: Instant | null;
  /** As the page writes it. */
  readonly item: UnknownRecord;
}

/** Impact words and component states on one scale: states are a vocabulary of their own and are mapped here only. */
const IMPACT_OF_STATE: Readonly<Record<string, string>> = {
  operational: 'none',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
  under_maintenance: 'maintenance',
};
const IMPACTS = ['none', 'maintenance', 'minor', 'major', 'critical'];
const MAPPED: Readonly<Record<string, Severity['mapped']>> = {
  none: 'information',
  maintenance: 'information',
  minor: 'degraded',
  major: 'outage',
  critical: 'outage',
};

/** The page's components, those that only group others left out. A component without a name is set aside. */
export function componentsOf(items: readonly unknown[], rejected: Rejected[]): readonly Component[] {
  const groups = new Map(
    items.flatMap((item) => (isGroup(item) ? [[textField(item, 'id'), textField(item, 'name')]] : [])),
  );
  const components = gather(items, 'components', rejected, (item, place) => {
    if (!isRecord(item)) throw new BadItem(place, 'not a component object');
    if (isGroup(item)) return [];
    const name = textField(item, 'name');
    const status = textField(item, 'status');
    if (name === '' || status === '') throw new BadItem(place, 'a component without a name or a status');
    const group = groups.get(textField(item, 'group_id'));
    const full = group === undefined || group === '' ? name : `${group} - ${name}`;
    return [
      {
        id: textField(item, 'id'),
        name: full,
        status,
        updatedAt: timeField(item, 'updated_at', place),
        item,
      },
    ];
  });
  return components.flat();
}

function isGroup(item: unknown): item is UnknownRecord {
  return isRecord(item) && item['group'] === true;
}

/**
 * Severity of an incident: the worst of its impact and of the states its components have or had in it. The impact alone
 * is "none" in a fifth of real incidents.
 */
export function severityOf(
  impact: string,
  components: readonly unknown[],
  affected: readonly unknown[],
): Severity {
  const states = [
    ...components.map((each) => stateOf(each, 'status')),
    ...affected.map((each) => stateOf(each, 'new_status')),
  ];
  const worst = worstOf([impact, ...states.map((state) => IMPACT_OF_STATE[state] ?? '')]);
  return { native: worst ?? impact, mapped: worst === null ? 'unknown' : (MAPPED[worst] ?? 'unknown') };
}

function stateOf(item: unknown, key: string): string {
  return isRecord(item) ? textField(item, key) : '';
}

function worstOf(impacts: readonly string[]): string | null {
  const ranks = impacts.map((impact) => IMPACTS.indexOf(impact)).filter((rank) => rank >= 0);
  return ranks.length === 0 ? null : (IMPACTS[Math.max(...ranks)] ?? null);
}

/** Names of the components of an incident. Updates name them with their group ("Spaces - Global"), so theirs come first. */
export function affectedNames(components: readonly unknown[], affected: readonly unknown[]): string[] {
  const told = affected.flatMap((each) =>
    isRecord(each) ? [[textField(each, 'code'), textField(each, 'name')] as const] : [],
  );
  const toldIds = new Set(told.map(([code]) => code));
  const others = components.flatMap((each) =>
    isRecord(each) && !isGroup(each) && !toldIds.has(textField(each, 'id')) ? [textField(each, 'name')] : [],
  );
  return [...new Set([...told.map(([, name]) => name), ...others])].filter((name) => name !== '');
}

/**
 * What the page shows as wrong without an incident that says so: a component that is not operational, or, when nothing
 * else tells, the page's own indicator. The indicator is never taken as proof of health: it has said "none" with an
 * incident open.
 */
export function unexplained(
  body: UnknownRecord,
  components: readonly Component[],
  entries: readonly { readonly event: ProviderEvent; readonly componentIds: readonly string[] }[],
  keepRaw?: RawKeeper,
): ProviderEvent[] {
  const current = entries.filter(
    ({ event }) => event.lifecycle === 'open' || event.lifecycle === 'recovering',
  );
  const explained = new Set(current.flatMap((entry) => entry.componentIds));
  const red = components.filter((each) => each.status !== 'operational' && !explained.has(each.id));
  const events = red.map((component) => {
    const event = componentEvent(component);
    keepRaw?.(event.nativeId, { form: 'json', value: component.item });
    return event;
  });
  const status = body['status'];
  if (events.length > 0 || current.length > 0 || !isRecord(status)) return events;
  const indicator = textField(status, 'indicator');
  if (indicator === 'none' || indicator === '') return [];
  const event = indicatorEvent(body, status, indicator);
  keepRaw?.(event.nativeId, { form: 'json', value: { page: body['page'], status } });
  return [event];
}

function componentEvent(component: Component): ProviderEvent {
  const impact = IMPACT_OF_STATE[component.status];
  return {
    ...standing(impact === 'maintenance'),
    nativeId: `component:${component.id || component.name}`,
    title: `${component.name}: ${component.status.replaceAll('_', ' ')}`,
    severity: {
      native: component.status,
      mapped: (impact === undefined ? undefined : MAPPED[impact]) ?? 'unknown',
    },
    services: [component.name],
    claimedStart: component.updatedAt,
    publishedAt: component.updatedAt,
    lastUpdate: component.updatedAt,
  };
}

function indicatorEvent(body: UnknownRecord, status: UnknownRecord, indicator: string): ProviderEvent {
  const page = isRecord(body['page']) ? body['page'] : {};
  return {
    ...standing(indicator === 'maintenance'),
    nativeId: `page:${textField(page, 'id')}`,
    title: textField(status, 'description') || `The page says: ${indicator}`,
    severity: { native: indicator, mapped: MAPPED[indicator] ?? 'unknown' },
    services: [],
    claimedStart: null,
    publishedAt: null,
    lastUpdate: null,
  };
}

type Standing = Pick<
  ProviderEvent,
  'provider' | 'kind' | 'lifecycle' | 'regions' | 'claimedEnd' | 'updates' | 'url'
>;

/** What is common to states that the page shows now without telling a story about them. */
function standing(maintenance: boolean): Standing {
  return {
    provider: 'other',
    kind: maintenance ? 'maintenance' : 'issue',
    lifecycle: 'open',
    regions: [],
    claimedEnd: null,
    updates: [],
    url: null,
  };
}
