import { epochMs, type Instant } from '../time.ts';
import type { LogRecord } from './model.ts';

/** What the provider itself says of a fault of its own, in the customer's files. */
export interface ProviderWord {
  readonly record: LogRecord;
  /** It names a service and a region that fail, or leaves open what it does not name. */
  readonly matches: boolean;
}

interface ProviderContext {
  readonly onset: Instant;
  /** Services that fail, as people name them; empty when not known. */
  readonly services: readonly string[];
  /** Regions that fail; empty when not known. */
  readonly regions: readonly string[];
}

/** `delivery_outage`: CloudTrail says that its own delivery failed. */
const FLAGS: readonly string[] = ['provider_issue', 'delivery_outage'];
/** How far before and after onset such a word still belongs to the incident, in minutes. */
const WITHIN = { before: 6 * 60, after: 2 * 60 };

/**
 * The records around onset in which the provider reports a fault of its own: AWS Health, Azure Service Health and Resource
 * Health, Google's system events, CloudTrail's outages of delivery. Those that match come first, then the nearest to onset.
 */
export function providerWords(records: readonly LogRecord[], context: ProviderContext): ProviderWord[] {
  const onset = epochMs(context.onset);
  const away = (record: LogRecord): number => epochMs(record.at) - onset;
  return records
    .filter((record) => isProviderWord(record))
    .filter((record) => away(record) >= -WITHIN.before * 60_000 && away(record) <= WITHIN.after * 60_000)
    .map((record) => ({ record, matches: matchesIncident(record, context) }))
    .sort(
      (a, b) => Number(b.matches) - Number(a.matches) || Math.abs(away(a.record)) - Math.abs(away(b.record)),
    );
}

/** True for what the provider reports of itself; nobody of ours changed anything with it. */
function isProviderWord({ flags }: Pick<LogRecord, 'flags'>): boolean {
  return flags.length > 0 && flags.some((flag) => FLAGS.includes(flag));
}

/** That the logs came late says nothing about the service that fails. */
function matchesIncident(record: LogRecord, { services, regions }: ProviderContext): boolean {
  if (!record.flags.includes('provider_issue')) return false;
  const here =
    record.region === '' ||
    regions.length === 0 ||
    regions.some((region) => region.toLowerCase() === record.region);
  if (!here) return false;
  if (services.length === 0) return true;
  const said = ` ${[record.source, record.name, record.detail, ...record.resources]
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')} `;
  return services.some((service) => said.includes(` ${plainName(service)} `));
}

function plainName(service: string): string {
  return service
    .toLowerCase()
    .replace(/^(amazon|aws|azure|google cloud|google|cloud)\s+/, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
