import type { Container } from './adapter.ts';
import { outsideRecords } from './outside-records.ts';
import { beginsWith, LONGEST_MARK, markAround, markAt } from './record-mark.ts';
import type { ObjectScanner, ScanEvents, ScanLimits } from './scanner.ts';
import { endBefore, isSpace, nameOf, opensMoreThan } from './record-end.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const UNENDED = 'damaged: it does not end before the next record begins';
/** Wrong guesses in a row after which a file is cut with care only. */
const MOST_MISSES = 8;

/**
 * - `outside`: between records, or in parts of the document that hold none
 * - `record`: in a record whose bytes are kept
 * - `passing`: in a record that is too large or too deep, whose bytes are let go
 * - `lost`: after damage, looking for the next place that begins like a record
 */
type Mode = 'outside' | 'record' | 'passing' | 'lost';

/**
 * Cuts JSON bytes into records without parsing them: one pass, bounded memory, whatever the bytes are.
 * After damage it goes on at the next place that begins like the first sound record did. That is safe because a raw
 * quote cannot stand inside a JSON text value, so those bytes never occur within a sound record's values.
 */
export function objectScanner(container: Container, events: ScanEvents, limits: ScanLimits): ObjectScanner {
  const elementDepth = container.kind === 'wrapped' ? 2 : container.kind === 'list' ? 1 : 0;
  const wantedKeys =
    container.kind === 'wrapped'
      ? [container.key, ...(container.also ?? [])].map((key) => Buffer.from(`"${key}"`))
      : [];
  const longestKey = Math.max(0, ...wantedKeys.map((key) => key.length));
  const ofLists = container.kind === 'wrapped' && container.items === 'lists';
  /** What a record begins with. */
  const opener = ofLists ? OPEN_LIST : OPEN;
  const tooLongReason = `longer than ${limits.objectBytes} bytes`;
  const outside = outsideRecords(container, elementDepth + limits.depth);
  let mode: Mode = 'outside';
  /** Bytes carried over from the chunk before; scanning goes on at `resume` in them. */
  let kept: Buffer = Buffer.alloc(0);
  let resume = 0;
  /** Place of the first kept byte in the unpacked file. */
  let base = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Where the record (`record`), the search (`lost`) or the possible key (`outside`) starts in the data; -1 for none. */
  let start = -1;
  let keyStart = -1;
  let keyMatches = false;
  let inList = container.kind === 'sequence';
  /** Where the outermost object begins in the unpacked file, and whether its list has begun. */
  let outermost = 0;
  let hasList = false;
  let passingFrom = 0;
  let passingReason = '';
  /** How the first sound record began, e.g. `{"eventVersion"`. */
  let mark: Buffer | null = null;
  /** The next mark behind a record that was guessed at, in the data at hand; its length when there is none. */
  let ahead = 0;
  let misses = 0;

  /** The next place at or after `from` where a record seems to begin; -1 for none in these bytes. */
  function nextMark(data: Buffer, from: number): number {
    if (mark === null) return data.indexOf(opener, from);
    const found = data.indexOf(mark, from);
    if (container.kind !== 'sequence') return found;
    const line = data.indexOf('\n{', from);
    return line === -1 ? found : found === -1 ? line + 1 : Math.min(found, line + 1);
  }

  function enter(next: Mode, at: number): void {
    mode = next;
    inString = false;
    escaped = false;
    keyStart = -1;
    outside.left();
    start = next === 'record' || next === 'lost' ? at : -1;
    if (next === 'record') {
      depth = elementDepth;
      inList = true;
    }
  }

  function beLost(at: number, reason: string): void {
    events.onFault(base + at, reason);
    enter('lost', at + 1);
  }

  /** Goes through a record from `i`; answers the index behind it, or the length of the data when it does not end here. */
  function scanRecord(data: Buffer, from: number): number {
    const length = data.length;
    const deepest = elementDepth + limits.depth;
    let level = depth;
    let text = inString;
    let i = from;
    if (escaped && i < length) {
      escaped = false;
      i += 1;
    }
    while (i < length) {
      const byte = data[i];
      i += 1;
      if (text) {
        if (byte === QUOTE) text = false;
        else if (byte === BACKSLASH) {
          if (i >= length) escaped = true;
          i += 1;
        }
      } else if (byte === QUOTE) {
        text = true;
      } else if (byte === OPEN || byte === OPEN_LIST) {
        level += 1;
        if (level > deepest && mode === 'record') {
          passingFrom = base + start;
          passingReason = `nested deeper than ${limits.depth} levels`;
          mode = 'passing';
          break;
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        level -= 1;
        if (level <= elementDepth) {
          depth = elementDepth;
          inString = false;
          return endRecord(data, i);
        }
      }
    }
    depth = level;
    inString = text;
    return Math.min(i, length);
  }

  function endRecord(data: Buffer, end: number): number {
    const from = start;
    const wasPassing = mode === 'passing';
    enter('outside', end);
    if (wasPassing) {
      events.onFault(passingFrom, passingReason);
      return end;
    }
    const tooLong = end - from > limits.objectBytes;
    // Sound lists have lists in them, but no record holds another one.
    const next = ofLists && mark !== null ? data.indexOf(mark, from + 1) : -1;
    if (next !== -1 && next < end) {
      events.onFault(base + from, UNENDED);
      enter('record', next);
      return next;
    }
    if (!tooLong && events.onObject(data, from, end, base + from)) {
      mark ??= markAt(data, from);
      return end;
    }
    if (tooLong) events.onFault(base + from, tooLongReason);
    const again = mark === null ? -1 : nextMark(data, from + 1);
    if (again === -1 || again >= end) return end;
    enter('record', again);
    return again;
  }

  /** In a record that is passed over: it ends where its braces do, or where the next record begins. */
  function scanPassing(data: Buffer, from: number): number {
    // A mark may begin in the bytes carried over and end in this chunk.
    const next =
      mark === null ? -1 : nextMark(data, from === resume ? Math.max(0, from - mark.length + 1) : from);
    if (next === -1) return scanRecord(data, from);
    if (next > from) {
      const end = scanRecord(data.subarray(0, next), from);
      if (mode !== 'passing') return end;
    }
    events.onFault(passingFrom, passingReason);
    enter('record', next);
    return next;
  }

  function scanOutside(data: Buffer, from: number): number {
    const length = data.length;
    let i = from;
    while (i < length && mode === 'outside') {
      const byte = data[i] ?? 0;
      if (inString) {
        i = scanSkippedText(data, i);
        continue;
      }
      const here = inList && depth === elementDepth;
      // Between lists an object is a record that stands alone, as where files were put one behind the other.
      const alone = container.kind === 'list' && depth === 0;
      const strays =
        byte === opener && depth < elementDepth && (alone || (mark !== null && beginsWith(data, i, mark)));
      if (strays || (here && byte === opener)) {
        enter('record', i);
        return guessRecord(data, i);
      }
      if (!here && mark !== null && !outside.allows(byte, depth)) {
        return lostAt(data, i, `${nameOf(byte)} where it cannot stand, outside of the records`);
      }
      if (byte === OPEN) {
        if (here) return lostAt(data, i, 'an object where a list should begin');
        if (depth === 0) {
          outermost = base + i;
          hasList = false;
        }
        depth += 1;
      } else if (byte === OPEN_LIST) {
        if (here) return lostAt(data, i, 'a list where a record should begin');
        const opens = container.kind === 'list' ? depth === 0 : depth === 1 && keyMatches;
        depth += 1;
        if (opens) {
          inList = true;
          hasList = true;
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (here && (byte === CLOSE || container.kind === 'sequence')) {
          return lostAt(data, i, 'a closing brace where a record should begin');
        }
        if (here) {
          inList = false;
          outside.listEnded();
        }
        if (depth > 0) depth -= 1;
        if (depth === 0 && byte === CLOSE && container.kind === 'wrapped' && !hasList) {
          events.onFault(outermost, `an object without a list under ${container.key}`);
        }
      } else if (byte === QUOTE) {
        if (here) return lostAt(data, i, 'text where a record should begin');
        inString = true;
        keyMatches = false;
        keyStart = container.kind === 'wrapped' && depth === 1 ? i : -1;
      } else if (byte === COMMA) {
        keyMatches = false;
      } else if (here && !isSpace(byte)) {
        return lostAt(data, i, `${nameOf(byte)} where a record should begin`);
      }
      i += 1;
    }
    return i;
  }

  /**
   * Takes the record that begins at `at` without going through its bytes one by one: it probably ends before the next mark, and
   * if what is between is JSON, it does. Answers the index behind it, or `at` when it is to be gone through.
   */
  function guessRecord(data: Buffer, at: number): number {
    const { onGuess, onQuick } = events;
    if (onGuess === undefined || mark === null || ofLists || misses >= MOST_MISSES) return at;
    if (ahead <= at) {
      const found = data.indexOf(mark, at + 1);
      ahead = found === -1 ? data.length : found;
    }
    if (ahead === data.length) return at;
    const end = endBefore(data, ahead);
    const usual = end - at <= limits.objectBytes;
    const quick = usual && onQuick?.(data, at, end) === true;
    const guessed =
      quick || (usual && !opensMoreThan(limits.depth, data, at, end) && onGuess(data, at, end, base + at));
    if (!guessed) {
      misses += 1;
      return at;
    }
    misses = 0;
    enter('outside', end);
    return end;
  }

  function lostAt(data: Buffer, at: number, reason: string): number {
    beLost(at, reason);
    return Math.min(at + 1, data.length);
  }

  /** In a text outside records: a key that may be the wanted one, or a value of no interest. */
  function scanSkippedText(data: Buffer, from: number): number {
    let i = from;
    while (i < data.length) {
      const byte = data[i];
      i += 1;
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        inString = false;
        const record = mark === null ? -1 : markAround(data, i - 1, mark);
        if (record !== -1) {
          events.onFault(base + from, 'a text that does not end before the next record begins');
          enter('record', record);
          return record;
        }
        keyMatches = keyStart !== -1 && wantedKeys.some((key) => key.equals(data.subarray(keyStart, i)));
        keyStart = -1;
        return i;
      }
    }
    if (keyStart !== -1 && i - keyStart > longestKey) keyStart = -1;
    return i;
  }

  function scan(data: Buffer): void {
    let i = resume;
    ahead = 0;
    while (i < data.length) {
      if (mode === 'outside') {
        i = scanOutside(data, i);
      } else if (mode === 'record') {
        i = scanRecord(data, i);
      } else if (mode === 'passing') {
        i = scanPassing(data, i);
      } else {
        const found = nextMark(data, i);
        if (found === -1) break;
        enter('record', found);
        i = found;
      }
    }
  }

  /** Keeps what the next chunk needs; a record that grew too large goes on at the next mark, or is passed over. */
  function keep(data: Buffer): void {
    while (mode === 'record' && data.length - start > limits.objectBytes) {
      passingFrom = base + start;
      passingReason = tooLongReason;
      const again = mark === null ? -1 : nextMark(data, start + 1);
      if (again === -1) {
        mode = 'passing';
        start = -1;
      } else {
        events.onFault(passingFrom, UNENDED);
        enter('record', again);
        resume = again;
        scan(data);
      }
    }
    const length = data.length;
    const from =
      mode === 'record'
        ? start
        : mode === 'outside'
          ? keyStart === -1
            ? length
            : keyStart
          : Math.max(0, mode === 'lost' ? start : 0, length - LONGEST_MARK);
    // A copy, so that a large chunk is not held for the sake of a few bytes.
    kept = from === length ? Buffer.alloc(0) : Buffer.from(data.subarray(from));
    base += from;
    if (start !== -1) start = Math.max(0, start - from);
    if (keyStart !== -1) keyStart -= from;
    resume = mode === 'lost' ? 0 : kept.length;
  }

  return {
    push(chunk) {
      const data = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      scan(data);
      keep(data);
    },
    finish() {
      for (;;) {
        if (mode === 'passing') {
          events.onFault(passingFrom, `${passingReason}, and cut off before its end`);
          return 'cut_off';
        }
        if (mode !== 'record') return mode === 'outside' && (depth > 0 || inString) ? 'cut_off' : 'whole';
        const again = mark === null ? -1 : nextMark(kept, start + 1);
        if (again === -1) {
          events.onFault(base + start, 'cut off before its end');
          return 'cut_off';
        }
        events.onFault(base + start, UNENDED);
        enter('record', again);
        resume = again;
        scan(kept);
      }
    },
  };
}
