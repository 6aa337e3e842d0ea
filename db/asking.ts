import type { Method } from './api.ts';

/**
 * What only looks through the records of logs. It may take a while, so that a thread of its own answers it, and whatever is to be
 * written never waits for it.
 */
const ASKING = [
  'listRecords',
  'recordHits',
  'recordHistogram',
  'countRecords',
  'namedInLogs',
  'evidenceAround',
] as const satisfies readonly Method[];

export type AskingMethod = (typeof ASKING)[number];

/** Whether a call only looks through records. */
export function isAsking(method: string): method is AskingMethod {
  return (ASKING as readonly string[]).includes(method);
}
