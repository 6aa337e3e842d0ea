import { useRef, useState } from 'react';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import type { FeedSearch } from '../../../preload/contract/views.ts';
import { request } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';

/** Looking for a feed where a person points. `outcome` is of the address last looked at. */
export interface FeedLookout {
  readonly looking: boolean;
  readonly outcome: FeedSearch | null;
  readonly fault: string | null;
  /** Answers with what was found; null when nothing was, or another search has begun meanwhile. */
  readonly look: (address: string, kind: FeedKind | null) => Promise<FeedSearch | null>;
  /** Forgets the outcome: what was looked at has been changed since. */
  readonly forget: () => void;
}

export function useFeedSearch(): FeedLookout {
  const [looking, setLooking] = useState(false);
  const [outcome, setOutcome] = useState<FeedSearch | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const current = useRef(0);
  const forget = (): void => {
    current.current += 1;
    setLooking(false);
    setOutcome(null);
    setFault(null);
  };
  const look = async (address: string, kind: FeedKind | null): Promise<FeedSearch | null> => {
    forget();
    const mine = current.current;
    setLooking(true);
    announce('Looking for the feed');
    const reply = await request('findFeed', { address, kind });
    if (current.current !== mine) return null;
    setLooking(false);
    if (!reply.ok) {
      setFault(reply.error.message);
      return null;
    }
    setOutcome(reply.value);
    return reply.value;
  };
  return { looking, outcome, fault, look, forget };
}
