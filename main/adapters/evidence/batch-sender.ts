import type { MessagePort } from 'node:worker_threads';
import type { LogRecord } from '../../core/evidence/model.ts';
import {
  type BatchMessage,
  type BatchReply,
  recordBatcher,
  type RecordBatch,
} from '../../core/evidence/record-batch.ts';
import type { EvidenceId } from '../../core/ids.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { StateSpan } from '../../core/evidence/state-span.ts';
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

interface Finished {
  /** Records that were there already. */
  readonly duplicates: number;
  readonly refused: AppError | null;
  /** Whether every batch has been answered: false when that was refused or the signal came first. */
  readonly stored: boolean;
}

export interface BatchSender {
  readonly add: (records: readonly LogRecord[]) => Promise<void>;
  readonly addFindings: (findings: readonly StateFinding[]) => Promise<void>;
  readonly addSpans: (spans: readonly StateSpan[]) => Promise<void>;
  /** The file being read may be stored now. */
  readonly setTurn: (turn: Turn) => void;
  /** Waits until everything of the file is stored, or it cannot be. */
  readonly finish: () => Promise<Finished>;
  /** Forgets the file: it will not be kept. */
  readonly drop: () => Promise<void>;
  /** Looks at the signal again. */
  readonly wake: () => void;
}

/**
 * Gathers the records of one file after the other into batches and sends them to the database, never more than it keeps up
 * with. What is read before the turn of its file has come is held, up to a bound; then reading waits.
 */
export function batchSender(port: MessagePort, signal: AbortSignal): BatchSender {
  const batcher = recordBatcher();
  let held: Held[] = [];
  let turn: Turn | null = null;
  let unanswered = 0;
  let duplicates = 0;
  let refused: AppError | null = null;
  let wake: () => void = () => undefined;

  port.on('message', (reply: BatchReply) => {
    unanswered -= 1;
    if (reply.ok) duplicates += reply.value.duplicates;
    else refused ??= reply.error;
    wake();
  });

  async function until(condition: () => boolean): Promise<void> {
    while (!condition() && refused === null && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  async function send(): Promise<void> {
    while (turn !== null && held.length > 0 && refused === null && !signal.aborted) {
      const next = held.shift();
      if (next === undefined || turn.fileId === null) continue;
      unanswered += 1;
      post(turn.fileId, next);
      await until(() => unanswered < AHEAD);
    }
  }

  function post(fileId: EvidenceId, next: Held): void {
    if ('records' in next) {
      port.postMessage({ fileId, batch: next } satisfies BatchMessage, buffersOf(next));
    } else {
      port.postMessage({ fileId, ...next } satisfies BatchMessage);
    }
  }

  async function push(next: Held): Promise<void> {
    held.push(next);
    if (turn === null) await until(() => turn !== null || held.length < HELD);
    await send();
  }

  return {
    async add(records: readonly LogRecord[]): Promise<void> {
      for (const record of records) {
        batcher.add(record);
        if (batcher.isFull()) await push(batcher.take());
      }
    },
    async addFindings(findings: readonly StateFinding[]): Promise<void> {
      await push({ findings });
    },
    async addSpans(spans: readonly StateSpan[]): Promise<void> {
      for (const some of portions(spans)) await push({ spans: some });
    },
    setTurn(next: Turn): void {
      turn = next;
      wake();
    },
    async finish(): Promise<Finished> {
      if (batcher.size() > 0) held.push(batcher.take());
      await until(() => turn !== null);
      await send();
      await until(() => unanswered === 0);
      const stored = turn !== null && held.length === 0 && unanswered === 0 && refused === null;
      const finished = { duplicates, refused, stored };
      if (turn?.fileId === null || !stored) batcher.reset();
      begin();
      return finished;
    },
    async drop(): Promise<void> {
      held = [];
      await until(() => unanswered === 0);
      batcher.reset();
      begin();
    },
    wake: () => {
      wake();
    },
  };

  function begin(): void {
    held = [];
    turn = null;
    duplicates = 0;
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
