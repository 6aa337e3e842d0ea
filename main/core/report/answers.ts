import { answerLabels, answerNumber, checkTitle, isHoleAnswer } from './answer-words.ts';
import { observationById } from '../incident/state.ts';
import type { AcceptedInReport, ReportAnswer, ReportHole } from './model.ts';
import { momentOf, type Setting } from './moment.ts';

/** Every answer that was given, in the order of the trail, with what became of it. */
export function answersOf(setting: Setting): ReportAnswer[] {
  const { state, playbook, events } = setting;
  return events.flatMap((event) => {
    if (event.type !== 'observation.recorded') return [];
    const { check, note, evidence, observationId } = event.data;
    return [
      {
        ...momentOf(setting, event.at, event.offsetMinutes),
        check,
        title: checkTitle(playbook, check),
        answerLabels: answerLabels(playbook, event.data),
        number: answerNumber(playbook, event.data),
        by: event.actor,
        note,
        status: observationById(state, observationId)?.status ?? 'withdrawn',
        evidence: evidence.map((id) => state.evidence.find((one) => one.evidenceId === id)?.name ?? id),
      },
    ];
  });
}

/** The checks whose standing answer is that they could not be made. */
export function holesOf(setting: Setting): ReportHole[] {
  const { state, playbook, events } = setting;
  return events.flatMap((event) => {
    if (event.type !== 'observation.recorded' || !isHoleAnswer(event.data)) return [];
    if (observationById(state, event.data.observationId)?.status !== 'standing') return [];
    const { check, note } = event.data;
    const title = checkTitle(playbook, check);
    return [{ ...momentOf(setting, event.at, event.offsetMinutes), check, title, by: event.actor, note }];
  });
}

/** The verdict as a person accepted it last; null until then. */
export function acceptedOf(setting: Setting): AcceptedInReport | null {
  const event = setting.events.findLast((one) => one.type === 'verdict.accepted');
  if (event === undefined) return null;
  const { verdict, reason, engine } = event.data;
  const overruled = engine.verdict !== verdict;
  const moment = momentOf(setting, event.at, event.offsetMinutes);
  return { ...moment, verdict, by: event.actor, reason, overruled, engine };
}
