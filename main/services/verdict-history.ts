import type { VerdictMomentView } from '../../preload/contract/views.ts';
import { readEvent, type RecordedEvent } from '../core/incident/events.ts';
import { evolve } from '../core/incident/evolve.ts';
import { judgementOf } from '../core/incident/judgement.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { answerText, checkTitle, isHoleAnswer } from '../core/report/answer-words.ts';
import { ok, type Result } from '../core/result.ts';
import { minutesBetween } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { OpenIncident } from './incident-book.ts';
import { pinnedPlaybook } from './playbooks.ts';

/**
 * How an incident's probabilities moved, from its trail: one moment for its declaration and one for every entry that moved what is
 * known, each judged as it was then, by the playbook that was followed then.
 */
export async function verdictHistory(
  { db }: ServiceContext,
  { entries, lexicon }: OpenIncident,
): Promise<Result<readonly VerdictMomentView[]>> {
  const playbooks = new Map<string, Playbook>();
  const moments: VerdictMomentView[] = [];
  let state: IncidentState | null = null;
  for (const entry of entries) {
    const known = readEvent(entry.type, entry.data);
    if (known === null) continue;
    const { at, offsetMinutes, actor } = entry;
    const event: RecordedEvent = { ...known, at, offsetMinutes, actor };
    state = evolve(state, event);
    const told = wordsFor(event, lexicon);
    if (state === null || told === null) continue;
    const { sha256 } = state.playbook;
    const followed = playbooks.get(sha256);
    const playbook: Result<Playbook> =
      followed === undefined ? await pinnedPlaybook(db, state.playbook) : ok(followed);
    if (!playbook.ok) return playbook;
    playbooks.set(sha256, playbook.value);
    const { verdict, declared, leading, probabilities } = judgementOf(state, playbook.value, at);
    const minute = minutesBetween(state.scope.onset, at);
    moments.push({ at, minute, ...told, verdict, declared, leading, probabilities });
  }
  return ok(moments);
}

/** What an event was, for those that can move what is known; null for the others. */
function wordsFor(event: RecordedEvent, lexicon: Playbook): Pick<VerdictMomentView, 'what' | 'kind'> | null {
  if (event.type === 'incident.declared') return { what: 'Declared: before any check', kind: 'other' };
  if (event.type === 'observation.recorded') {
    const what = `${checkTitle(lexicon, event.data.check)}: ${answerText(lexicon, event.data)}`;
    return { what, kind: isHoleAnswer(event.data) ? 'hole' : 'answer' };
  }
  if (event.type === 'observation.withdrawn')
    return { what: `Answer withdrawn: ${checkTitle(lexicon, event.data.check)}`, kind: 'withdrawn' };
  if (event.type === 'incident.amended')
    return { what: 'What the incident is about was amended', kind: 'other' };
  if (event.type === 'playbook.switched')
    return { what: `Went on with the playbook ${event.data.title}`, kind: 'other' };
  return null;
}
