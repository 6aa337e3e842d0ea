const QUOTE = 0x22;
/** The longest piece of a record's beginning that is remembered to find the next record after damage. */
export const LONGEST_MARK = 256;

/** How the record at `from` begins, up to its first key, e.g. `{"eventVersion"`; null when that is nothing to know others by. */
export function markAt(data: Buffer, from: number): Buffer | null {
  const open = data.indexOf(QUOTE, from);
  const close = open === -1 ? -1 : data.indexOf(QUOTE, open + 1);
  return close !== -1 && close - from < LONGEST_MARK ? Buffer.from(data.subarray(from, close + 1)) : null;
}

/** Where something begins like a record whose first quote is at `quote`; -1 for nowhere. */
export function markAround(data: Buffer, quote: number, mark: Buffer): number {
  const at = quote - mark.indexOf(QUOTE);
  return at >= 0 && beginsWith(data, at, mark) ? at : -1;
}

/** Whether the bytes at `at` are the mark. */
export function beginsWith(data: Buffer, at: number, mark: Buffer): boolean {
  return at + mark.length <= data.length && data.compare(mark, 0, mark.length, at, at + mark.length) === 0;
}
