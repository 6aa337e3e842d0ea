import { useEffect, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import type { MappingProposal } from '../../../preload/contract/mapping-views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { useImport } from './import-store.ts';
import styles from './mapping-dialog.module.css';
import { previewOf } from './mapping-draft.ts';
import { MappingFields } from './mapping-fields.tsx';
import { MappedRows, SampleRows } from './mapping-tables.tsx';

const FORM = 'mapping-form';

/** Asks about the first of the files that wait: which of its fields is what. Mounted once, beside the views. */
export function MappingDialog(): ReactNode {
  const { unmapped, asking, closeMapping } = useImport();
  const path = unmapped[0];
  const [proposal, setProposal] = useState<MappingProposal | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (path === undefined || !asking) return;
    let isCurrent = true;
    void request('proposeMapping', { path }).then((reply) => {
      if (!isCurrent) return;
      setProposal(reply.ok ? reply.value : null);
      setFault(reply.ok ? null : reply.error.message);
    });
    return () => {
      isCurrent = false;
    };
  }, [path, asking]);
  if (!asking || path === undefined) return null;
  if (proposal !== null && proposal.path === path) {
    return <Asked key={path} proposal={proposal} waiting={unmapped.length - 1} />;
  }
  return fault === null ? null : (
    <Dialog title="This file cannot be mapped" isOpen onOpenChange={closeMapping}>
      <Callout kind="fault">{fault}</Callout>
    </Dialog>
  );
}

function Asked({
  proposal,
  waiting,
}: {
  readonly proposal: MappingProposal;
  readonly waiting: number;
}): ReactNode {
  const { closeMapping, importMapped } = useImport();
  const [mapping, setMapping] = useState(proposal.guess.mapping);
  const [fault, setFault] = useState<string | null>(null);
  const preview = previewOf(mapping, proposal);
  const isReady = preview.records.length > 0 && mapping.name.trim() !== '';
  const save = async (): Promise<void> => {
    if (!isReady) return;
    const reply = await request('saveMapping', { mapping });
    if (reply.ok) await importMapped();
    else setFault(reply.error.message);
  };
  return (
    <Dialog
      title={`How is ${proposal.file} to be read?`}
      isOpen
      onOpenChange={closeMapping}
      width="wide"
      footer={
        <>
          <Button onPress={closeMapping}>Not now</Button>
          <Button type="submit" form={FORM} variant="primary" keys="$mod+Enter" isDisabled={!isReady}>
            Remember and import
          </Button>
        </>
      }
    >
      <Keys save={() => void save()} isReady={isReady} />
      <Form
        id={FORM}
        className={styles['form'] ?? ''}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className={styles['lead']}>
          No source known here wrote it, but its rows have a time. Say once which field is what: files like it
          are read by themselves from then on.
          {waiting > 0 &&
            ` ${counted(waiting, 'more file')} of this import ${waiting === 1 ? 'waits' : 'wait'}.`}
        </p>
        {fault !== null && <Callout kind="fault">{fault}</Callout>}
        <SampleRows sample={proposal.sample} mapping={mapping} />
        <MappingFields
          mapping={mapping}
          proposal={proposal}
          preview={preview}
          onChange={(changes: Partial<Mapping>) => {
            setMapping({ ...mapping, ...changes });
          }}
        />
        <MappedRows preview={preview} />
      </Form>
    </Dialog>
  );
}

/** Within the dialog, so that its key works only while it is on top. */
function Keys({ save, isReady }: { readonly save: () => void; readonly isReady: boolean }): ReactNode {
  useCommands([
    {
      id: 'mapping.save',
      title: 'Remember how these files are read, and import',
      keys: ['$mod+Enter'],
      group: 'Incident',
      enabled: isReady,
      run: save,
    },
  ]);
  return null;
}
