import { z } from 'zod';
import { FeedId } from '../ids.ts';
import { Provider } from '../sides.ts';
import { AWS_HEALTH_ADDRESS, AWS_HEALTH_ORGANIZATION_ADDRESS } from './kinds.ts';
import { FeedKind } from './model.ts';
import { checkSources, SourceKeys, Sources } from './sources.ts';

/** A feed that Demarc knows how to ask. */
export const FeedDefinition = z.strictObject({
  id: FeedId,
  name: z.string().min(1),
  /** Whose events it tells; `other` for a vendor that is neither of the three clouds. */
  provider: Provider,
  kind: FeedKind,
  /** Where it is asked: https, http on loopback, or the user's own AWS account or organisation. */
  url: z.union([
    z.url({ protocol: /^https?$/ }),
    z.literal([AWS_HEALTH_ADDRESS, AWS_HEALTH_ORGANIZATION_ADDRESS]),
  ]),
  /** The page for people, to open in a browser. */
  page: z.url({ protocol: /^https$/ }),
  /** Incidents at these providers start with this feed switched on. */
  onByDefaultFor: z.array(Provider),
  sources: SourceKeys,
  /** Why its address or shape may not last, in one sentence for the list of feeds. */
  doubt: z.string().min(1).optional(),
});
export type FeedDefinition = z.infer<typeof FeedDefinition>;

/** `resources/feeds/providers.json`. */
export const FeedList = z
  .strictObject({
    sources: Sources,
    feeds: z
      .array(FeedDefinition)
      .refine((feeds) => new Set(feeds.map((feed) => feed.id)).size === feeds.length, {
        message: 'two feeds have the same id',
      }),
  })
  .superRefine(({ sources, feeds }, context) =>
    checkSources(sources, feeds, (message) => context.addIssue({ code: 'custom', message })),
  );
export type FeedList = z.infer<typeof FeedList>;
