import { useSyncExternalStore } from 'react';
import type { Instant } from '../../main/core/time.ts';
import type { DrillClock } from '../../preload/contract/views.ts';
import { epochMs, instantOf } from '../../main/core/instants.ts';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = wholeSecond();

function wholeSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

function tick(): void {
  second = wholeSecond();
  for (const listener of listeners) listener();
}

/** One timer for the whole window; it runs only while somebody looks at a clock. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    second = wholeSecond();
    timer = setInterval(tick, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** What a drill's clock shows at a real moment (milliseconds): the virtual one; a drill that ended stands still. */
export function drillTime(drill: DrillClock, realMs: number): Instant {
  if (drill.ended) return drill.virtualAt;
  const passed = Math.max(0, realMs - epochMs(drill.realAt));
  return instantOf(epochMs(drill.virtualAt) + passed * drill.speed);
}

/** The incident's clock, new each second: the real one, or a drill's virtual one. */
export function useNow(drill: DrillClock | null): Instant {
  const realMs = useSyncExternalStore(subscribe, () => second);
  return drill === null ? instantOf(realMs) : drillTime(drill, realMs);
}
