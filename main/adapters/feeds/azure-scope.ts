import type { ProviderEvent } from '../../core/feeds/model.ts';
import { unique } from './fields.ts';

/** What an item of the Azure status feed names. */
type AzureScope = Pick<ProviderEvent, 'services' | 'regions'>;

/** Azure's words for having no region, or all of them; the catalog has one word for that. */
const EVERYWHERE = /^(?:global|worldwide|non-regional|(?:multiple|all) regions)$/i;

const DIRECTION = /^(?:north|south|east|west|central|north(?:east|west)|south(?:east|west))$/i;
/** The other words that names of Azure's regions are made of. */
const GEOGRAPHY = new Set(
  `us uk uae europe asia africa australia austria belgium brazil canada chile china denmark france germany india
  indonesia israel italy japan jio korea malaysia mexico new zealand norway poland qatar spain sweden switzerland taiwan
  gov usgov dod usdod virginia texas arizona iowa`.split(/\s+/),
);

/**
 * Whether this is the name of an Azure region, by the words it is made of: "South Central US", "US Gov Virginia". The
 * feed mixes regions and services in one list, and a region newer than any list of ours is still a region.
 */
export function isAzureRegion(name: string): boolean {
  const words = name.trim().split(/\s+/);
  const places = words.filter((word) => GEOGRAPHY.has(word.toLowerCase()));
  const others = words.filter((word) => !DIRECTION.test(word) && !/^\d$/.test(word));
  return words.length > 1 && places.length > 0 && others.length === places.length;
}

/**
 * The scope of an item: its categories where it has some, services and regions mixed; else its title. A title is
 * "Service/Service - Region, Region - what is wrong" or a sentence that ends in a region.
 */
export function azureScope(title: string, categories: readonly string[]): AzureScope {
  const told = scopeOfTitle(title);
  const named = categories.map((name) => name.trim()).filter((name) => name !== '');
  if (named.length === 0) return told;
  const regions = regionsAmong(named);
  const services = unique(named.filter((name) => !isPlace(name)));
  return {
    services: services.length > 0 ? services : told.services,
    regions: regions.length > 0 ? regions : told.regions,
  };
}

function scopeOfTitle(title: string): AzureScope {
  const parts = title
    .replace(/^\s*(?:mitigated|resolved|preliminary pir)\s*[-:–]?\s*/i, '')
    .split(/\s+[-–]\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const at = parts.findIndex((part) => placesIn(part).every(isPlace));
  if (at > 0) {
    return {
      services: unique(parts.slice(0, at).flatMap((part) => part.split('/').map((name) => name.trim()))),
      regions: regionsAmong(placesIn(parts[at] ?? '')),
    };
  }
  const [first = ''] = parts;
  const sentence = /^(.*?)\s+in\s+(.+)$/i.exec(first);
  const places = placesIn(sentence?.[2] ?? '');
  const regions = places.length > 0 && places.every(isPlace) ? regionsAmong(places) : [];
  const service = regions.length > 0 ? (sentence?.[1] ?? '') : first;
  // What is wrong is no service: better none than one that nobody knows, which would read as another than ours.
  return {
    services: WRONG.test(service) ? [] : unique(service.split('/').map((name) => name.trim())),
    regions,
  };
}

const WRONG =
  /\b(?:issues?|problems?|outage|failures?|failing|errors?|unable|investigating|connectivity|latency|degrad\w+|disruption)\b/i;

function isPlace(name: string): boolean {
  return EVERYWHERE.test(name) || isAzureRegion(name);
}

/** "East US 2, West US and North Europe" to its names. */
function placesIn(text: string): readonly string[] {
  const names = text.split(/,|\/|\s+and\s+/).map((name) => name.trim());
  return names.filter((name) => name !== '');
}

function regionsAmong(names: readonly string[]): string[] {
  return unique(names.filter(isPlace).map((name) => (EVERYWHERE.test(name) ? 'global' : name)));
}
