import { epochMs, type Instant } from '../core/time.ts';
import { drillClock } from './drills.ts';
import { passDeadlines, type PassedDeadline } from './deadlines.ts';
import type { OpenIncident } from './incident-book.ts';
import type { OpenedServices } from './open-services.ts';

/** How often the background looks whether something is due, in milliseconds. */
const TICK_MS = 1_000;
/** An incident nobody has touched for this long is not watched any more until it is opened again. */
const WATCHED_MS = 24 * 3_600_000;
/** For so long after the last thing that somebody did, the feeds of an incident are asked at the pace of an incident. */
const LIVE_MS = 3 * 3_600_000;
/** Minutes of a drill's own clock between two readings of its feeds. */
const POLL_MINUTES = 1;
/** A drill at full speed does not read its feeds more often than this, in real milliseconds. */
const LEAST_POLL_MS = 1_000;

/**
 * What goes on by itself while the app is open: feeds of open incidents are read as their schedules say, those of drills each minute of the drill's
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
      if (opened.value.state.drill !== null) this.#pollDrill(opened.value, nowMs);
      else {
        const idleMs = nowMs - epochMs(lastTouchedAt(opened.value));
        if (idleMs < WATCHED_MS) await reader.readDue(opened.value, idleMs < LIVE_MS ? 'live' : 'quiet');
      }
    }
  }

  /** A drill's feeds are read each minute of its clock until it is scored or its scenario has ended. */
  #pollDrill({ row, state }: OpenIncident, nowMs: number): void {
    const { context, reader } = this.#services;
    const every = Math.max(LEAST_POLL_MS, (POLL_MINUTES * 60_000) / (state.drill?.speed ?? 1));
    if (nowMs - (this.#lastPoll.get(row.id) ?? 0) < every) return;
    if (drillClock(context, state)?.ended !== false) return;
    this.#lastPoll.set(row.id, nowMs);
    void reader.readAll(row.id);
  }
}

/** What is recorded without anybody's doing. */
const BY_ITSELF = /^(feed\.|verdict\.changed$|deadline\.passed$|clock\.)/;

/** When somebody last did something about an incident. */
function lastTouchedAt({ row, entries }: OpenIncident): Instant {
  return entries.findLast(({ type }) => !BY_ITSELF.test(type))?.at ?? row.updatedAt;
}
