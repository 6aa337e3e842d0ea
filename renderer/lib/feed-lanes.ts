import { useEffect, useState } from 'react';
import type { FeedLanes } from '../../main/core/report/feed-lanes.ts';
import type { IncidentView } from '../../preload/contract/views.ts';
import { ask } from './api.ts';
import { useIncident } from './incident-store.ts';

/**
 * What every feed of the incident said when; null until it has come. Asked for anew when the trail grew, a feed was asked, or the
 * incident is another.
 */
export function useFeedLanes(view: IncidentView): FeedLanes | null {
  const setFault = useIncident((store) => store.setFault);
  const [held, hold] = useState<{ readonly id: string; readonly lanes: FeedLanes } | null>(null);
  const { id, entries } = view.state;
  const asked = view.feeds.map(({ checkedAt }) => checkedAt ?? '').join(' ');
  useEffect(() => {
    let overtaken = false;
    void ask('getFeedLanes', { incidentId: id }, setFault).then((lanes) => {
      if (!overtaken && lanes !== null) hold({ id, lanes });
    });
    return () => {
      overtaken = true;
    };
  }, [id, entries, asked, setFault]);
  return held?.id === id ? held.lanes : null;
}

/** Where a moment stands on the axis of lanes, from 0 to 1. */
export function placeOn({ from, until }: Pick<FeedLanes, 'from' | 'until'>, at: string): number {
  const [start, end, moment] = [Date.parse(from), Date.parse(until), Date.parse(at)];
  return end <= start ? 0 : Math.min(1, Math.max(0, (moment - start) / (end - start)));
}

/** Further to the right the words of a tick have no room. */
const LAST_TICK = 0.92;
/** Minutes between two ticks, so that there are four to nine of them. */
const STEPS = [5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10_080];

/** The ticks of an axis, in whole minutes since onset, and where they stand. */
export function ticksOf(axis: Pick<FeedLanes, 'from' | 'until' | 'onset'>): readonly {
  readonly minute: number;
  readonly place: number;
}[] {
  const minutesAt = (at: string): number => (Date.parse(at) - Date.parse(axis.onset)) / 60_000;
  const [first, last] = [minutesAt(axis.from), minutesAt(axis.until)];
  const step = STEPS.find((one) => (last - first) / one <= 8) ?? last - first;
  const ticks = [];
  for (let minute = Math.ceil(first / step) * step; minute <= last && step > 0; minute += step) {
    ticks.push({ minute, place: (minute - first) / Math.max(1, last - first) });
  }
  return ticks.filter(({ place }) => place <= LAST_TICK);
}
