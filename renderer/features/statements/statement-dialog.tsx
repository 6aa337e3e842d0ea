import { useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import type { IncidentView, StatementSource } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { announce } from '../../lib/announce.ts';
import { pathOfFile, request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { bytes } from '../../lib/format.ts';
import { FEED_KIND_WORDS, keysOf } from '../../lib/words.ts';
import styles from './statement-dialog.module.css';
import { StatementPreview } from './statement-preview.tsx';
import { useStatement } from './use-statement.ts';

/** Longer texts are kept beside the field: a megabyte in it would make every key slow. */
const MOST_IN_FIELD = 50_000;

const TOLD_BY_CONTENT = 'content';

/**
 * Takes a provider's statement from the clipboard or a file: what an AWS, Azure or Google console shows as JSON, an event
 * of EventBridge, or the saved answer of any feed. Shows what it says about the incident before it is kept.
 */
export function StatementDialog(props: {
  readonly view: IncidentView;
  readonly pasted: string;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Dialog
      title={`What the provider says, for ${props.view.reference}`}
      isOpen
      width="wide"
      onOpenChange={props.onClose}
      footer={null}
    >
      <StatementForm {...props} />
    </Dialog>
  );
}

function StatementForm({
  view,
  pasted,
  onClose,
}: {
  readonly view: IncidentView;
  readonly pasted: string;
  readonly onClose: () => void;
}): ReactNode {
  const [source, setSource] = useState<StatementSource | null>(textSource(pasted));
  const [kind, setKind] = useState<FeedKind | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const incidentId = view.state.id;
  const look = useStatement(incidentId, source, kind);
  const canTake =
    !look.reading && look.view !== null && (look.view.state === 'ok' || look.view.state === 'empty');

  const give = (next: StatementSource | null): void => {
    setFault(null);
    setKind(null);
    setSource(next);
  };
  const choose = async (): Promise<void> => {
    const reply = await request('chooseEvidence', { what: 'files' });
    if (!reply.ok) setFault(reply.error.message);
    else if (reply.value[0] !== undefined) give({ type: 'file', path: reply.value[0] });
  };
  const take = async (): Promise<void> => {
    if (source === null || !canTake || taking) return;
    setTaking(true);
    const reply = await request('takeStatement', { incidentId, source, kind });
    setTaking(false);
    if (!reply.ok) {
      setFault(reply.error.message);
      return;
    }
    announce(`Taken in: ${reply.value.format}`);
    onClose();
  };
  useCommands([
    {
      id: 'statement.take',
      title: 'Take it in',
      keys: ['$mod+Enter'],
      group: 'Window',
      run: () => void take(),
    },
    {
      id: 'statement.choose',
      title: 'Choose a file',
      keys: ['$mod+o'],
      group: 'Window',
      run: () => void choose(),
    },
  ]);
  return (
    <div className={styles['form']} {...dropsInto(give, setFault)}>
      {(fault ?? look.fault) !== null && <Callout kind="fault">{fault ?? look.fault}</Callout>}
      <Given source={source} onGive={give} />
      <p className={styles['ways']}>
        <Button keys="$mod+o" onPress={() => void choose()}>
          Choose a file
        </Button>
        <span className={styles['muted']}>or drop one here</span>
      </p>
      {look.reading && look.view === null && <p role="status">Reading it</p>}
      {look.view !== null && (
        <>
          <StatementPreview view={look.view} />
          {(look.view.kind === null || kind !== null) && (
            <Select
              label="Read it as"
              items={[
                { id: TOLD_BY_CONTENT, label: 'what its content tells' },
                ...keysOf(FEED_KIND_WORDS).map((id) => ({ id, label: FEED_KIND_WORDS[id] })),
              ]}
              value={kind ?? TOLD_BY_CONTENT}
              onChange={(chosen) => {
                setKind(chosen === TOLD_BY_CONTENT ? null : chosen);
              }}
            />
          )}
        </>
      )}
      <div className={styles['footer']}>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          variant="primary"
          keys="$mod+Enter"
          isDisabled={!canTake}
          isPending={taking}
          onPress={() => void take()}
        >
          Take it in
        </Button>
      </div>
    </div>
  );
}

/** The field for what is pasted; a file or a long text stands there by its name instead. */
function Given({
  source,
  onGive,
}: {
  readonly source: StatementSource | null;
  readonly onGive: (source: StatementSource | null) => void;
}): ReactNode {
  const aside = source !== null && (source.type === 'file' || source.text.length > MOST_IN_FIELD);
  if (aside)
    return (
      <p className={styles['aside']}>
        <span>
          {source.type === 'file' ? (
            <code>{source.path}</code>
          ) : (
            `Pasted text of ${bytes(source.text.length)}`
          )}
        </span>
        <Button
          autoFocus
          onPress={() => {
            onGive(null);
          }}
        >
          Take another
        </Button>
      </p>
    );
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (text.length <= MOST_IN_FIELD) return;
    event.preventDefault();
    onGive(textSource(text));
  };
  return (
    <div onPasteCapture={onPaste}>
      <TextField
        label="Paste what the provider says"
        description="JSON of AWS Health, EventBridge, Azure or Google Cloud service health, or the saved answer of a status page."
        lines={6}
        mono
        autoFocus
        value={source?.type === 'text' ? source.text : ''}
        onChange={(text) => {
          onGive(textSource(text));
        }}
      />
    </div>
  );
}

function textSource(text: string): Extract<StatementSource, { type: 'text' }> | null {
  return text.trim() === '' ? null : { type: 'text', text };
}

/** Files dropped on the dialog are meant for it, not for the window below, which takes logs. */
function dropsInto(
  give: (source: StatementSource) => void,
  report: (fault: string) => void,
): Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void> {
  const keep = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    onDragEnter: keep,
    onDragOver: keep,
    onDragLeave: keep,
    onDrop: (event) => {
      keep(event);
      const [file] = event.dataTransfer.files;
      const text = event.dataTransfer.getData('text/plain');
      if (file !== undefined) give({ type: 'file', path: pathOfFile(file) });
      else if (text !== '') give({ type: 'text', text });
      else report('Nothing that can be read was dropped.');
    },
  };
}
