import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { BadItem, isRecord, listField, textField, unique } from './fields.ts';
import { jsonFeed, type JsonItems } from './json-feed.ts';
import { gather, type Rejected } from './reading.ts';

/**
 * https://ocistatus.oraclecloud.com/api/v2/components.json: every region with the state of every service, no times. What
 * is not "NormalPerformance" is an event, one per region and state. `status.json` beside it looks like Statuspage
 * and says less.
 */
export const oracleCloud: FeedAdapter = jsonFeed({
  kind: 'oracle_cloud',
  title: 'Oracle Cloud components',
  shape: 'that is an object with a list called regionHealthReports',
  itemsOf,
  isItem: isRecord,
  readItem: readRegion,
});

function itemsOf(value: unknown): JsonItems | null {
  const items = isRecord(value) ? listField(value, 'regionHealthReports') : [];
  // A page without any region is broken: all is well only where regions are named.
  return items.length === 0 ? null : { lists: [{ place: 'regionHealthReports', items }], certain: true };
}

const NORMAL = 'NormalPerformance';

interface Troubled {
  readonly service: string;
  readonly status: string;
  readonly incidents: readonly string[];
}

function readRegion(item: unknown, place: string, rejected: Rejected[]): ProviderEvent | null {
  if (!isRecord(item) || !Array.isArray(item['serviceHealthReports']))
    throw new BadItem(place, 'not a region: it has no serviceHealthReports');
  const region =
    textField(item, 'regionCanonicalName') || textField(item, 'regionId') || textField(item, 'regionName');
  if (region === '') throw new BadItem(place, 'a region without a name');
  const where = `${place}.serviceHealthReports`;
  const troubled = gather(listField(item, 'serviceHealthReports'), where, rejected, readService).filter(
    ({ status, incidents }) => status !== NORMAL || incidents.length > 0,
  );
  if (troubled.length === 0) return null;
  const states = unique(troubled.map(({ status }) => status));
  const services = unique(troubled.map(({ service }) => service));
  return {
    provider: 'other',
    nativeId: [region, ...unique(troubled.flatMap(({ incidents }) => incidents))].join(' '),
    title: `${textField(item, 'regionName') || region}: ${services.slice(0, 3).join(', ')}`,
    kind: 'issue',
    lifecycle: 'open',
    severity: severityOf(states),
    services,
    regions: [region],
    claimedStart: null,
    claimedEnd: null,
    publishedAt: null,
    lastUpdate: null,
    updates: [],
    url: 'https://ocistatus.oraclecloud.com/',
  };
}

function readService(item: unknown, place: string): Troubled {
  if (!isRecord(item)) throw new BadItem(place, 'not a service object');
  const service = textField(item, 'serviceName');
  const status = textField(item, 'serviceStatus');
  if (service === '' || status === '') throw new BadItem(place, 'a service without a name or a status');
  const incidents = listField(item, 'incidents').flatMap((each) =>
    isRecord(each) ? [textField(each, 'incidentId')] : [],
  );
  return { service, status, incidents: unique(incidents) };
}

/** Of the words for a state only the normal one was seen; the others are told by what they contain. */
function severityOf(states: readonly string[]): ProviderEvent['severity'] {
  const outage = states.find((state) => /disruption|outage|unavailable|down/i.test(state));
  if (outage !== undefined) return { native: outage, mapped: 'outage' };
  const degraded = states.find((state) => /degrad|slow|impact/i.test(state));
  if (degraded !== undefined) return { native: degraded, mapped: 'degraded' };
  return { native: states[0] ?? '', mapped: states[0] === NORMAL ? 'information' : 'unknown' };
}
