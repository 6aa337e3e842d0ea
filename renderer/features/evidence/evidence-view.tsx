import { useEffect, type ReactNode } from 'react';
import type { FileReport } from '../../../main/core/evidence/model.ts';
import type { FindingsView, ImportOutcome, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { View } from '../../components/view.tsx';
import { useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { Changes } from './changes.tsx';
import { Errors } from './errors.tsx';
import styles from './evidence-view.module.css';
import { Files } from './files.tsx';
import { Findings } from './findings.tsx';
import { EvidenceHoles } from './holes.tsx';
import { outcomeWords, useImport } from './import-store.ts';
import { ProgressLine } from './progress-line.tsx';
import { Statements } from './statements.tsx';
import { isAtRest } from '../../lib/at-rest.ts';

/** What our own logs say and what the provider has stated: files with their holes, changes before onset, errors. */
export function EvidenceView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? (
    <View title="Evidence">Opening the incident…</View>
  ) : (
    <Loaded key={view.state.id} view={view} />
  );
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  const side = useIncident((store) => store.customerSide);
  const load = useIncident((store) => store.loadCustomerSide);
  const { id } = view.state;
  useEffect(() => {
    void load();
  }, [id, load]);
  const buttons = useChooseButtons(view);
  return (
    <View
      title="Evidence"
      lead="Drop files or folders of logs anywhere on the window: CloudTrail, Azure Activity Log, Google Cloud Audit Logs, Kubernetes audit logs, what scanners found; also gzipped. They are read here and sent nowhere."
      actions={buttons}
    >
      <ImportState view={view} />
      {side === null && <p role="status">Reading the logs of this incident…</p>}
      {side?.files.length === 0 && (
        <EmptyState title="No logs of ours yet">
          Until there are some, nothing can be said about what changed on our side.
        </EmptyState>
      )}
      {side !== null && side.files.length > 0 && (
        <>
          <section aria-labelledby="coverage">
            <h2 id="coverage" className={styles['heading']}>
              What these logs cover: {counted(side.records, 'record')}
            </h2>
            {side.coverage.map((sentence) => (
              <p key={sentence} className={styles['sentence']}>
                {sentence}
              </p>
            ))}
          </section>
          <EvidenceHoles view={view} holes={side.holes} />
          {side.records > 0 && (
            <>
              <Changes view={view} side={side} />
              <Errors groups={side.errors} />
            </>
          )}
          {hasFindings(side.findings) && <Findings view={view} findings={side.findings} />}
          <Files files={side.files} />
        </>
      )}
      <Statements view={view} />
    </View>
  );
}

function hasFindings({ failing, passing, unknown }: FindingsView): boolean {
  return failing + passing + unknown > 0;
}

/** The ways to choose files without a mouse, as buttons and as commands. */
function useChooseButtons(view: IncidentView): ReactNode {
  const choose = useImport((store) => store.choose);
  const running = useImport((store) => store.incidentId) !== null;
  const { openMapping, unmapped, last } = useImport();
  const { id } = view.state;
  const enabled = !isAtRest(view.state) && !running;
  useCommands([
    {
      id: 'evidence.files',
      title: 'Choose files of logs',
      keys: ['f'],
      group: 'Incident',
      enabled,
      run: () => void choose(id, 'files'),
    },
    {
      id: 'evidence.folder',
      title: 'Choose a folder of logs',
      keys: ['o'],
      group: 'Incident',
      enabled,
      run: () => void choose(id, 'folder'),
    },
    {
      id: 'evidence.map',
      title: 'Map files that are not recognised',
      keys: ['a'],
      group: 'Incident',
      enabled: enabled && unmapped.length > 0 && last?.incidentId === id,
      run: openMapping,
    },
  ]);
  return (
    <>
      <Button variant="primary" keys="f" isDisabled={!enabled} onPress={() => void choose(id, 'files')}>
        Choose files
      </Button>
      <Button keys="o" isDisabled={!enabled} onPress={() => void choose(id, 'folder')}>
        Choose folder
      </Button>
    </>
  );
}

/** The import under way, or what came of the last one. */
function ImportState({ view }: { readonly view: IncidentView }): ReactNode {
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
    <div className={styles['outcome']}>
      <p className={styles['sentence']}>{outcomeWords(last.outcome)}</p>
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
function NotTaken({ outcome: { files, leftOut } }: { readonly outcome: ImportOutcome }): ReactNode {
  const brought = ({ recognisedAs, records, duplicates, findings }: FileReport): boolean =>
    recognisedAs !== null && records + findings > duplicates;
  const notTaken = files.filter((file) => !brought(file));
  if (notTaken.length + leftOut.length === 0) return null;
  return (
    <ul className={styles['files']}>
      {notTaken.map(({ file, notes }, at) => (
        <li key={at} className={styles['file']}>
          <StatusMark status="could_not_check" word="nothing added" /> <strong>{file}</strong>{' '}
          {notes.join(' ')}
        </li>
      ))}
      {leftOut.map((sentence, at) => (
        <li key={`left-out-${at}`} className={styles['file']}>
          <StatusMark status="could_not_check" word="not opened" /> {sentence}
        </li>
      ))}
    </ul>
  );
}
