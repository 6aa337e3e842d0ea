import { createHash } from 'node:crypto';
import type { FileReport, LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { EvidenceAdapter, Head, Recognition, RecordReader } from './adapter.ts';
import { ADAPTERS } from './adapters.ts';
import { type Json, parseJson } from './json.ts';
import { outlineOf } from './outline.ts';
import { readBytes } from './read-bytes.ts';
import { type ObjectScanner, objectScanner, type ScanLimits } from './scan-objects.ts';
import { rowScanner } from './scan-rows.ts';
import { wholeScanner } from './scan-whole.ts';
import { fileTally, type Findings } from './tally.ts';
import type { UnpackLimits } from './unpack.ts';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Gets the records in order, about a thousand at a time; reading goes on when the promise has resolved. */
  readonly onBatch: (records: LogRecord[]) => Promise<void>;
  /** Gets the findings of states likewise. */
  readonly onFindings?: (findings: readonly StateFinding[]) => Promise<void>;
  /** Stored bytes read so far and records found so far. */
  readonly onProgress?: (bytesRead: number, records: number) => void;
  readonly limits?: Partial<ReadLimits>;
}

export interface ReadLimits extends UnpackLimits, ScanLimits {
  /** Bytes of a file that is one document and can only be read as a whole. */
  readonly documentBytes: number;
}

/**
 * CloudTrail's own limit for an event is 256 KB (1 MB since 2025); a log file is at most 50 MB compressed, and
 * compresses about 9 to 60 times.
 */
const LIMITS: ReadLimits = {
  objectBytes: 2 * 1024 * 1024,
  documentBytes: 48 * 1024 * 1024,
  depth: 100,
  ratio: 200,
  unpackedFloor: 64 * 1024 * 1024,
  total: 16 * 1024 ** 3,
};

const BATCH_RECORDS = 1_000;
/** Content looked at before a file is recognised; the first record of every known source is shorter. */
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 2 * 1024;

/**
 * Reads one file of evidence from disk in bounded memory, whatever is in it, and reports what it covers.
 * Good records go to `onBatch`; bad ones are counted, the first hundred listed with place and reason. A file that nothing
 * knows is a report with `recognisedAs: null` and a note. Fails with `unreadable` or `cancelled` only.
 */
export async function readEvidenceFile(path: string, options: ReadOptions): Promise<Result<FileReport>> {
  const limits: ReadLimits = { ...LIMITS, ...options.limits };
  const content = contentReader(options, limits);
  let storedBytes = 0;
  const read = await readBytes(path, {
    signal: options.signal,
    limits,
    onChunk: (chunk) => content.push(chunk),
    onProgress: (bytes) => {
      storedBytes = bytes;
      options.onProgress?.(bytes, content.records());
    },
  });
  if (!read.ok) return read;
  const ended = await content.finish();
  options.onProgress?.(storedBytes, content.records());
  if (options.signal.aborted) return fail('cancelled', 'Reading was cancelled.', path);
  return ok({
    file: path,
    sha256: read.value.sha256,
    size: read.value.size,
    ...ended.report,
    notes: [...read.value.notes, ...ended.notes],
  });
}

interface ContentReader {
  push(chunk: Buffer): Promise<void>;
  finish(): Promise<{
    readonly report: Findings;
    readonly notes: readonly string[];
  }>;
  records(): number;
}

function contentReader(options: ReadOptions, limits: ReadLimits): ContentReader {
  const tally = fileTally();
  let batch: LogRecord[] = [];
  let findings: StateFinding[] = [];
  /** Content kept until there is enough to recognise it; null afterwards. */
  let waiting: Buffer[] | null = [];
  let waitingBytes = 0;
  let head: Head = { text: '', paths: new Set() };
  let tail: Buffer = Buffer.alloc(0);
  let reader: RecordReader | null = null;
  let recognition: Recognition | null = null;
  let scanner: ObjectScanner | null = null;
  const notes: string[] = [];

  async function flush(least: number): Promise<void> {
    if (findings.length >= least && findings.length > 0) {
      const ready = findings;
      findings = [];
      await options.onFindings?.(ready);
      if (options.signal.aborted) return;
    }
    while (batch.length >= least && batch.length > 0) {
      const ready = batch.length <= BATCH_RECORDS * 1.5 ? batch : batch.slice(0, BATCH_RECORDS);
      batch = batch.slice(ready.length);
      await options.onBatch(ready);
      if (options.signal.aborted) return;
    }
  }

  function take(source: RecordReader, bytes: Buffer, start: number, end: number, offset: number): boolean {
    const text = bytes.toString('utf8', start, end);
    const value = parseJson(text);
    if (value === undefined) {
      tally.reject(offset, 'not valid JSON');
      return false;
    }
    if (text.includes('\uFFFD')) tally.strange();
    accept(source, value, bytes, start, end, offset);
    return true;
  }

  function accept(
    source: RecordReader,
    value: Json,
    bytes: Buffer,
    start: number,
    end: number,
    offset: number,
  ): void {
    const result = source.read(value, () => contentIdOf(bytes.subarray(start, end)));
    if ('id' in result) {
      tally.count(result);
      batch.push(result);
    } else if ('finding' in result) {
      keepFinding(result.finding);
    } else if ('findings' in result) {
      for (const finding of result.findings) keepFinding(finding);
      for (const record of result.records ?? []) {
        tally.count(record);
        batch.push(record);
      }
    } else if (result.notTaken === 'rejected') {
      tally.reject(offset, result.reason);
    } else {
      tally.skip(result.reason);
    }
  }

  function keepFinding(finding: StateFinding): void {
    tally.countFinding(finding);
    findings.push(finding);
  }

  function begin(content: Buffer): Buffer {
    const start = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? 3 : 0;
    const wide = wideEncodingOf(content);
    if (wide !== null) {
      notes.push(`The file is in ${wide}; save it as UTF-8 and import it again.`);
      return Buffer.alloc(0);
    }
    const text = content.toString('utf8', start, Math.min(content.length, HEAD_BYTES));
    head = { text, paths: /^\s*[{[]/.test(text) ? outlineOf(text) : new Set() };
    for (const candidate of ADAPTERS) {
      recognition = candidate.recognise(head);
      if (recognition === null) continue;
      reader = readerOf(candidate);
      if (recognition.kind === 'skipped') notes.push(recognition.note);
      else scanner = scannerFor(reader, recognition);
      break;
    }
    if (recognition === null) notes.push(unknownFile(content, text));
    return content.subarray(start);
  }

  function scannerFor(source: RecordReader, found: Recognition & { kind: 'records' }): ObjectScanner {
    const onFault = (offset: number, reason: string): void => {
      tally.reject(offset, reason);
    };
    if (found.container.kind === 'rows') {
      const onRow = (row: Json, bytes: Buffer, start: number, end: number, offset: number): void => {
        accept(source, row, bytes, start, end, offset);
      };
      return rowScanner({ onRow, onFault }, limits, found.container.delimiter);
    }
    const onObject = (bytes: Buffer, start: number, end: number, offset: number): boolean =>
      take(source, bytes, start, end, offset);
    if (found.container.kind === 'document') {
      return wholeScanner({ onObject, onFault }, limits.documentBytes, found.container.prefix);
    }
    return objectScanner(found.container, { onObject, onFault }, limits);
  }

  async function scan(chunk: Buffer): Promise<void> {
    if (scanner === null || options.signal.aborted) return;
    scanner.push(chunk);
    const end = chunk.length >= TAIL_BYTES ? chunk : Buffer.concat([tail, chunk]);
    tail = Buffer.from(end.subarray(Math.max(0, end.length - TAIL_BYTES)));
    await flush(BATCH_RECORDS);
  }

  async function startWith(chunks: readonly Buffer[]): Promise<void> {
    waiting = null;
    await scan(begin(Buffer.concat(chunks)));
  }

  return {
    async push(chunk) {
      if (waiting === null) {
        await scan(chunk);
        return;
      }
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= HEAD_BYTES) await startWith(waiting);
    },
    async finish() {
      if (waiting !== null) await startWith(waiting);
      if (scanner?.finish() === 'cut_off')
        notes.push('The file is cut off: it ends in the middle of its content.');
      for (const record of reader?.rest?.() ?? []) {
        tally.count(record);
        batch.push(record);
      }
      for (const finding of reader?.restFindings?.() ?? []) keepFinding(finding);
      await flush(0);
      if (reader !== null && recognition?.kind === 'records') {
        notes.push(...tally.notes());
        notes.push(
          ...reader.notes({
            recognisedAs: recognition.recognisedAs,
            records: tally.records(),
            findings: tally.foundStates(),
            head,
            tail: tail.toString('utf8'),
          }),
        );
      }
      return { report: tally.findings(recognition?.recognisedAs ?? null), notes };
    },
    records: () => tally.records(),
  };
}

function readerOf(adapter: EvidenceAdapter): RecordReader {
  return adapter.open?.() ?? adapter;
}

function contentIdOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** UTF-16 and UTF-32 by their byte order mark, or by NUL at every second byte of the beginning. */
function wideEncodingOf(content: Buffer): string | null {
  const [a, b, c, d] = content;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  const plain = a === 0x7b || a === 0x5b;
  return (plain && b === 0 && d === 0) || (a === 0 && (b === 0x7b || b === 0x5b) && c === 0)
    ? 'UTF-16'
    : null;
}

function unknownFile(content: Buffer, text: string): string {
  if (content.length === 0) return 'The file is empty.';
  if (/^\s*<(!doctype|html)/i.test(text))
    return 'This is a web page, not a log: perhaps a login page was saved.';
  if (/^\s*[{[]/.test(text)) return 'This is JSON, but of no kind that is known here.';
  return 'This is no kind of file that is known here.';
}
