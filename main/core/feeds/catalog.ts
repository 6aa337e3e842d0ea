import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { Provider } from '../sides.ts';

const Sources = z.partialRecord(Provider, z.array(z.url()).min(1));

/** `resources/feeds/services.json`: which native names mean which service. */
const ServiceCatalogDocument = z.strictObject({
  /** Where the names of each provider come from. */
  sources: Sources,
  /** Names by which a provider says "several services" without saying which. */
  severalServices: z.partialRecord(Provider, z.array(z.string().min(1))),
  services: z.array(
    z.strictObject({
      provider: Provider,
      id: z.string().regex(/^[a-z0-9-]+$/),
      name: z.string().min(1),
      /** Further names: the feed's own keys, older names, what people call it. */
      aliases: z.array(z.string().min(1)),
      /** The id of the service this one is a part of: an event on either concerns the other. */
      partOf: z.string().optional(),
    }),
  ),
});
type ServiceCatalogDocument = z.infer<typeof ServiceCatalogDocument>;

/** `resources/feeds/regions.json`: regions with their cities, and areas made of several. */
const RegionCatalogDocument = z.strictObject({
  sources: Sources,
  regions: z.array(
    z.strictObject({
      provider: Provider,
      id: z.string().min(1),
      names: z.array(z.string().min(1)),
      /** For an area such as `eu`: ids, or beginnings of ids when ending in `*`. */
      contains: z.array(z.string().min(1)).optional(),
    }),
  ),
});
type RegionCatalogDocument = z.infer<typeof RegionCatalogDocument>;

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
 * What a service is, by any of its names: `ec2`, "Amazon Elastic Compute Cloud (Oregon)", "EC2 API". Null when the
 * catalog does not know it.
 */
export function findService(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  const outside = text.replace(/\(.*?\)/g, ' ').trim();
  const words = outside.split(/\s+/);
  // "EC2 launches" is EC2: what follows a known name narrows it, so words are left off from the end.
  const attempts = [text, outside, ...words.slice(1).map((_, index) => words.slice(0, -1 - index).join(' '))];
  for (const attempt of attempts) {
    const found =
      catalog.services.get(key(provider, attempt)) ?? catalog.services.get(key(provider, bare(attempt)));
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * What a region is: its id, its city, either in brackets, one of its zones (`europe-west2-a`), an area (`eu`), or
 * everywhere. Null when the catalog does not know it.
 */
export function findRegion(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  if (EVERYWHERE.has(normal(text))) return { label: 'everywhere', ids: 'all' };
  const inside = /\(([^)]*)\)/.exec(text)?.[1] ?? '';
  const outside = text.replace(/\(.*?\)/g, ' ');
  const zoneless = text.trim().replace(/(\d)-?[a-f]$/i, '$1');
  for (const attempt of [text, inside, outside, zoneless]) {
    const found = normal(attempt) === '' ? undefined : catalog.regions.get(key(provider, attempt));
    if (found !== undefined) return found;
  }
  return numberedRegions(catalog, provider, text);
}

/** "australia-southeast" without its number means whichever of them there are. */
function numberedRegions(catalog: FeedCatalog, provider: Provider, text: string): Known | null {
  const start = key(provider, text);
  const numbered = [...catalog.regions].filter(
    ([name]) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)),
  );
  if (numbered.length === 0) return null;
  const ids = numbered.flatMap(([, known]) => (known.ids === 'all' ? [] : [...known.ids]));
  return { label: text.trim(), ids: new Set(ids) };
}

const EVERYWHERE = new Set(['global', 'worldwide', 'everywhere', 'all', 'allregions', 'multiregionglobal']);

/** Lower case, no marks on letters, letters and digits only: "São Paulo" and "sao-paulo" are one. */
export function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');
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
    const added = addNames(index, region.provider, [region.id, ...region.names], known);
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
