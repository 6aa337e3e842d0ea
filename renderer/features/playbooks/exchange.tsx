import type { ReactNode } from 'react';
import type { CacaoReport, TakenPlaybook } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { counted } from '../../lib/format.ts';
import styles from './exchange.module.css';

/** True when there is something to tell about a file that was taken in: a CACAO document of ours comes back without a word. */
export function hasRemarks({ cacao }: TakenPlaybook): boolean {
  return cacao !== null && cacao.faults.length + cacao.warnings.length + cacao.lost.length > 0;
}

/** What came of a CACAO 2.0 document: why it was refused, or what is wrong with it and what did not survive, each with its place. */
export function TakenDialog({
  taken,
  onEdit,
  onClose,
}: {
  readonly taken: TakenPlaybook;
  readonly onEdit: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { id, name, cacao } = taken;
  if (cacao === null) return null;
  return (
    <Dialog
      title={id === null ? `Refused: ${name}` : `Taken in: ${name}`}
      isOpen
      width="wide"
      onOpenChange={onClose}
      footer={
        <>
          <CopyButton text={asText(name, cacao)} what="the report" />
          <Button variant={id === null ? 'primary' : 'plain'} onPress={onClose}>
            Close
          </Button>
          {id !== null && (
            <Button
              variant="primary"
              onPress={() => {
                onEdit(id);
              }}
            >
              Open the draft
            </Button>
          )}
        </>
      }
    >
      <p>{summaryOf(cacao, id !== null)}</p>
      <div className={styles['lists']} role="region" aria-label="Report" tabIndex={0}>
        <Remarks title="Why it is refused" remarks={cacao.faults} />
        <Remarks title="Did not survive" remarks={cacao.lost} />
        <Remarks title="Wrong in the document, without harm" remarks={cacao.warnings} />
      </div>
    </Dialog>
  );
}

/** Told after writing: what other programs will see of it. */
export function CacaoWritten({
  file,
  onDismiss,
}: {
  readonly file: string;
  readonly onDismiss: () => void;
}): ReactNode {
  return (
    <Callout kind="notice" onDismiss={onDismiss}>
      Written to {file}. Other programs read its checks as steps, its gates as conditions and its escalation.
      Sides, answer keys, weights, priors and thresholds stand in one extension, which they may leave out;
      read in here again, nothing is lost.
    </Callout>
  );
}

function Remarks({
  title,
  remarks,
}: {
  readonly title: string;
  readonly remarks: CacaoReport['faults'];
}): ReactNode {
  if (remarks.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles['heading']}>
        {title} ({remarks.length})
      </h3>
      <ul className={styles['remarks']}>
        {remarks.map(({ path, message }, at) => (
          <li key={at}>
            <span>{message}</span> <code className={styles['place']}>{path}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function summaryOf({ faults, lost, warnings }: CacaoReport, taken: boolean): string {
  if (!taken) return `It cannot be followed, for ${counted(faults.length, 'reason')}. Nothing was changed.`;
  const parts = [
    lost.length > 0 ? `${counted(lost.length, 'thing')} did not survive` : 'nothing was lost',
    ...(warnings.length > 0
      ? [`${counted(warnings.length, 'thing')} in the document are not as the standard has them`]
      : []),
  ];
  return `It is a draft now: ${parts.join('; ')}.`;
}

function asText(name: string, { faults, lost, warnings }: CacaoReport): string {
  const lines = [
    ['refused', faults],
    ['lost', lost],
    ['warning', warnings],
  ] as const;
  return [
    name,
    ...lines.flatMap(([kind, remarks]) => remarks.map(({ path, message }) => `${kind}\t${path}\t${message}`)),
  ].join('\n');
}
