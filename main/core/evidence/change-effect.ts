import { epochMs } from '../time.ts';
import type { ChangeTable } from './change-table.ts';
import type { LogRecord } from './model.ts';
import { clockOf, lengthWords } from './words.ts';

/** When a change began to show, as far as the records tell. */
export interface Effect {
  /** By how many milliseconds after the call it could be felt; never after onset. */
  readonly later: number;
  /** Why that is not the moment of the call; null when it is. */
  readonly words: string | null;
  /** It may not have taken effect at all before onset. */
  readonly pending: boolean;
}

/** Restarts and failovers among the records, oldest first: what waits for one takes effect with it. */
export function restartsIn(records: readonly LogRecord[], table: ChangeTable): readonly LogRecord[] {
  const { restarts } = table.data.effects;
  return records
    .filter((record) => record.errorCode === null && restarts.includes(record.name))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/**
 * When a change `before` milliseconds before onset took effect: at the call; with the next restart of the same service when it
 * waits for one; or spread over a time, as DNS does over the TTL of the record and IAM over minutes.
 */
export function effectOf(
  record: LogRecord,
  before: number,
  restarts: readonly LogRecord[],
  table: ChangeTable,
): Effect {
  if (record.flags.includes('delayed_effect')) return afterRestart(record, before, restarts);
  const spread = spreadOf(record, table);
  if (spread === null) return AT_ONCE;
  return { later: Math.min(before, spread.seconds * 1000), words: spread.words, pending: false };
}

const AT_ONCE: Effect = { later: 0, words: null, pending: false };

function afterRestart(record: LogRecord, before: number, restarts: readonly LogRecord[]): Effect {
  const at = epochMs(record.at);
  const next = restarts.find(
    (restart) =>
      restart.source === record.source &&
      restart.account === record.account &&
      restart.region === record.region &&
      epochMs(restart.at) >= at &&
      epochMs(restart.at) <= at + before,
  );
  if (next === undefined) {
    return {
      later: 0,
      words: 'no restart is seen since: it may not have taken effect yet',
      pending: true,
    };
  }
  const what = next.resources[0] ?? 'something';
  return {
    later: epochMs(next.at) - at,
    words: `${next.name} of ${what} followed at ${clockOf(next.at)} UTC, ${lengthWords(record.at, next.at)} later, and could have brought it into effect`,
    pending: false,
  };
}

function spreadOf(
  record: LogRecord,
  table: ChangeTable,
): { readonly seconds: number; readonly words: string } | null {
  const ttl = record.flags
    .map((flag) => /^dns_ttl_(\d{1,7})$/.exec(flag)?.[1])
    .find((one) => one !== undefined);
  if (ttl !== undefined) {
    return {
      seconds: Number(ttl),
      words: `old answers live for up to ${ttl} s after it: callers follow one by one`,
    };
  }
  const known = table.data.effects.spreads.find(({ sources }) => sources.includes(record.source));
  return known ?? null;
}
