import { useEffect, useState } from 'react';
import type { RankedFinding } from '../../../main/core/evidence/rank-findings.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import type { FindingListing, FindingsView } from '../../../preload/contract/views.ts';
import { ask } from '../../lib/api.ts';
import { useIncident } from '../../lib/incident-store.ts';

/** What is looked for among the findings. */
export interface Asked {
  readonly status: StateFinding['status'];
  readonly text: string;
}

const NONE: FindingListing = { findings: [], next: null };

/** The findings that fit, a page at a time; asked for anew when `changed` is another. */
export function useFindingPages(
  incidentId: string,
  { status, text }: Asked,
  changed: FindingsView,
): {
  readonly pages: readonly RankedFinding[];
  readonly more: boolean;
  readonly loadMore: () => Promise<void>;
} {
  const setFault = useIncident((store) => store.setFault);
  const [loaded, setLoaded] = useState(NONE);
  useEffect(() => {
    let overtaken = false;
    const query = { incidentId, status, pattern: null, text, after: null };
    void ask('listFindings', query, setFault).then((page) => {
      if (page !== null && !overtaken) setLoaded(page);
    });
    return () => {
      overtaken = true;
    };
  }, [incidentId, status, text, changed, setFault]);
  return {
    pages: loaded.findings,
    more: loaded.next !== null,
    loadMore: async () => {
      const query = { incidentId, status, pattern: null, text, after: loaded.next };
      const page = await ask('listFindings', query, setFault);
      if (page === null) return;
      // Something else may have been asked in the meantime, or this page twice.
      setLoaded((now) =>
        now === loaded ? { findings: [...now.findings, ...page.findings], next: page.next } : now,
      );
    },
  };
}
