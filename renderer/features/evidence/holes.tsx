import type { ReactNode } from 'react';
import type { EvidenceHole } from '../../../main/core/evidence/holes.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { counted, utcDateTime } from '../../lib/format.ts';
import styles from './evidence-view.module.css';
import { useAttachToIncident } from './use-attach-to-incident.ts';

/** What the evidence cannot show: where logging was off, files are missing, a region, an account. */
export function EvidenceHoles({
  view,
  holes,
}: {
  readonly view: IncidentView;
  readonly holes: readonly EvidenceHole[];
}): ReactNode {
  const attach = useAttachToIncident(view.state.id);
  if (holes.length === 0) return null;
  const isOpen = !isAtRest(view.state);
  return (
    <section aria-labelledby="holes">
      <h2 id="holes" className={styles['heading']}>
        {counted(holes.length, 'hole')} in the evidence{' '}
        <span className={styles['muted']}>what these files cannot show</span>
      </h2>
      <ul className={styles['files']}>
        {holes.map((hole) => {
          const [record] = hole.recordIds;
          return (
            <li
              key={`${hole.kind} ${hole.title} ${hole.from ?? ''} ${hole.detail}`}
              className={styles['file']}
            >
              <div className={styles['fileHead']}>
                <StatusMark status="could_not_check" word={hole.title} />
                {hole.from !== null && (
                  <span className={styles['muted']}>
                    {hole.to === null
                      ? `since ${utcDateTime(hole.from)}`
                      : `${utcDateTime(hole.from)} to ${utcDateTime(hole.to)}`}
                  </span>
                )}
                {isOpen && record !== undefined && (
                  <span className={styles['hash']}>
                    <Button
                      aria-label={`Attach the record that shows: ${hole.title}`}
                      onPress={() => void attach.record(record, hole.title)}
                    >
                      Attach
                    </Button>
                  </span>
                )}
              </div>
              <p className={styles['note']}>{hole.detail}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
