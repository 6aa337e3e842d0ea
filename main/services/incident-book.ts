import type { AppendedEntries, AppendEntriesArgs, IncidentSummary, Value } from '../../db/api.ts';
import type { Command } from '../core/incident/commands.ts';
import { decide } from '../core/incident/decide.ts';
import { readEvent, type IncidentEvent, type RecordedEvent } from '../core/incident/events.ts';
import { evolve } from '../core/incident/evolve.ts';
import { IncidentId } from '../core/ids.ts';
import { currentVerdict, type IncidentState } from '../core/incident/state.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { lexiconOf } from '../core/playbook/lexicon.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { clockOf } from './incident-clock.ts';
import { pinnedPlaybook } from './playbooks.ts';

type StoredEntry = Value<'readEntries'>[number];
type Append = (args: AppendEntriesArgs) => Promise<Result<AppendedEntries>>;

/** An incident in memory: its row, the state folded from its trail, and the playbook it follows. */
export interface OpenIncident {
  readonly row: Value<'getIncident'>;
  readonly state: IncidentState;
  readonly entries: readonly StoredEntry[];
  /** The one in use. */
  readonly playbook: Playbook;
  /** Its checks and those of the playbooks used before it, for telling in words. */
  readonly lexicon: Playbook;
}

/** How often a command is tried again when another writer was faster. */
const ATTEMPTS = 5;

/**
 * The one place that turns commands into trail entries: load, decide, append, in order per incident. What it
 * answers is on disk.
 */
export class IncidentBook {
  readonly #context: ServiceContext;
  readonly #open = new Map<string, OpenIncident>();
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** The incident with that id, read from its trail when it is not in memory. */
  async load(incidentId: string): Promise<Result<OpenIncident>> {
    const known = this.#open.get(incidentId);
    return known ? ok(known) : this.#read(incidentId);
  }

  /** Declares an incident; the playbook it begins with is kept with it, so later editions change nothing. */
  async declare(
    command: Extract<Command, { type: 'declare' }>,
    playbook: Playbook,
  ): Promise<Result<OpenIncident>> {
    return this.#inTurn(command.id, () =>
      this.#apply(command.id, null, command, playbook, (args) =>
        this.#context.db.call('appendEntries', args),
      ),
    );
  }

  /**
   * Carries out a command on a declared incident. `append` writes the entries where they must share a
   * transaction with something else.
   */
  async dispatch(
    incidentId: string,
    command: Command,
    append: Append = (args) => this.#context.db.call('appendEntries', args),
  ): Promise<Result<OpenIncident>> {
    return this.#dispatch(incidentId, command, append, null);
  }

  /** Goes on with another playbook, by which it is judged from here on. */
  async switchTo(
    incidentId: string,
    command: Extract<Command, { type: 'switch_playbook' }>,
    playbook: Playbook,
  ): Promise<Result<OpenIncident>> {
    const append: Append = (args) => this.#context.db.call('appendEntries', args);
    return this.#dispatch(incidentId, command, append, playbook);
  }

  async #dispatch(
    incidentId: string,
    command: Command,
    append: Append,
    switchedTo: Playbook | null,
  ): Promise<Result<OpenIncident>> {
    return this.#inTurn(incidentId, async () => {
      for (let attempt = 1; ; attempt += 1) {
        const opened = await this.load(incidentId);
        if (!opened.ok) return opened;
        const { value: incident } = opened;
        const result = await this.#apply(
          incidentId,
          incident,
          command,
          switchedTo ?? incident.playbook,
          append,
        );
        if (result.ok || result.error.code !== 'conflict' || attempt === ATTEMPTS) return result;
        this.#open.delete(incidentId);
      }
    });
  }

  /** Drops what is in memory, so that the next look reads the trail. */
  forget(incidentId: string): void {
    this.#open.delete(incidentId);
  }

  async #inTurn<T>(incidentId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(incidentId) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#queues.set(incidentId, turn);
    try {
      return await turn;
    } finally {
      if (this.#queues.get(incidentId) === turn) this.#queues.delete(incidentId);
    }
  }

  async #apply(
    incidentId: string,
    incident: OpenIncident | null,
    command: Command,
    playbook: Playbook,
    append: Append,
  ): Promise<Result<OpenIncident>> {
    const { clock } = this.#context;
    const setting = incident?.state ?? {
      drill: command.type === 'declare' ? command.drill : null,
      scoredAt: null,
    };
    const at = clockOf(clock, setting).now();
    const stamp = { at, offsetMinutes: clock.offsetMinutes(at), actor: await this.#context.actor() };
    const decision = decide(incident?.state ?? null, command, playbook, stamp);
    if (!decision.ok) return decision;
    if (decision.value.length === 0)
      return incident ? ok(incident) : fail('unexpected', 'Nothing was declared.');
    const recorded = decision.value.map((one): RecordedEvent => ({ ...one, ...stamp }));
    const after = recorded.reduce<IncidentState | null>(evolve, incident?.state ?? null);
    if (after === null) return fail('unexpected', 'The incident could not be built from its events.');
    const written = await append({
      incidentId: incident?.row.id ?? IncidentId.parse(incidentId),
      expectedCount: incident?.entries.length ?? 0,
      drafts: recorded,
      summary: summaryOf(after, at),
    });
    if (!written.ok) return written;
    const { entries, incident: row } = written.value;
    const lexicon =
      playbook === incident?.playbook
        ? incident.lexicon
        : lexiconOf(playbook, incident === null ? [] : [incident.lexicon]);
    const next = { row, entries: [...(incident?.entries ?? []), ...entries], playbook, lexicon };
    return this.#remember(incidentId, {
      ...next,
      state: foldEntries(incident?.state ?? null, entries) ?? after,
    });
  }

  #remember(incidentId: string, incident: OpenIncident): Result<OpenIncident> {
    this.#open.set(incidentId, incident);
    this.#context.publish.changed({ topic: 'incident', id: incidentId });
    return ok(incident);
  }

  async #read(incidentId: string): Promise<Result<OpenIncident>> {
    const { db } = this.#context;
    const row = await db.call('getIncident', { incidentId });
    if (!row.ok) return row;
    const entries = await db.call('readEntries', { incidentId: row.value.id });
    if (!entries.ok) return entries;
    const state = foldEntries(null, entries.value);
    if (state === null) return fail('unreadable', `The trail of ${incidentId} does not declare an incident.`);
    const playbook = await pinnedPlaybook(db, state.playbook);
    if (!playbook.ok) return playbook;
    const earlier = await this.#earlierPlaybooks(state);
    const incident = {
      row: row.value,
      entries: entries.value,
      state,
      playbook: playbook.value,
      lexicon: lexiconOf(playbook.value, earlier),
    };
    this.#open.set(row.value.id, incident);
    return ok(incident);
  }

  /** The playbooks followed before, newest first. One that cannot be read only costs its words. */
  async #earlierPlaybooks({ earlierPlaybooks }: IncidentState): Promise<readonly Playbook[]> {
    const read = await Promise.all(
      earlierPlaybooks.toReversed().map((one) => pinnedPlaybook(this.#context.db, one)),
    );
    return read.flatMap((one) => (one.ok ? [one.value] : []));
  }
}

/** Folds stored entries; those of types this version does not know count but change nothing. */
function foldEntries(from: IncidentState | null, entries: readonly StoredEntry[]): IncidentState | null {
  return entries.reduce<IncidentState | null>((state, entry) => {
    const event: IncidentEvent | null = readEvent(entry.type, entry.data);
    if (event === null) return state && { ...state, entries: state.entries + 1 };
    const { at, offsetMinutes, actor } = entry;
    return evolve(state, { ...event, at, offsetMinutes, actor });
  }, from);
}

function summaryOf(state: IncidentState, updatedAt: Instant): IncidentSummary {
  return {
    title: state.scope.title,
    mode: state.mode,
    onset: state.scope.onset,
    provider: state.scope.provider,
    severity: state.scope.severity,
    status: state.status,
    verdict: currentVerdict(state),
    accepted: state.accepted?.verdict ?? null,
    updatedAt,
  };
}
