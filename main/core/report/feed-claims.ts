import { minutesBetween } from '../time.ts';
import type { FirstPublicWord, ReportClaim, ReportFeed } from './model.ts';
import { momentOf, type Setting } from './moment.ts';
import { laneOfFeed } from './sentence.ts';

/** What each feed said, reading by reading, the feeds in the order in which they were first read. */
export function feedsOf(setting: Setting): ReportFeed[] {
  const byId = new Map<string, { readonly name: string; readonly claims: ReportClaim[] }>();
  for (const event of setting.events) {
    if (event.type !== 'feed.read') continue;
    const { feedId, feedName: name, state, saying, reason, sha256, matches } = event.data;
    const feed = byId.get(feedId) ?? { name, claims: [] };
    const moment = momentOf(setting, event.at, event.offsetMinutes);
    feed.claims.push({ ...moment, state, saying, reason, sha256, matches });
    byId.set(feedId, feed);
  }
  return [...byId].map(([feedId, feed]) => ({ feedId, ...feed }));
}

/**
 * The earliest public word of the provider that fits this incident, over all readings: later versions of a statement
 * lose their early stamps. The lag counts from the onset as it stands now.
 */
export function firstPublicWordOf(setting: Setting): FirstPublicWord | null {
  let first: FirstPublicWord | null = null;
  for (const event of setting.events) {
    if (event.type !== 'feed.read') continue;
    const { kind, feedName, matches } = event.data;
    if (laneOfFeed(kind, setting.state.scope.provider) !== 'provider') continue;
    for (const { degree, publishedAt, title } of matches) {
      if (degree !== 'matching' || publishedAt === null) continue;
      if (first !== null && first.at <= publishedAt) continue;
      const moment = momentOf(setting, publishedAt);
      const lagMinutes = Math.round(minutesBetween(setting.onset, publishedAt));
      first = { ...moment, feedName, title, lagMinutes };
    }
  }
  return first;
}
