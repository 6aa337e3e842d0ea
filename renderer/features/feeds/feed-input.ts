import type { Input } from '../../../preload/contract/requests.ts';
import type { FeedView, FoundFeed } from '../../../preload/contract/views.ts';

/** A feed while it is typed; `id` is null until it has been saved once. */
export type FeedDraft = Omit<FeedView, 'id'> & { readonly id: string | null };

/** What keeps a feed from being saved, per field; null where nothing does. */
export interface FeedFaults {
  readonly name: string | null;
  readonly url: string | null;
}

/** What is saved of a feed: whether it is built in is not for the window to say. */
export function feedInput({ id, name, provider, kind, url, enabled }: FeedDraft): Input<'saveFeed'> {
  return { id, name: name.trim(), provider, kind, url: url.trim(), enabled };
}

/** The draft with what was found; a name that a person has typed stays. */
export function withFound(draft: FeedDraft, { name, provider, kind, url }: FoundFeed): FeedDraft {
  return { ...draft, name: draft.name.trim() === '' ? name : draft.name, provider, kind, url };
}

export function faultsOf(draft: FeedDraft): FeedFaults {
  const url = draft.url.trim();
  const address = URL.canParse(url) ? new URL(url) : null;
  return {
    name: draft.name.trim() === '' ? 'A name is needed.' : null,
    url:
      address !== null && /^https?:$/.test(address.protocol)
        ? null
        : 'An address that begins with https:// or http:// is needed.',
  };
}
