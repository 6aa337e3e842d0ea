import { useEffect, type ReactNode } from 'react';
import type { FindingsView, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
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
import { ImportState } from './import-state.tsx';
import { useImport } from './import-store.ts';
import { ProviderWords } from './provider-words.tsx';
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
          {side.providerWords.length > 0 && (
            <ProviderWords view={view} words={side.providerWords} found={side.providerWordsFound.all} />
          )}
          {side.records > 0 && (
            <>
              <Changes view={view} side={side} />
              <Errors side={side} />
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
