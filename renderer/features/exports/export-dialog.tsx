import { useState, type ReactNode } from 'react';
import type { ExportOutcome, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { CheckboxGroup } from '../../components/checkbox-group.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { request } from '../../lib/api.ts';
import { bytes } from '../../lib/format.ts';
import styles from './exports.module.css';

const FORMATS = [
  { id: 'md', label: 'Markdown, for people' },
  { id: 'json', label: 'JSON, with the whole trail' },
] as const;

/** Writes the timeline as files and says where they lie and what their hashes are. */
export function ExportDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const [formats, setFormats] = useState<readonly ('md' | 'json')[]>(['md', 'json']);
  const [outcome, setOutcome] = useState<ExportOutcome | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [writing, setWriting] = useState(false);
  const write = async (): Promise<void> => {
    setWriting(true);
    const reply = await request('exportIncident', { incidentId: view.state.id, formats: [...formats] });
    setWriting(false);
    setFault(reply.ok ? null : reply.error.message);
    if (reply.ok) setOutcome(reply.value);
  };
  const show = async (folder: string): Promise<void> => {
    const reply = await request('showExport', { folder });
    if (!reply.ok) setFault(reply.error.message);
  };
  return (
    <Dialog
      title={`Export the timeline of ${view.reference}`}
      isOpen
      width={outcome === null ? 'narrow' : 'wide'}
      onOpenChange={onClose}
      footer={
        outcome === null ? (
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              variant="primary"
              autoFocus
              isDisabled={formats.length === 0}
              isPending={writing}
              onPress={() => void write()}
            >
              {writing ? 'Writing' : 'Write the files'}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={() => void show(outcome.folder)}>Show in folder</Button>
            <Button key="done" variant="primary" autoFocus onPress={onClose}>
              Close
            </Button>
          </>
        )
      }
    >
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      {outcome === null ? (
        <>
          <CheckboxGroup label="Formats" items={FORMATS} value={formats} onChange={setFormats} />
          {view.drill !== null && <p className={styles['note']}>The files say that this was a drill.</p>}
        </>
      ) : (
        <Files outcome={outcome} />
      )}
    </Dialog>
  );
}

function Files({ outcome }: { readonly outcome: ExportOutcome }): ReactNode {
  return (
    <>
      <p className={styles['folder']} role="status">
        Written to <code>{outcome.folder}</code> <CopyButton text={outcome.folder} what="the folder" />
      </p>
      <table className={styles['files']}>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">SHA-256</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {outcome.files.map((file) => (
            <tr key={file.name}>
              <th scope="row">{file.name}</th>
              <td>{bytes(file.size)}</td>
              <td>
                <code className={styles['hash']}>{file.sha256}</code>
              </td>
              <td className={styles['last']}>
                <CopyButton text={file.sha256} what={`the SHA-256 of ${file.name}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
