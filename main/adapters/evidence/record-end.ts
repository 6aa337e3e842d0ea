const OPEN = 0x7b;
const COMMA = 0x2c;

/** Where a record ends that stands before another at `next`: without the white space and the comma between. */
export function endBefore(data: Buffer, next: number): number {
  let end = next;
  while (isSpace(data[end - 1] ?? 0) || data[end - 1] === COMMA) end -= 1;
  return end;
}

/** True when there may be more than so many levels, braces in texts counted as well. */
export function opensMoreThan(levels: number, data: Buffer, from: number, end: number): boolean {
  let left = levels;
  for (let at = from; at < end; at += 1) {
    // Both `[` and `{`, which differ in this bit.
    if (((data[at] ?? 0) | 0x20) === OPEN) {
      left -= 1;
      if (left < 0) return true;
    }
  }
  return false;
}

/** White space of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A byte in words. */
export function nameOf(byte: number): string {
  if (byte === 0) return 'a NUL byte';
  return byte > 0x20 && byte < 0x7f
    ? `the character ${String.fromCharCode(byte)}`
    : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}
