import type { Progress } from '../../../../main/core/playbook/map.ts';
import { answerText } from '../../../../main/core/report/answer-words.ts';
import type { IncidentView } from '../../../../preload/contract/views.ts';

/** How far an incident has come on its playbook, as the map needs it. */
export function progressOf({ state, judgement, playbook }: IncidentView): Progress {
  const standing = state.observations.filter(({ status }) => status === 'standing');
  const order = [...new Set(state.observations.map(({ check }) => check))];
  return {
    standing: new Map(
      standing.map((one) => [one.check, { check: one.check, answers: one.answers, minute: 0, evidence: [] }]),
    ),
    path: order.flatMap((check) => {
      const one = standing.findLast((observation) => observation.check === check);
      return one === undefined ? [] : [{ check, answer: answerText(playbook, one) }];
    }),
    next: judgement.next[0]?.check ?? null,
    worthMaking: new Set(judgement.next.map(({ check }) => check)),
  };
}
