import type { IncidentState } from '../../../main/core/incident/state.ts';
import { WAY_OUT } from './answer-keys.ts';
import type { PathStep } from './check-path.ts';
import { NOTHING, type Prepared } from './session-store.ts';

/**
 * What stands ready when a check comes on the screen: nothing for a new one; for one that was answered before, its
 * evidence and, where it takes several answers, its marks, so that a change of mind changes only what it must.
 */
export function preparedFrom(
  state: Pick<IncidentState, 'evidence'>,
  before: PathStep | undefined,
  several: boolean,
): Prepared {
  if (before === undefined) return NOTHING;
  const { answers, evidence } = before.observation;
  return {
    ...NOTHING,
    marked: several ? answers.filter((id) => id !== WAY_OUT) : [],
    evidence: evidence.map((id) => ({
      from: `evidence:${id}`,
      id,
      name: state.evidence.find(({ evidenceId }) => evidenceId === id)?.name ?? id,
    })),
  };
}
