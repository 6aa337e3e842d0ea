import { z } from 'zod';
import { Provider } from '../sides.ts';
import { checkSources, SourceKeys, Sources } from './sources.ts';

/** `resources/feeds/services.json`: which native names mean which service. */
export const ServiceCatalogDocument = z
  .strictObject({
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
        sources: SourceKeys,
      }),
    ),
  })
  .superRefine(({ sources, services }, context) =>
    checkSources(sources, services, (message) => context.addIssue({ code: 'custom', message })),
  );
export type ServiceCatalogDocument = z.infer<typeof ServiceCatalogDocument>;

/** `resources/feeds/regions.json`: regions with their cities, and areas made of several. */
export const RegionCatalogDocument = z
  .strictObject({
    sources: Sources,
    regions: z.array(
      z.strictObject({
        provider: Provider,
        id: z.string().min(1),
        names: z.array(z.string().min(1)),
        /** How the ids of its zones begin, where not with its own id: `use1` of `use1-az4`. */
        zones: z.string().min(1).optional(),
        /** For an area such as `eu`: ids, or beginnings of ids when ending in `*`. */
        contains: z.array(z.string().min(1)).optional(),
        sources: SourceKeys,
      }),
    ),
  })
  .superRefine(({ sources, regions }, context) =>
    checkSources(sources, regions, (message) => context.addIssue({ code: 'custom', message })),
  );
export type RegionCatalogDocument = z.infer<typeof RegionCatalogDocument>;
