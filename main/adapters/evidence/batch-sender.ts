import type { MessagePort } from 'node:worker_threads';
import type { LogRecord } from '../../core/evidence/model.ts';
import type { BatchMessage, BatchReply, RecordBatch } from '../../core/evidence/record-batch.ts';
import { recordBatcher } from '../../core/evidence/record-batcher.ts';
import type { EvidenceId } from '../../core/ids.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { StateSpan } from '../../core/evidence/state-span.ts';
import type { TemplatedRecord } from '../../core/evidence/templated-record.ts';
import type { AppError } from '../../core/result.ts';

/** Batches, of records or findings, kept until it is the turn of their file: a few megabytes each. */
const HELD = 4;
/** Of states in one message. */
const MOST_CHARACTERS = 2 * 1024 * 1024;
/** Batches that may be unanswered: one is being stored while the next is made. */
const AHEAD = 2;

/** What is sent at once. */
type Held =
  RecordBatch | { readonly findings: readonly StateFinding[] } | { readonly spans: readonly StateSpan[] };

/** Where a file's batches go: to an import, or nowhere. */
interface Turn {
  readonly fileId: EvidenceId | null;
}

interface Stored {
  /** Records that were there already. */
  readonly duplicates: number;
  readonly refused: AppError | null;
  /** Whether every batch has been answered: false when one was refused or the signal came first. */
  readonly whole: boolean;
}

/** Sends what one file holds. */
export interface FileSender {
  readonly add: (record: LogRecord) => void;
  readonly addTemplated: (record: TemplatedRecord) => void;
  /** Sends what is full, and waits until as much is on its way that more may be read. */
  readonly keepUp: () => Promise<void>;
  readonly addFindings: (findings: readonly StateFinding[]) => Promise<void>;
  readonly addSpans: (spans: readonly StateSpan[]) => Promise<void>;
  /** The file may be stored now. */
  readonly setTurn: (turn: Turn) => void;
  /** Waits until all of the file is on its way, or there is none: the next one may be begun then. */
  readonly sent: () => Promise<void>;
  /** Waits until everything of the file is stored, or it cannot be. */
  readonly stored: () => Promise<Stored>;
  /** Comes when a batch is refused: what would be read from then on is not taken any more. */
  readonly refusal: AbortSignal;
  /** Forgets the file: it will not be kept. Answers why a batch was refused, if one was. */
  readonly drop: () => Promise<AppError | null>;
}

/** Gathers the records of one file after the other into batches and sends them to the database. */
export interface BatchSender {
  /** Begins a file, when all of the one before has been sent or dropped. It ends with the signal. */
  readonly begin: (signal: AbortSignal) => FileSender;
}

/**
 * Sends batches through a port, never more than the database keeps up with. What is read before the turn of its file has come is
 * held, up to a bound; then reading waits.
 */
export function batchSender(port: MessagePort): BatchSender {
  const batcher = recordBatcher();
  /** What is called when a batch is answered, in the order in which they were sent. */
  const unanswered: ((reply: BatchReply) => void)[] = [];
  const waiting = new Set<() => void>();

  function wake(): void {
    const woken = [...waiting];
    waiting.clear();
    for (const resolve of woken) resolve();
  }

  port.on('message', (reply: BatchReply) => {
    unanswered.shift()?.(reply);
    wake();
  });

  function begin(signal: AbortSignal): FileSender {
    let held: Held[] = [];
    let turn: Turn | null = null;
    let own = 0;
    let duplicates = 0;
    let refused: AppError | null = null;
    const refusal = new AbortController();
    signal.addEventListener('abort', wake);

    async function until(condition: () => boolean): Promise<void> {
      while (!condition() && refused === null && !signal.aborted) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
    }

    async function send(): Promise<void> {
      while (turn !== null && held.length > 0 && refused === null && !signal.aborted) {
        const next = held.shift();
        if (next === undefined || turn.fileId === null) continue;
        own += 1;
        unanswered.push((reply) => {
          own -= 1;
          if (reply.ok) duplicates += reply.value.duplicates;
          else {
            refused ??= reply.error;
            refusal.abort();
          }
        });
        post(port, turn.fileId, next);
        await until(() => unanswered.length < AHEAD);
      }
    }

    async function push(next: Held): Promise<void> {
      held.push(next);
      await keepUp();
    }

    async function keepUp(): Promise<void> {
      if (turn === null) await until(() => turn !== null || held.length < HELD);
      await send();
    }

    return {
      add(record) {
        batcher.add(record);
        if (batcher.isFull()) held.push(batcher.take());
      },
      addTemplated(record) {
        batcher.addTemplated(record);
        if (batcher.isFull()) held.push(batcher.take());
      },
      keepUp,
      async addFindings(findings) {
        await push({ findings });
      },
      async addSpans(spans) {
        for (const some of portions(spans)) await push({ spans: some });
      },
      setTurn(next) {
        turn = next;
        wake();
      },
      async sent() {
        if (batcher.size() > 0) held.push(batcher.take());
        await until(() => turn !== null);
        await send();
        // Its numbers of texts are unknown where nothing was sent.
        if (turn?.fileId === null) batcher.reset();
      },
      async stored() {
        await until(() => own === 0);
        signal.removeEventListener('abort', wake);
        return { duplicates, refused, whole: held.length === 0 && own === 0 && refused === null };
      },
      refusal: refusal.signal,
      async drop() {
        held = [];
        await until(() => own === 0);
        signal.removeEventListener('abort', wake);
        batcher.reset();
        return refused;
      },
    };
  }

  return { begin };
}

function post(port: MessagePort, fileId: EvidenceId, next: Held): void {
  if ('records' in next) {
    port.postMessage({ fileId, batch: next } satisfies BatchMessage, buffersOf(next));
  } else {
    port.postMessage({ fileId, ...next } satisfies BatchMessage);
  }
}

/** A few megabytes each. */
function portions(spans: readonly StateSpan[]): StateSpan[][] {
  const all: StateSpan[][] = [];
  let room = 0;
  for (const span of spans) {
    if (room <= 0) {
      all.push([]);
      room = MOST_CHARACTERS;
    }
    all.at(-1)?.push(span);
    room -= span.oldest.length + (span.newest?.length ?? 0);
  }
  return all;
}

/** What is handed over instead of copied. */
function buffersOf(batch: RecordBatch): ArrayBuffer[] {
  const { at, kind, call, address, message, resources, detail, guids, prints, postings } = batch;
  const columns = [at, kind, call, address, message, resources, detail, guids, prints];
  const lists = [postings.texts, postings.ends, postings.positions];
  return [...columns, ...lists].map((column) => column.buffer as ArrayBuffer); // made here, never shared
}
