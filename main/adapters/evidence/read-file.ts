import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { FileReport, LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { StateSpan } from '../../core/evidence/state-span.ts';
import { type TemplatedRecord, wholeRecord } from '../../core/evidence/templated-record.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { EvidenceAdapter, Head, Recognition, RecordReader } from './adapter.ts';
import { ADAPTERS } from './adapters.ts';
import { decoderFor, type Decoder, isUtf32 } from './decode.ts';
import { faultSentence, readSafely } from './fault.ts';
import { type Json, parseJson } from './json.ts';
import { outlineOf } from './outline.ts';
import { type ByteSource, readBytes, withFile } from './read-bytes.ts';
import { recogniseRows } from './recognise-rows.ts';
import { lineScanner } from './scan-lines.ts';
import { objectScanner } from './scan-objects.ts';
import type { ObjectScanner, ScanEvents, ScanLimits } from './scanner.ts';
import { rowScanner } from './scan-rows.ts';
import { wholeScanner } from './scan-whole.ts';
import { fileTally, type Findings } from './tally.ts';
import { foreignFile, unknownFile } from './unknown-file.ts';
import type { UnpackLimits } from './unpack.ts';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Gets each record at once, in order. Whoever keeps its texts keeps the content they were cut from: a kilobyte or more. */
  readonly onRecord: (record: LogRecord) => void;
  /** Gets those that come in parts instead, if it is there. */
  readonly onTemplated?: (record: TemplatedRecord) => void;
  /** Called after each stretch of content, of mostly 256 KB; reading goes on when the promise has resolved. */
  readonly onPause?: () => Promise<void>;
  /** Gets the findings of states, some hundred at a time. */
  readonly onFindings?: (findings: readonly StateFinding[]) => Promise<void>;
  /**
   * Gets what the file knows of its resources, to be held against other files; records of states that stand alone in it are then
   * in there. Without it they go to `onRecord`.
   */
  readonly onSpans?: (spans: readonly StateSpan[]) => Promise<void>;
  /** Stored bytes read so far and records found so far. */
  readonly onProgress?: (bytesRead: number, records: number) => void;
  readonly limits?: Partial<ReadLimits>;
  /** For files that no adapter knows: how a person said that such rows are to be read, newest first. */
  readonly mappings?: readonly Mapping[];
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

/** Findings handed over at a time. */
const MOST_FINDINGS = 200;
/** Content after which they are handed over however few they are: each may be as long as `objectBytes`. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Content looked at before a file is recognised; the first record of every known source is shorter. */
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 2 * 1024;
const CUT_OFF = 'The file is cut off: it ends in the middle of its content.';
const NO_OUTLINE = outlineOf('');

/**
 * Reads one file of evidence from disk in bounded memory, whatever is in it, and reports what it covers.
 * Good records go to `onRecord`; bad ones are counted, the first hundred listed with place and reason. A file that nothing
 * knows is a report with `recognisedAs: null` and a note. A fault of ours at one record costs that record; one elsewhere gives
 * the file back as a whole, as `unexpected`. Fails with that, `unreadable` or `cancelled` only.
 */
export async function readEvidenceFile(path: string, options: ReadOptions): Promise<Result<FileReport>> {
  const changed = await lastChangeOf(path);
  let reached = 0;
  const onProgress = (bytes: number, records: number): void => {
    reached = bytes;
    options.onProgress?.(bytes, records);
  };
  try {
    return await withFile(path, (source) => readEvidence(source, changed, { ...options, onProgress }));
  } catch (thrown) {
    const message = `${faultSentence(thrown)}. It happened behind byte ${reached}; nothing of this file was added.`;
    return fail('unexpected', message, path);
  }
}

/** The same of any bytes that last changed at that time, in milliseconds since 1970; what fails beside records is thrown here. */
export async function readEvidence(
  source: ByteSource,
  changed: number,
  options: ReadOptions,
): Promise<Result<FileReport>> {
  const { path } = source;
  const limits: ReadLimits = { ...LIMITS, ...options.limits };
  const content = contentReader(options, limits, { path, changed });
  let storedBytes = 0;
  const read = await readBytes(source, {
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
    // Why its content ends early is said already where that is known.
    notes: [...read.value.notes, ...ended.notes.filter((note) => read.value.complete || note !== CUT_OFF)],
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

/** What the file system says of a file. */
interface FileFacts {
  readonly path: string;
  /** When its content last changed, in milliseconds since 1970. */
  readonly changed: number;
}

async function lastChangeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    // Opening it will fail too, and say why.
    return 0;
  }
}

function contentReader(options: ReadOptions, limits: ReadLimits, file: FileFacts): ContentReader {
  const tally = fileTally();
  let decoder: Decoder | null = null;
  let mappable = false;
  let mapping: Mapping | null = null;
  let findings: StateFinding[] = [];
  /** Content kept until there is enough to recognise it; null afterwards. */
  let waiting: Buffer[] | null = [];
  let waitingBytes = 0;
  let head: Head = { text: '', paths: new Set() };
  let tail: Buffer = Buffer.alloc(0);
  /** Content scanned since findings were handed over last. */
  let unflushed = 0;
  let reader: RecordReader | null = null;
  let recognition: Recognition | null = null;
  let scanner: ObjectScanner | null = null;
  const notes: string[] = [];

  async function flush(least: number): Promise<void> {
    if (findings.length >= least && findings.length > 0) {
      const ready = findings;
      findings = [];
      await options.onFindings?.(ready);
    }
  }

  function keep(record: LogRecord): void {
    tally.count(record.at, record);
    options.onRecord(record);
  }

  function keepTemplated(record: TemplatedRecord): void {
    tally.count(record.at, record.template.value);
    if (options.onTemplated === undefined) options.onRecord(wholeRecord(record));
    else options.onTemplated(record);
  }

  /** False for what is not JSON. */
  function take(source: RecordReader, bytes: Buffer, start: number, end: number, offset: number): boolean {
    const text = bytes.toString('utf8', start, end);
    const value = parseJson(text);
    if (value === undefined) return false;
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
    const result = readSafely(source, value, () => contentIdOf(bytes.subarray(start, end)));
    if ('id' in result) {
      keep(result);
    } else if ('finding' in result) {
      keepFinding(result.finding);
    } else if ('findings' in result) {
      for (const finding of result.findings) keepFinding(finding);
      for (const record of result.records ?? []) keep(record);
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

  function begin(raw: Buffer, whole: boolean): Buffer {
    if (isUtf32(raw)) {
      notes.push('The file is in UTF-32; save it as UTF-8 and import it again.');
      return Buffer.alloc(0);
    }
    decoder = decoderFor(raw);
    if (decoder.encoding !== null) {
      notes.push(`The file is in ${decoder.encoding} and was read as such; places count bytes of UTF-8.`);
    }
    const content = decoder.take(raw);
    const start = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? 3 : 0;
    const text = content.toString('utf8', start, Math.min(content.length, HEAD_BYTES));
    const { paths, first } = /^\s*[{[]/.test(text) ? outlineOf(text) : NO_OUTLINE;
    head = { text, paths };
    for (const candidate of ADAPTERS) {
      recognition = candidate.recognise(head);
      if (recognition === null) continue;
      // All documents together tell what the file is, the first where its records are: behind it there may be damage.
      const alone = first === paths ? null : candidate.recognise({ text, paths: first });
      if (alone?.recognisedAs === recognition.recognisedAs) recognition = alone;
      reader = readerOf(candidate);
      if (recognition.kind === 'skipped') notes.push(recognition.note);
      else scanner = scannerFor(reader, recognition);
      break;
    }
    if (recognition === null) beginUnknown(content.subarray(start), text, whole);
    return content.subarray(start);
  }

  /** Rows that no adapter knows are read as a person has said before, or wait for it to be said. */
  function beginUnknown(content: Buffer, text: string, whole: boolean): void {
    const foreign = foreignFile(content);
    if (foreign !== null) {
      notes.push(foreign);
      return;
    }
    const rows = recogniseRows(content.subarray(0, HEAD_BYTES), whole && content.length <= HEAD_BYTES, {
      mappings: options.mappings ?? [],
      ...file,
    });
    if (rows.kind === 'none') notes.push(unknownFile(content, text));
    else if (rows.kind === 'unmapped') {
      mappable = true;
      notes.push(rows.note);
    } else {
      recognition = rows.recognition;
      mapping = rows.mapping;
      reader = rows.reader;
      scanner = scannerFor(rows.reader, rows.recognition);
    }
  }

  function scannerFor(source: RecordReader, found: Recognition & { kind: 'records' }): ObjectScanner {
    const onFault = (offset: number, reason: string): void => {
      tally.reject(offset, reason);
    };
    const onRow = (row: Json, bytes: Buffer, start: number, end: number, offset: number): void => {
      if (!isUtf8(bytes.subarray(start, end))) tally.strange();
      accept(source, row, bytes, start, end, offset);
    };
    const onGuess: NonNullable<ScanEvents['onGuess']> = (bytes, start, end, offset) =>
      take(source, bytes, start, end, offset);
    const { quick } = source;
    const onQuick: ScanEvents['onQuick'] =
      quick === undefined || limits.depth < LIMITS.depth
        ? undefined
        : (bytes, start, end) => {
            const record = quick(bytes.toString('latin1', start, end));
            if (record === null) return false;
            keepTemplated(record);
            return true;
          };
    const onObject: ScanEvents['onObject'] = (bytes, start, end, offset) => {
      const taken = take(source, bytes, start, end, offset);
      if (!taken) tally.reject(offset, 'not valid JSON');
      return taken;
    };
    switch (found.container.kind) {
      case 'rows':
        return rowScanner({ onRow, onFault }, limits, found.container.delimiter);
      case 'lines':
        return lineScanner(found.container.pattern, { onRow, onFault }, limits);
      case 'document':
        return wholeScanner({ onObject, onFault }, limits.documentBytes, found.container.prefix);
      case 'wrapped':
      case 'list':
      case 'sequence':
        return objectScanner(
          found.container,
          { onObject, onGuess, onFault, ...(onQuick && { onQuick }) },
          limits,
        );
    }
  }

  async function scan(chunk: Buffer): Promise<void> {
    if (scanner === null || options.signal.aborted) return;
    scanner.push(chunk);
    const end = chunk.length >= TAIL_BYTES ? chunk : Buffer.concat([tail, chunk]);
    tail = Buffer.from(end.subarray(Math.max(0, end.length - TAIL_BYTES)));
    unflushed += chunk.length;
    const full = unflushed >= MOST_BYTES;
    if (full) unflushed = 0;
    await flush(full ? 0 : MOST_FINDINGS);
    await options.onPause?.();
  }

  async function startWith(chunks: readonly Buffer[], whole: boolean): Promise<void> {
    waiting = null;
    await scan(begin(Buffer.concat(chunks), whole));
  }

  return {
    async push(chunk) {
      if (waiting === null) {
        await scan(decoder === null ? chunk : decoder.take(chunk));
        return;
      }
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= HEAD_BYTES) await startWith(waiting, false);
    },
    async finish() {
      if (waiting !== null) await startWith(waiting, true);
      if (decoder !== null) await scan(decoder.end());
      if (scanner?.finish() === 'cut_off') notes.push(CUT_OFF);
      for (const record of reader?.rest?.() ?? []) keep(record);
      for (const finding of reader?.restFindings?.() ?? []) keepFinding(finding);
      const spans = reader?.restSpans?.() ?? [];
      for (const { alone } of spans) {
        if (alone === null) continue;
        if (options.onSpans === undefined) keep(alone);
        else tally.count(alone.at, alone);
      }
      await flush(0);
      if (spans.length > 0 && !options.signal.aborted) await options.onSpans?.(spans);
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
      const report = tally.findings(recognition?.recognisedAs ?? null);
      return { report: { ...report, ...(mappable && { mappable }), ...(mapping && { mapping }) }, notes };
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
