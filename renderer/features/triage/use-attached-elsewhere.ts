import { useEffect } from 'react';
import { useAttachBox } from '../../lib/attach-box.ts';
import { useSession, type Prepared } from './session-store.ts';

/** Takes evidence that was attached in another view into the answer being prepared for a check. */
export function useAttachedElsewhere(incidentId: string, check: string, prepared: Prepared): void {
  const waiting = useAttachBox((box) => box.waiting);
  const take = useAttachBox((box) => box.take);
  const prepare = useSession((session) => session.prepare);
  useEffect(() => {
    if (check === '') return;
    const standing = new Set(prepared.evidence.map(({ id }) => id));
    const added = take(incidentId).filter(({ id }) => !standing.has(id));
    if (added.length === 0) return;
    const evidence = added.map(({ from, id, name }) => ({ from, id, name }));
    prepare(check, { ...prepared, evidence: [...prepared.evidence, ...evidence] });
  }, [incidentId, check, prepared, waiting, take, prepare]);
}
