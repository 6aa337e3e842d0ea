import { epochMs, type Instant } from '../core/time.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { ServiceContext } from './context.ts';
import { drillClock } from './drills.ts';
import { passDeadlines, type PassedDeadline } from './deadlines.ts';
import type { OpenedServices } from './open-services.ts';

/** How often the background looks whether something is due, in milliseconds. */
const TICK_MS = 1_000;
/** An incident nobody has touched for this long is not watched any more until it is opened again. */
const WATCHED_MS = 24 * 3_600_000;
/** Minutes of the incident's own clock between two readings of its feeds. */
const POLL_MINUTES = 1;
/** A drill at full speed does not read its feeds more often than this, in real milliseconds. */
const LEAST_POLL_MS = 1_000;

/**
 * What goes on by itself while the app is open: feeds of open incidents are read each minute of the incident's
 * clock, passed deadlines are written down, and a backup is made once a day.
 */
export class Background {
  readonly #services: OpenedServices;
  readonly #onPassed: (passed: PassedDeadline) => void;
  readonly #lastPoll = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #busy = false;

  constructor(services: OpenedServices, onPassed: (passed: PassedDeadline) => void) {
    this.#services = services;
    this.#onPassed = onPassed;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    void this.#tick();
    void this.#services.context.db.call('backUpDaily', { at: this.#services.context.clock.now() });
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** One look. A tick that finds the last one still at work does nothing. */
  async #tick(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (const passed of await passDeadlines(this.#services.context, this.#services.book))
        this.#onPassed(passed);
      await this.#pollFeeds();
    } finally {
      this.#busy = false;
    }
  }

  async #pollFeeds(): Promise<void> {
    const { context, book, reader } = this.#services;
    const rows = await context.db.call('listIncidents', {});
    if (!rows.ok) return;
    const nowMs = epochMs(context.clock.now());
    for (const row of rows.value.filter(({ status }) => status === 'open')) {
      const opened = await book.load(row.id);
      if (!opened.ok) continue;
      const { state } = opened.value;
      const speed = state.drill?.speed ?? 1;
      const every = Math.max(LEAST_POLL_MS, (POLL_MINUTES * 60_000) / speed);
      const last = this.#lastPoll.get(row.id) ?? 0;
      if (nowMs - last < every || !isWatched(context, state, row.updatedAt)) continue;
      this.#lastPoll.set(row.id, nowMs);
      void reader.readAll(row.id);
    }
  }
}

/** A live incident is watched while somebody works on it; a drill until it is scored or its scenario has ended. */
function isWatched(context: ServiceContext, state: IncidentState, updatedAt: Instant): boolean {
  if (state.drill) return drillClock(context, state)?.ended === false;
  return epochMs(context.clock.now()) - epochMs(updatedAt) < WATCHED_MS;
}
