import { useEffect, useState } from 'react';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import type { StatementSource, StatementView } from '../../../preload/contract/views.ts';
import { request } from '../../lib/api.ts';

/** What a given statement says; `reading` while main looks at it. */
export interface StatementLook {
  readonly view: StatementView | null;
  readonly fault: string | null;
  readonly reading: boolean;
}

/** Typing is not looked at letter by letter; a paste or a file comes whole, and this pause is not felt. */
const PAUSE_MS = 200;

interface Looked {
  readonly source: StatementSource;
  readonly kind: FeedKind | null;
  readonly view: StatementView | null;
  readonly fault: string | null;
}

/** Reads what a person gave, each time it changes, without keeping it. Answers to earlier contents are dropped. */
export function useStatement(
  incidentId: string,
  source: StatementSource | null,
  kind: FeedKind | null,
): StatementLook {
  const [looked, setLooked] = useState<Looked | null>(null);
  useEffect(() => {
    if (source === null) return;
    let current = true;
    const timer = setTimeout(() => {
      void request('readStatement', { incidentId, source, kind }).then((reply) => {
        if (!current) return;
        const said = reply.ok
          ? { view: reply.value, fault: null }
          : { view: null, fault: reply.error.message };
        setLooked({ source, kind, ...said });
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [incidentId, source, kind]);
  if (source === null) return { view: null, fault: null, reading: false };
  // Read as another kind, what was shown stays until the answer is there.
  return looked !== null && looked.source === source
    ? { view: looked.view, fault: looked.fault, reading: looked.kind !== kind }
    : { view: null, fault: null, reading: true };
}
