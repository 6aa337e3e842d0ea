import { useEffect, useState, type ReactNode } from 'react';
import type { DrillClock } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Time } from '../../components/time.tsx';
import { announce } from '../../lib/announce.ts';
import { sinceOnset } from '../../lib/format.ts';
import styles from './drill-strip.module.css';

/** What the scenario has told last, in one line over every view of a drill; all of it on demand. */
export function DrillStrip({
  drill,
  isScored,
  onScore,
}: {
  readonly drill: DrillClock;
  readonly isScored: boolean;
  /** Ends the drill, or shows the score it has. */
  readonly onScore: () => void;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const last = drill.injects.at(-1);
  const told = drill.injects.length;
  const lastTitle = last?.title ?? null;
  useEffect(() => {
    if (told > 0 && lastTitle !== null) announce(`Drill: ${lastTitle}`);
  }, [told, lastTitle]);
  return (
    <section className={styles['strip']} aria-label="Drill">
      <span className={styles['word']}>DRILL</span>
      <p className={styles['text']}>
        {last === undefined ? (
          drill.brief
        ) : (
          <>
            <span className={styles['minute']}>{sinceOnset(last.minute)}</span> <strong>{last.title}</strong>{' '}
            {last.text}
          </>
        )}
      </p>
      {(drill.ended || isScored) && (
        <>
          <span className={styles['ended']}>
            {isScored ? 'The drill is over' : 'The scenario has told everything'}
          </span>
          <Button variant="primary" onPress={onScore}>
            {isScored ? 'Show the score' : 'End and score'}
          </Button>
        </>
      )}
      <Button
        onPress={() => {
          setOpen(true);
        }}
      >
        {told === 0 ? 'Brief' : `All ${told} told`}
      </Button>
      <Dialog title={drill.scenarioTitle} isOpen={open} onOpenChange={setOpen} width="wide">
        <p>{drill.brief}</p>
        {told === 0 && (
          <p className={styles['none']}>The scenario has told nothing yet but what the feeds say.</p>
        )}
        <ol className={styles['injects']}>
          {drill.injects.map((inject) => (
            <li key={`${inject.at} ${inject.title}`} className={styles['inject']}>
              <span className={styles['when']}>
                <span className={styles['minute']}>{sinceOnset(inject.minute)}</span>
                <Time at={inject.at} />
              </span>
              <span>
                <strong>{inject.title}</strong>
                <br />
                {inject.text}
              </span>
            </li>
          ))}
        </ol>
      </Dialog>
    </section>
  );
}
