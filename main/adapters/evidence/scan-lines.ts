import { readLine } from '../../core/evidence/mapping/lines.ts';
import type { LinePattern } from '../../core/evidence/mapping/model.ts';
import type { ObjectScanner, ScanLimits } from './scanner.ts';
import type { RowEvents } from './scan-rows.ts';

const NEWLINE = 0x0a;
/** Longer messages are cut: a trace of thousands of lines says no more than its beginning. */
const LONGEST_MESSAGE = 4_000;

/** A line with a time, and those behind it that have none. */
interface Pending {
  readonly row: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly offset: number;
  message: string;
  lines: number;
}

/**
 * Cuts plain text into rows, one per line of the pattern: one pass, bounded memory. A line that is not of the pattern, such as one of a
 * stack trace, goes on with the message of the one before; such a row says in `lines` how many it was.
 */
export function lineScanner(pattern: LinePattern, events: RowEvents, limits: ScanLimits): ObjectScanner {
  let kept: Buffer = Buffer.alloc(0);
  let base = 0;
  let passing = false;
  let pending: Pending | null = null;

  function giveOut(): void {
    if (pending === null) return;
    const { row, bytes, offset, message, lines } = pending;
    const whole = lines === 1 ? row : { ...row, message, lines: String(lines) };
    events.onRow(whole, bytes, 0, bytes.length, offset);
    pending = null;
  }

  function line(data: Buffer, start: number, end: number): void {
    if (end - start > limits.objectBytes) {
      tooLong(base + start);
      return;
    }
    const text = data.toString('utf8', start, end).replace(/\r$/, '');
    const row = readLine(pattern, text);
    if (row !== null) {
      giveOut();
      const bytes = Buffer.from(data.subarray(start, end));
      pending = { row, bytes, offset: base + start, message: row['message'] ?? '', lines: 1 };
    } else if (text.trim() === '') {
      return;
    } else if (pending !== null) {
      pending.message = `${pending.message}\n${text}`.slice(0, LONGEST_MESSAGE);
      pending.lines += 1;
    } else {
      events.onFault(
        base + start,
        'no time of the expected kind, and no line before that it could go on with',
      );
    }
  }

  function tooLong(offset: number): void {
    giveOut();
    events.onFault(offset, `longer than ${limits.objectBytes} bytes`);
  }

  return {
    push(chunk) {
      const data = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      let start = 0;
      let end = data.indexOf(NEWLINE, kept.length);
      while (end !== -1) {
        if (passing) passing = false;
        else line(data, start, end);
        start = end + 1;
        end = data.indexOf(NEWLINE, start);
      }
      if (!passing && data.length - start > limits.objectBytes) {
        passing = true;
        tooLong(base + start);
      }
      kept = passing ? Buffer.alloc(0) : Buffer.from(data.subarray(start));
      base += data.length - kept.length;
    },
    finish() {
      if (!passing && kept.length > 0) line(kept, 0, kept.length);
      giveOut();
      return 'whole';
    },
  };
}
