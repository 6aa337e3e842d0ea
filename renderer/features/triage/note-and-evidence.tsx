import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useCommands } from '../../lib/commands.ts';
import { TRIAGE_KEYS } from './answer-keys.ts';
import styles from './question.module.css';
import { useSession } from './session-store.ts';
import type { Triage } from './use-triage.ts';

/** The note that goes with the answer, kept on disk while it is typed, and the evidence that goes with it. */
export function NoteAndEvidence({
  triage,
  onLeave,
}: {
  readonly triage: Triage;
  readonly onLeave: () => void;
}): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const { note, prepared, current } = triage;
  const panel = useSession((session) => session.panel);
  const set = useSession((session) => session.set);
  useCommands([
    {
      id: 'triage.note',
      title: 'Write a note with the answer',
      keys: [TRIAGE_KEYS.note],
      group: 'Answer',
      run: () => field.current?.focus(),
    },
  ]);
  const check = current?.check;
  // Enter and Esc lead back to the question, where the answer keys work again; what was typed stays.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <div className={styles['extras']}>
      <label className={styles['note']}>
        <span className={styles['label']}>
          Note <Kbd keys={TRIAGE_KEYS.note} />
        </span>
        <input
          ref={field}
          className={styles['input']}
          value={note.text}
          maxLength={10_000}
          placeholder={check?.evidenceWanted === undefined ? '' : `Wanted: ${check.evidenceWanted}`}
          onChange={(event) => {
            note.setText(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className={styles['evidence']}>
        <span className={styles['label']}>
          Evidence: {prepared.evidence.length === 0 ? 'none attached' : prepared.evidence.length}
        </span>
        {prepared.evidence.map((one) => (
          <Button
            key={one.id}
            variant="quiet"
            className={styles['attached']}
            aria-label={`${one.name}: detach`}
            onPress={() => {
              triage.prepare({ evidence: prepared.evidence.filter(({ id }) => id !== one.id) });
            }}
          >
            {one.name} <span aria-hidden="true">×</span>
          </Button>
        ))}
        <Button
          variant="quiet"
          keys={TRIAGE_KEYS.evidence}
          aria-expanded={panel === 'evidence'}
          onPress={() => {
            set({ panel: panel === 'evidence' ? null : 'evidence' });
          }}
        >
          Attach
        </Button>
      </div>
    </div>
  );
}
