import type { ReactNode } from 'react';
import type { ImportOutcome, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { counted } from '../../lib/format.ts';
import styles from './evidence-view.module.css';
import { outcomeWords, TURNED_AWAY, useImport } from './import-store.ts';
import { filesInWords, notTaken, type NotTaken as NotTakenFiles } from './not-taken.ts';
import { ProgressLine } from './progress-line.tsx';

/** Reasons in sight at first. */
const FIRST = 4;

/** The import under way, or what came of the last one, and what was not taken meanwhile. */
export function ImportState({ view }: { readonly view: IncidentView }): ReactNode {
  const { turnedAway, dismissFault } = useImport();
  return (
    <>
      {turnedAway && (
        <Callout kind="fault" onDismiss={dismissFault}>
          {TURNED_AWAY}
        </Callout>
      )}
      <LastImport view={view} />
    </>
  );
}

function LastImport({ view }: { readonly view: IncidentView }): ReactNode {
  const { incidentId, last, fault, dismissFault, unmapped, openMapping } = useImport();
  if (incidentId !== null)
    return (
      <div className={styles['import']}>
        <ProgressLine />
      </div>
    );
  if (fault !== null)
    return (
      <Callout kind="fault" onDismiss={dismissFault}>
        Not imported: {fault}
      </Callout>
    );
  if (last === null || last.incidentId !== view.state.id) return null;
  return (
    <div>
      <p className={styles['outcome']}>{outcomeWords(last.outcome)}</p>
      {unmapped.length > 0 && (
        <Callout
          kind="notice"
          action={
            <Button keys="a" onPress={openMapping}>
              Map
            </Button>
          }
        >
          {counted(unmapped.length, 'file')} {unmapped.length === 1 ? 'waits' : 'wait'} for you to say which
          field is what.
        </Callout>
      )}
      <NotTaken outcome={last.outcome} />
    </div>
  );
}

/** The files of an import that brought nothing, and what was not opened, with the reason: they are in no list that stays. */
function NotTaken({ outcome }: { readonly outcome: ImportOutcome }): ReactNode {
  const all = notTaken(outcome);
  if (all.length === 0) return null;
  const rest = all.slice(FIRST);
  return (
    <>
      <NotTakenList of={all.slice(0, FIRST)} />
      {rest.length > 0 && (
        <details className={styles['more']}>
          <summary>{counted(rest.length, 'more reason')} why files brought nothing</summary>
          <NotTakenList of={rest} />
        </details>
      )}
    </>
  );
}

function NotTakenList({ of }: { readonly of: readonly NotTakenFiles[] }): ReactNode {
  return (
    <ul className={styles['files']}>
      {of.map(({ word, files, why }) => (
        <li key={`${word} ${why}`} className={styles['file']} title={files.join('\n')}>
          <div className={styles['fileHead']}>
            <StatusMark status="could_not_check" word={word} />
            {files.length > 0 && <strong>{filesInWords(files)}</strong>}
          </div>
          <p className={styles['note']}>{why}</p>
        </li>
      ))}
    </ul>
  );
}
