import { useEffect, useRef, useState, type ReactNode } from 'react';
import { pathOfFile } from '../../lib/api.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { Button } from '../../components/button.tsx';
import { navigate, useRoute } from '../../lib/navigation.ts';
import styles from './evidence-drop.module.css';
import { followImport, TURNED_AWAY, useImport } from './import-store.ts';
import { MappingDialog } from './mapping-dialog.tsx';
import { ProgressLine } from './progress-line.tsx';
import { isAtRest } from '../../lib/at-rest.ts';

/**
 * Takes files and folders dropped anywhere on the window as evidence for the open incident, and shows the import while
 * another view is on the screen, so that nobody has to leave the question. Mounted once, beside the views.
 */
export function EvidenceDrop(): ReactNode {
  const view = useIncident((store) => store.view);
  const running = useImport((store) => store.incidentId);
  const fault = useImport((store) => (store.turnedAway ? TURNED_AWAY : store.fault));
  const route = useRoute();
  useEffect(() => followImport(), []);
  const target = view !== null && !isAtRest(view.state) && route.view === 'incident' ? view.state.id : null;
  const over = useDropAnywhere((paths) => {
    if (target !== null) void useImport.getState().run(target, paths);
  });
  const onEvidence = route.view === 'incident' && route.tab === 'evidence';
  return (
    <>
      <MappingDialog />
      {over && (
        <div className={styles['overlay']} aria-hidden="true">
          <p className={styles['words']}>
            {target === null
              ? 'Open an incident that is not closed, then drop its logs.'
              : `Drop to read as evidence for ${view?.reference ?? 'this incident'}`}
          </p>
        </div>
      )}
      {!onEvidence && (running !== null || fault !== null) && (
        <div className={styles['strip']} role="status">
          {running !== null && <ProgressLine />}
          {fault !== null && <span>{fault}</span>}
          {view !== null && (
            <Button
              onPress={() => {
                navigate({ view: 'incident', id: view.state.id, tab: 'evidence' });
              }}
            >
              Show
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** True while files are dragged over the window. A drop never makes the window leave its page. */
function useDropAnywhere(onDrop: (paths: readonly string[]) => void): boolean {
  const [over, setOver] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => {
    // Every element under the pointer tells of entering and leaving; only the last leave is the window's.
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onDropped = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      drop.current(files.map(pathOfFile).filter((path) => path !== ''));
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDropped);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDropped);
    };
  }, []);
  return over;
}
