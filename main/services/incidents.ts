import type { IncidentSummary, IncidentView } from '../../preload/contract/views.ts';
import { epochMs } from '../core/time.ts';
import type { Command } from '../core/incident/commands.ts';
import type { Scope } from '../core/incident/events.ts';
import { judgementOf } from '../core/incident/judgement.ts';
import { layOut, levelStatus } from '../core/escalation/escalation.ts';
import { IncidentId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';
import type { VerdictLabel } from '../core/sides.ts';
import { timelineOf } from '../core/report/timeline.ts';
import type { TimelineItem } from '../core/report/model.ts';
import type { ServiceContext } from './context.ts';
import { drillClock } from './drills.ts';
import { isRemote } from './feed-answer.ts';
import { boardOf } from './feed-board.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';
import { playbookEdition, proposalFor } from './playbook-shelf.ts';
import { pinPlaybook } from './playbooks.ts';

/** How an incident is spoken of: `DM-7`. */
export function referenceOf(number: number): string {
  return `DM-${String(number)}`;
}

/** Declares a live incident. `name`: SHA-256 or id of one on the shelf; the general one when left out. */
export async function declareIncident(
  context: ServiceContext,
  book: IncidentBook,
  scope: Scope,
  name?: string,
): Promise<Result<OpenIncident>> {
  const chosen = name === undefined ? ok(context.library.shelf[0]) : await playbookEdition(context, name);
  if (!chosen.ok) return chosen;
  const { value: edition } = chosen;
  const playbook = await pinPlaybook(context.db, edition);
  if (!playbook.ok) return playbook;
  const id = IncidentId.parse(context.newId());
  return book.declare(
    { type: 'declare', id, mode: 'live', scope, playbook: playbook.value, drill: null },
    edition.playbook,
  );
}

/** Everything a view of the incident needs, judged at its own now. */
export async function viewOf(context: ServiceContext, incident: OpenIncident): Promise<Result<IncidentView>> {
  const { row, state, playbook, lexicon } = incident;
  const board = await boardOf(context, incident);
  if (!board.ok) return board;
  const now = clockOf(context.clock, state).now();
  return ok({
    reference: referenceOf(row.number),
    state,
    judgement: judgementOf(state, playbook, now),
    playbook,
    formerChecks: lexicon.checks.slice(playbook.checks.length),
    proposal: await proposalFor(context, state, playbook),
    feeds: board.value,
    isCutOff: context.isCutOff() && board.value.some(({ url }) => url !== '' && isRemote(url)),
    drill: drillClock(context, state),
  });
}

/** The trail as a person reads it, oldest first. */
export function timelineOfIncident({ entries, lexicon }: OpenIncident): readonly TimelineItem[] {
  return timelineOf(entries, lexicon);
}

/** Carries out what a responder asked for. */
export async function commandIncident(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  command: Command,
): Promise<Result<IncidentView>> {
  const done = await book.dispatch(incidentId, command);
  if (!done.ok) return done;
  context.publish.changed({ topic: 'incidents' });
  return viewOf(context, done.value);
}

/**
 * Goes on with another playbook of the shelf, from here on and with the reason. Every observation stays; those of checks
 * that the new one lacks are told in the record and no longer weighed.
 */
export async function switchPlaybook(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  { playbook: name, reason }: { readonly playbook: string; readonly reason: string },
): Promise<Result<IncidentView>> {
  const edition = await playbookEdition(context, name);
  if (!edition.ok) return edition;
  const { playbook } = edition.value;
  const to = await pinPlaybook(context.db, edition.value);
  if (!to.ok) return to;
  const { title } = playbook;
  const done = await book.switchTo(
    incidentId,
    { type: 'switch_playbook', to: to.value, title, reason },
    playbook,
  );
  return done.ok ? viewOf(context, done.value) : done;
}

/** Accepts a verdict and starts its escalation: the playbook's levels, with the contacts known now. */
export async function acceptVerdict(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  { verdict, reason }: { readonly verdict: VerdictLabel; readonly reason: string },
): Promise<Result<IncidentView>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { state, playbook } = opened.value;
  const contacts = await contactsFor(context, opened.value);
  if (!contacts.ok) return contacts;
  const startedAt = clockOf(context.clock, state).now();
  const levels = layOut(playbook.escalation[verdict].levels, contacts.value, startedAt);
  return commandIncident(context, book, incidentId, { type: 'accept_verdict', verdict, reason, levels });
}

/** In a drill nobody real is called: the scenario brings its own people. */
async function contactsFor(
  context: ServiceContext,
  { state }: OpenIncident,
): ReturnType<typeof listAllContacts> {
  const scenario = state.drill && context.library.scenario(state.drill.scenarioId);
  return scenario ? ok(scenario.scenario.contacts) : listAllContacts(context);
}

function listAllContacts({ db }: ServiceContext) {
  return db.call('listContacts', {});
}

/** The list of incidents, last changed first, with what is due in each open one. */
export async function listIncidents(
  context: ServiceContext,
  book: IncidentBook,
): Promise<Result<readonly IncidentSummary[]>> {
  const rows = await context.db.call('listIncidents', {});
  if (!rows.ok) return rows;
  const summaries: IncidentSummary[] = [];
  for (const row of rows.value) {
    const opened = row.status === 'open' ? await book.load(row.id) : null;
    const state = opened?.ok ? opened.value.state : null;
    summaries.push({
      id: row.id,
      reference: referenceOf(row.number),
      title: row.title,
      mode: row.mode,
      status: row.status,
      severity: row.severity,
      provider: row.provider,
      onset: row.onset,
      updatedAt: row.updatedAt,
      verdict: row.accepted ?? row.verdict,
      accepted: row.accepted !== null,
      probabilities: state?.verdicts.at(-1)?.probabilities ?? null,
      due: state ? nextDue(context, state) : null,
    });
  }
  return ok(summaries);
}

function nextDue(context: ServiceContext, state: OpenIncident['state']): IncidentSummary['due'] {
  const { escalation, score } = state;
  if (!escalation || score) return null;
  const now = clockOf(context.clock, state).now();
  const open = escalation.levels
    .filter((level) => ['waiting', 'overdue'].includes(levelStatus(level, escalation.pages, now)))
    .sort((a, b) => epochMs(a.due) - epochMs(b.due));
  return open[0] ? { title: open[0].title, at: open[0].due } : null;
}
