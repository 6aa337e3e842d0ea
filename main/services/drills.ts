import { createHash } from 'node:crypto';
import type { DrillClock, ScenarioView } from '../../preload/contract/views.ts';
import { injectsUntil } from '../core/drill/feed-at.ts';
import { scoreDrill } from '../core/drill/score.ts';
import type { IncidentState } from '../core/incident/state.ts';
import { IncidentId } from '../core/ids.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { addMinutes, epochMs, minutesBetween } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';
import { pinPlaybook } from './playbooks.ts';

/** The scenarios that can be rehearsed, with the score of the last drill of each. */
export async function listScenarios(
  { db, library }: ServiceContext,
  book: IncidentBook,
): Promise<Result<readonly ScenarioView[]>> {
  const rows = await db.call('listIncidents', {});
  if (!rows.ok) return rows;
  const scores = new Map<string, ScenarioView['lastScore']>();
  for (const row of rows.value.filter(({ mode }) => mode === 'drill').reverse()) {
    const opened = await book.load(row.id);
    if (!opened.ok) continue;
    const { drill, score } = opened.value.state;
    if (drill && score) scores.set(drill.scenarioId, score);
  }
  return ok(
    library.scenarios.map(({ scenario }) => ({
      id: scenario.id,
      title: scenario.title,
      description: scenario.description,
      provider: scenario.provider,
      durationMinutes: scenario.durationMinutes,
      source: scenario.sources[0]?.title ?? '',
      lastScore: scores.get(scenario.id) ?? null,
    })),
  );
}

/** Starts a drill: an incident declared at the scenario's onset, on a clock `speed` times as fast as the wall's. */
export async function startDrill(
  context: ServiceContext,
  book: IncidentBook,
  { scenarioId, speed }: { readonly scenarioId: string; readonly speed: number },
): Promise<Result<OpenIncident>> {
  const entry = context.library.scenario(scenarioId);
  if (!entry) return fail('not_found', `There is no scenario "${scenarioId}".`);
  const { scenario, bytes } = entry;
  const [edition] = context.library.shelf;
  const playbook = await pinPlaybook(context.db, edition);
  if (!playbook.ok) return playbook;
  const { provider, services, regions, severity, onset } = scenario;
  return book.declare(
    {
      type: 'declare',
      id: IncidentId.parse(context.newId()),
      mode: 'drill',
      scope: {
        title: scenario.title,
        onset,
        provider,
        services: [...services],
        regions: [...regions],
        severity,
        workload: '',
        lead: await context.actor(),
      },
      playbook: playbook.value,
      drill: {
        scenarioId: scenario.id,
        scenarioTitle: scenario.title,
        scenarioSha256: createHash('sha256').update(bytes).digest('hex'),
        speed,
        virtualStart: onset,
        realStart: context.clock.now(),
        durationMinutes: scenario.durationMinutes,
      },
    },
    edition.playbook,
  );
}

/** Ends a drill and scores it against the scenario's hidden truth. */
export async function finishDrill(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
): Promise<Result<OpenIncident>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { state } = opened.value;
  if (!state.drill) return fail('refused', 'Only a drill has a score.');
  const entry = context.library.scenario(state.drill.scenarioId);
  if (!entry) return fail('not_found', `The scenario "${state.drill.scenarioId}" is not there any more.`);
  return book.dispatch(incidentId, {
    type: 'finish_drill',
    score: scoreDrill(entry.scenario, state, opened.value.lexicon),
  });
}

/** A drill's clock and what its scenario has told so far; null for a live incident. */
export function drillClock({ clock, library }: ServiceContext, state: IncidentState): DrillClock | null {
  const { drill, scope, scoredAt } = state;
  if (!drill) return null;
  const realAt = clock.now();
  const virtualAt = clockOf(clock, state).now();
  const scenario = library.scenario(drill.scenarioId)?.scenario;
  const injects = scenario ? injectsUntil(scenario, minutesBetween(scope.onset, virtualAt)) : [];
  return {
    speed: drill.speed,
    virtualAt,
    realAt,
    scenarioTitle: drill.scenarioTitle,
    brief: scenario?.brief ?? '',
    injects: injects.map(({ atMinute, title, text }) => ({
      at: addMinutes(scope.onset, atMinute),
      minute: atMinute,
      title,
      text,
    })),
    ended:
      scoredAt !== null ||
      epochMs(virtualAt) >= epochMs(addMinutes(drill.virtualStart, drill.durationMinutes)),
  };
}
