import type { Input } from '../../../preload/contract/requests.ts';
import type { FeedDraft } from './feed-editor.tsx';

/** What is saved of a feed: whether it is built in is not for the window to say. */
export function feedInput({ id, name, provider, kind, url, enabled }: FeedDraft): Input<'saveFeed'> {
  return { id, name: name.trim(), provider, kind, url: url.trim(), enabled };
}
