import type { Scope } from '../../../main/core/incident/events.ts';
import type { Provider } from '../../../main/core/sides.ts';
import type { Instant } from '../../../main/core/time.ts';
import { utcDateTime } from '../../lib/format.ts';
import { parseWhen, type Clock } from './when.ts';

/** A scope while it is being typed. */
export interface ScopeDraft {
  readonly title: string;
  readonly onset: string;
  readonly clock: Clock;
  readonly provider: Provider;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly severity: Scope['severity'];
  readonly workload: string;
  readonly lead: string;
}

export interface ScopeFaults {
  readonly title: string | null;
  readonly onset: string | null;
}

export function emptyDraft(clock: Clock, lead: string): ScopeDraft {
  return {
    title: '',
    onset: '',
    clock,
    provider: 'aws',
    services: [],
    regions: [],
    severity: 2,
    workload: '',
    lead,
  };
}

export function draftOf(scope: Scope, clock: Clock): ScopeDraft {
  const { onset, ...rest } = scope;
  return { ...rest, onset: utcDateTime(onset), clock };
}

/** The scope that was typed, or what is missing. */
export function readDraft(
  draft: ScopeDraft,
  now: Instant,
): { readonly ok: true; readonly scope: Scope } | { readonly ok: false; readonly faults: ScopeFaults } {
  const { clock, ...rest } = draft;
  const title = draft.title.trim();
  const when = parseWhen(draft.onset, now, clock);
  if (title === '' || 'fault' in when) {
    return {
      ok: false,
      faults: {
        title: title === '' ? 'A few words: what is broken, and where.' : null,
        onset: 'fault' in when ? when.fault : null,
      },
    };
  }
  return {
    ok: true,
    scope: {
      ...rest,
      title,
      onset: when.at,
      services: [...draft.services],
      regions: [...draft.regions],
      workload: draft.workload.trim(),
      lead: draft.lead.trim(),
    },
  };
}
