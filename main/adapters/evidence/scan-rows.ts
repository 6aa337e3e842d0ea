import type { JsonObject } from './json.ts';
import type { ObjectScanner, ScanLimits } from './scan-objects.ts';

export interface RowEvents {
  /** A row as an object with the header's names; the bytes from `start` to `end` of `bytes` are valid during the call. */
  readonly onRow: (row: JsonObject, bytes: Buffer, start: number, end: number, offset: number) => void;
  /** A row that does not fit, from `offset`, with the reason in words. */
  readonly onFault: (offset: number, reason: string) => void;
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** Cuts CSV (RFC 4180, with commas or semicolons) into rows: one pass, bounded memory. The first row is the header. */
export function rowScanner(events: RowEvents, limits: ScanLimits, delimiter: ',' | ';' = ','): ObjectScanner {
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
      header = cells.map((cell) => cell.trim());
    } else if (cells.length === header.length) {
      const values = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
      events.onRow(values, data, start, end, base + start);
    } else {
      events.onFault(base + start, `${cells.length} cells where the header has ${header.length}`);
    }
  }

  function keep(data: Buffer, from: number): void {
    if (passing || data.length - from > limits.objectBytes) {
      if (!passing) events.onFault(base + from, tooLongReason);
      passing = true;
      quoted = false;
      base += data.length;
      kept = Buffer.alloc(0);
    } else {
      kept = Buffer.from(data.subarray(from));
      base += from;
    }
    resume = kept.length;
  }

  return {
    push(chunk) {
      const data = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      let start = 0;
      for (let i = resume; i < data.length; i += 1) {
        const byte = data[i];
        if (byte === QUOTE) quoted = !passing && !quoted;
        else if (byte === NEWLINE && !quoted) {
          if (passing) passing = false;
          else row(data, start, i);
          start = i + 1;
        }
      }
      keep(data, start);
    },
    finish() {
      if (quoted) {
        events.onFault(base, 'cut off before its end');
        return 'cut_off';
      }
      if (!passing) row(kept, 0, kept.length);
      return 'whole';
    },
  };
}

/** The cells of one row; a quote within quotes is doubled. */
export function cellsOf(text: string, delimiter: ',' | ';'): string[] {
  const cells: string[] = [];
  const cell =
    delimiter === ',' ? /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy : /(?:"((?:[^"]|"")*)"|([^;]*))(;|$)/gy;
  for (const found of text.matchAll(cell)) {
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === '') break;
  }
  return cells;
}
