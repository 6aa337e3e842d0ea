import type { Input } from '../../../preload/contract/requests.ts';
import type { FeedView } from '../../../preload/contract/views.ts';

/** A feed while it is typed; `id` is null until it has been saved once. */
export type FeedDraft = Omit<FeedView, 'id'> & { readonly id: string | null };

/** What is saved of a feed: whether it is built in is not for the window to say. */
export function feedInput({ id, name, provider, kind, url, enabled }: FeedDraft): Input<'saveFeed'> {
  return { id, name: name.trim(), provider, kind, url: url.trim(), enabled };
}
