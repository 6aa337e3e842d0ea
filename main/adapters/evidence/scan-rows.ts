import type { JsonObject } from './json.ts';
import type { ObjectScanner, ScanLimits } from './scanner.ts';

export interface RowEvents {
  readonly onHeader?: (names: readonly string[]) => void;
  /** A row as an object with the header's names; the bytes from `start` to `end` of `bytes` are valid during the call. */
  readonly onRow: (row: JsonObject, bytes: Buffer, start: number, end: number, offset: number) => void;
  /** A row that does not fit, from `offset`, with the reason in words. */
  readonly onFault: (offset: number, reason: string) => void;
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/**
 * Cuts a table (RFC 4180, with any delimiter) into rows: one pass, bounded memory. The first row is the header. A quote that is never
 * closed costs the line it stands in and no more.
 */
export function rowScanner(events: RowEvents, limits: ScanLimits, delimiter = ','): ObjectScanner {
  const tooLongReason = `longer than ${limits.objectBytes} bytes`;
  let kept: Buffer = Buffer.alloc(0);
  /** Place of the first kept byte in the unpacked file, and where scanning goes on in the kept bytes. */
  let base = 0;
  let resume = 0;
  let quoted = false;
  /** In a row that is too long: its bytes are let go up to the next line. */
  let passing = false;
  let header: readonly string[] | null = null;

  function row(data: Buffer, start: number, end: number): void {
    if (end - start > limits.objectBytes) {
      events.onFault(base + start, tooLongReason);
      return;
    }
    const text = data.toString('utf8', start, end).replace(/\r$/, '');
    if (text.trim() === '') return;
    const cells = cellsOf(text, delimiter);
    if (header === null) {
      header = cells.map((name) => name.trim());
      events.onHeader?.(header);
    } else if (cells.length === header.length) {
      const values = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
      events.onRow(values, data, start, end, base + start);
    } else {
      events.onFault(base + start, `${cells.length} cells where the header has ${header.length}`);
    }
  }

  /** Goes through the data from `from`; answers where the row begins that has no end in it. */
  function scan(data: Buffer, rowStart: number, from: number): number {
    let start = rowStart;
    for (let i = from; i < data.length; i += 1) {
      const byte = data[i];
      if (byte === QUOTE) quoted = !passing && !quoted;
      else if (byte === NEWLINE && !quoted) {
        if (passing) passing = false;
        else row(data, start, i);
        start = i + 1;
      }
    }
    return start;
  }

  /** Gives up the first line of a row whose quote is not closed, and reads on behind it. Null when that line has no end. */
  function reopened(data: Buffer, start: number): number | null {
    const newline = quoted ? data.indexOf(NEWLINE, start) : -1;
    if (newline === -1) return null;
    events.onFault(base + start, 'a quote that is not closed');
    quoted = false;
    return scan(data, newline + 1, newline + 1);
  }

  function keep(data: Buffer, from: number): void {
    let start = from;
    while (!passing && data.length - start > limits.objectBytes) {
      const next = reopened(data, start);
      if (next === null) {
        events.onFault(base + start, tooLongReason);
        passing = true;
      } else start = next;
    }
    if (passing) {
      quoted = false;
      base += data.length;
      kept = Buffer.alloc(0);
    } else {
      kept = Buffer.from(data.subarray(start));
      base += start;
    }
    resume = kept.length;
  }

  return {
    push(chunk) {
      const data = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      keep(data, scan(data, 0, resume));
    },
    finish() {
      let start: number | null = 0;
      while (quoted) {
        const next = reopened(kept, start);
        if (next === null) {
          events.onFault(base + start, 'cut off before its end');
          return 'cut_off';
        }
        start = next;
      }
      if (!passing) row(kept, start, kept.length);
      return 'whole';
    },
  };
}

const patterns = new Map<string, RegExp>();

function cellPattern(delimiter: string): RegExp {
  const known = patterns.get(delimiter);
  if (known !== undefined) return known;
  const sign = delimiter === '|' ? '\\|' : delimiter;
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^${sign}]*))(${sign}|$)`, 'gy');
  patterns.set(delimiter, pattern);
  return pattern;
}

/** The cells of one row; a quote within quotes is doubled. */
export function cellsOf(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  for (const found of text.matchAll(cellPattern(delimiter))) {
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === '') break;
  }
  return cells;
}
