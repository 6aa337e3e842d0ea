import type { Inject, Scenario, SnapshotBody } from './scenario.ts';

/**
 * What a feed of the scenario says at a virtual minute after onset: the body of its newest snapshot by then. Null before the first
 * one, for a feed that is read from an address, and for one the scenario does not have.
 */
export function feedAt(scenario: Scenario, feedId: string, minute: number): SnapshotBody | null {
  const feed = scenario.feeds.find((one) => one.feedId === feedId);
  return feed?.snapshots?.findLast(({ atMinute }) => atMinute <= minute)?.body ?? null;
}

/** What the scenario has told by a virtual minute besides its feeds, oldest first. */
export function injectsUntil(scenario: Scenario, minute: number): readonly Inject[] {
  return scenario.injects.filter(({ atMinute }) => atMinute <= minute);
}
