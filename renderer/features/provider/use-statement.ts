import { useEffect, useState } from 'react';
import type { Instant } from '../../../main/core/time.ts';
import type { FeedStatementView } from '../../../preload/contract/feed-history-requests.ts';
import { ask } from '../../lib/api.ts';
import { useIncident } from '../../lib/incident-store.ts';

/**
 * What a feed said at a moment, null for now; asked for anew when `freshness` changes. While another moment is being read the one
 * before stays, so that nothing flickers under a moving slider.
 */
export function useStatement(
  incidentId: string,
  feedId: string | null,
  at: Instant | null,
  freshness: string,
): FeedStatementView | null {
  const setFault = useIncident((store) => store.setFault);
  const [held, hold] = useState<FeedStatementView | null>(null);
  useEffect(() => {
    if (feedId === null) return;
    let overtaken = false;
    void ask('getFeedStatement', { incidentId, feedId, at }, setFault).then((statement) => {
      if (!overtaken && statement !== null) hold(statement);
    });
    return () => {
      overtaken = true;
    };
  }, [incidentId, feedId, at, freshness, setFault]);
  return held?.feedId === feedId ? held : null;
}
