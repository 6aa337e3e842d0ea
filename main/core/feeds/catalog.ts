import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { Provider } from '../sides.ts';
import { RegionCatalogDocument, ServiceCatalogDocument } from './catalog-documents.ts';

/** A name understood: the ids it stands for, or `all`: several services unnamed, or everywhere. */
export interface Known {
  readonly label: string;
  readonly ids: ReadonlySet<string> | 'all';
}

/** Native names of services and regions per provider, understood. Built once from the two documents. */
export interface FeedCatalog {
  readonly services: ReadonlyMap<string, Known>;
  readonly regions: ReadonlyMap<string, Known>;
}

/** Builds the lookup; fails when one name would mean two things or a part has no whole. */
export function buildCatalog(services: unknown, regions: unknown): Result<FeedCatalog> {
  const parsedServices = ServiceCatalogDocument.safeParse(services);
  if (!parsedServices.success)
    return fail('invalid_input', z.prettifyError(parsedServices.error), 'services');
  const parsedRegions = RegionCatalogDocument.safeParse(regions);
  if (!parsedRegions.success) return fail('invalid_input', z.prettifyError(parsedRegions.error), 'regions');
  const serviceIndex = indexServices(parsedServices.data);
  if (!serviceIndex.ok) return serviceIndex;
  const regionIndex = indexRegions(parsedRegions.data);
  return regionIndex.ok ? ok({ services: serviceIndex.value, regions: regionIndex.value }) : regionIndex;
}

/**
 * What a service is, by any of its names: `ec2`, `ec2-us-west-2`, "Amazon Elastic Compute Cloud (Oregon)", "EC2 API".
 * Null when the catalog does not know it.
 */
export function findService(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  const outside = text.replace(/\(.*?\)/g, ' ').trim();
  for (const attempt of [text, withoutRegion(catalog, provider, text), ...shortened(outside)]) {
    const found =
      catalog.services.get(key(provider, attempt)) ?? catalog.services.get(key(provider, bare(attempt)));
    if (found !== undefined) return found;
  }
  return null;
}

/** `ec2` of `ec2-us-west-2`: the keys of the AWS feeds end in the region. */
function withoutRegion(catalog: FeedCatalog, provider: Provider, text: string): string {
  const parts = text.trim().split('-');
  const at = parts.findIndex(
    (_, index) => index > 0 && catalog.regions.has(key(provider, parts.slice(index).join('-'))),
  );
  return /\d$/.test(text.trim()) && at > 0 ? parts.slice(0, at).join('-') : text;
}

/**
 * The text, then without one word after the other from the end: "EC2 launches" is EC2, for what follows a known name
 * narrows it. A word such as "SiteWise" is not left off: it is part of a product's name, and "IoT SiteWise" is not
 * "IoT".
 */
function shortened(text: string): readonly string[] {
  const words = text.split(/\s+/);
  const narrowing = words.length - 1 - words.findLastIndex((word) => /^\p{Lu}\p{Ll}/u.test(word));
  const droppable = Math.min(narrowing, words.length - 1);
  return Array.from({ length: droppable + 1 }, (_, count) => words.slice(0, words.length - count).join(' '));
}

/**
 * What a region is: its id, its city, either in brackets, one of its zones (`europe-west2-a`, `use1-az4`), an area
 * (`eu`), or everywhere. Null when the catalog does not know it.
 */
export function findRegion(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  if (EVERYWHERE.has(normal(text))) return { label: 'everywhere', ids: 'all' };
  const lookUp = (name: string) => catalog.regions.get(key(provider, name));
  const inside = /\(([^)]*)\)/.exec(text)?.[1] ?? '';
  const outside = text.replace(/\(.*?\)/g, ' ');
  // "(US) East US 2" and "Taiwan (asia-east1)": of two that are known, the one that says more.
  const either = [inside, outside]
    .flatMap((name) => lookUp(name) ?? [])
    .sort((one, two) => size(one) - size(two));
  const zoneless = ZONES.flatMap((zone) => lookUp(text.trim().replace(zone, '$1')) ?? []);
  const found = lookUp(text) ?? either[0] ?? zoneless[0];
  if (found !== undefined) return found;
  return numberedRegions(catalog, provider, text);
}

/**
 * How zones are named after their region: `us-east-1a` and `europe-west2-a`; `use1-az4`, `eastus-az1` and the local
 * zone `use1-bos1-az1`; the local zone `us-west-2-lax-1a`; the Wavelength zone `us-east-1-wl1-bos-wlz-1`.
 */
const ZONES: readonly RegExp[] = [
  /^(.+\d)-?[a-f]$/i,
  /^([a-z]+\d*)(?:-[a-z]{3}\d)?-az\d+$/i,
  /^((?:[a-z]+-){2,3}\d)-[a-z]{3}-\d[a-z]?$/i,
  /^(.+\d)-wl\d-[a-z]{3}-wlz-?\d$/i,
];

/** How many regions a name stands for. */
function size({ ids }: Known): number {
  return ids === 'all' ? Infinity : ids.size;
}

/** "australia-southeast" without its number means whichever of them there are. */
function numberedRegions(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  if (!/\p{L}[\s-]+\p{L}/u.test(text)) return null;
  const start = key(provider, text);
  const numbered = [...catalog.regions].filter(
    ([name]) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)),
  );
  if (numbered.length === 0) return null;
  const ids = numbered.flatMap(([, known]) => (known.ids === 'all' ? [] : [...known.ids]));
  return { label: text.trim(), ids: new Set(ids) };
}

const EVERYWHERE = new Set(['global', 'worldwide', 'everywhere', 'all', 'allregions', 'multiregionglobal']);

/**
 * Lower case, no marks on letters, letters and digits only: "São Paulo" and "sao-paulo" are one. Two numbers stay two:
 * "us-west-1-2" is not "us-west-12".
 */
export function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N})/gu, '.')
    .replace(/[^\p{L}\p{N}.]|\.(?!\p{N})|(?<!\p{N})\./gu, '');
}

function key(provider: Provider, text: string): string {
  return `${provider}:${normal(text)}`;
}

/** Without the maker's name in front: "Amazon S3", "AWS Lambda", "Google Cloud SQL" are known by the rest as well. */
function bare(text: string): string {
  return text.replace(
    /^\s*(?:amazon|aws|google cloud|google|gcp|microsoft azure|microsoft|azure)\s+(?=\S)/i,
    '',
  );
}

function indexServices(document: ServiceCatalogDocument): Result<ReadonlyMap<string, Known>> {
  const index = new Map<string, Known>();
  for (const [provider, names] of Object.entries(document.severalServices)) {
    for (const name of names) index.set(key(Provider.parse(provider), name), { label: name, ids: 'all' });
  }
  const known = new Set(document.services.map((service) => `${service.provider}:${service.id}`));
  for (const service of document.services) {
    if (service.partOf !== undefined && !known.has(`${service.provider}:${service.partOf}`)) {
      return fail(
        'invalid_input',
        `The service "${service.id}" is part of "${service.partOf}", which is not listed.`,
      );
    }
    const parts = document.services.filter(
      (part) => part.provider === service.provider && part.partOf === service.id,
    );
    const ids = new Set([service.id, ...parts.map((part) => part.id)]);
    const added = addNames(index, service.provider, [service.id, service.name, ...service.aliases], {
      label: service.name,
      ids,
    });
    if (!added.ok) return added;
  }
  // Bare names come last and never take a name from another service: they are a convenience, not a claim.
  for (const service of document.services) {
    const found = index.get(key(service.provider, service.id));
    for (const name of [service.name, ...service.aliases]) {
      const short = key(service.provider, bare(name));
      if (found !== undefined && !index.has(short)) index.set(short, found);
    }
  }
  return ok(index);
}

function indexRegions(document: RegionCatalogDocument): Result<ReadonlyMap<string, Known>> {
  const index = new Map<string, Known>();
  for (const region of document.regions) {
    const others = document.regions
      .filter((other) => other.provider === region.provider)
      .map((other) => other.id);
    const contained = (region.contains ?? []).flatMap((pattern) =>
      pattern.endsWith('*') ? others.filter((id) => id.startsWith(pattern.slice(0, -1))) : [pattern],
    );
    const label = region.names[0] === undefined ? region.id : `${region.id}, ${region.names[0]}`;
    const known = { label, ids: new Set([region.id, ...contained]) };
    const names = [region.id, ...region.names, ...(region.zones === undefined ? [] : [region.zones])];
    const added = addNames(index, region.provider, names, known);
    if (!added.ok) return added;
  }
  return ok(index);
}

function addNames(
  index: Map<string, Known>,
  provider: Provider,
  names: readonly string[],
  known: Known,
): Result<true> {
  for (const name of names) {
    const at = key(provider, name);
    const other = index.get(at);
    if (other !== undefined && other !== known) {
      return fail(
        'invalid_input',
        `The name "${name}" of ${provider} means both ${other.label} and ${known.label}.`,
      );
    }
    index.set(at, known);
  }
  return ok(true);
}
