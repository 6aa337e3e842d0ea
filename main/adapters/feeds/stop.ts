/** Why a request was stopped before its answer was complete. */
export type StopCause = 'too_slow' | 'stalled' | 'cancelled';

/** One abort signal for everything that may end a request: the total deadline, a stalled body, the caller. */
export class Stop {
  readonly #controller = new AbortController();
  readonly #idleMs: number;
  readonly #total: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #onCancel = () => this.#stop('cancelled');
  #idle: NodeJS.Timeout | undefined;
  #cause: StopCause | null = null;

  constructor(totalMs: number, idleMs: number, caller: AbortSignal | undefined) {
    this.#idleMs = idleMs;
    this.#total = setTimeout(() => this.#stop('too_slow'), totalMs);
    this.#caller = caller;
    if (caller?.aborted === true) this.#stop('cancelled');
    caller?.addEventListener('abort', this.#onCancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Null while nothing has stopped the request. */
  get cause(): StopCause | null {
    return this.#cause;
  }

  /** Starts the wait for the next bytes anew. */
  expectBytes(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#stop('stalled'), this.#idleMs);
  }

  /** Releases timers and listener; to be called once the request is over, however it ended. */
  end(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
    this.#caller?.removeEventListener('abort', this.#onCancel);
  }

  #stop(cause: StopCause): void {
    this.#cause ??= cause;
    this.#controller.abort();
  }
}
