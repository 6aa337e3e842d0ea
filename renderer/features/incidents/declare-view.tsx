import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { create } from 'zustand';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { cx } from '../../lib/cx.ts';
import { navigate } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { useShelf } from '../../lib/shelf.ts';
import { useSettings } from '../../lib/settings-store.ts';
import { PlaybookField, playbookChoice } from './playbook-field.tsx';
import { emptyDraft, readDraft, type ScopeDraft, type ScopeFaults } from './scope-draft.ts';
import { ScopeForm } from './scope-form.tsx';
import styles from './scope-form.module.css';

/** What has been typed so far; it stays when somebody looks something up in another view. */
const useDraftStore = create<{
  readonly draft: ScopeDraft | null;
  /** SHA-256 of the playbook chosen by hand. */
  readonly playbook: string | null;
}>()(() => ({ draft: null, playbook: null }));

const NO_FAULTS: ScopeFaults = { title: null, onset: null };

/** Declares an incident: a title and an onset are enough, the rest can follow. */
export function DeclareView(): ReactNode {
  const { responder, clock } = useSettings((store) => store.settings);
  const now = useNow(null);
  const draft = useDraftStore((store) => store.draft) ?? emptyDraft(clock, responder);
  const byHand = useDraftStore((store) => store.playbook);
  const shelf = useShelf().items ?? [];
  const { title, services, provider, severity } = draft;
  const symptoms = { answers: [], text: [title, ...services].join(' '), provider, severity };
  const choice = playbookChoice(shelf, byHand, symptoms);
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const reading = readDraft(draft, now);

  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);

  const declare = async (): Promise<void> => {
    setTries(tries + 1);
    if (!reading.ok || sending) return;
    setSending(true);
    const reply = await request('declareIncident', {
      scope: reading.scope,
      ...(choice !== null && { playbook: choice.playbook.sha256 }),
    });
    setSending(false);
    if (!reply.ok) {
      setFault(reply.error.message);
      return;
    }
    useDraftStore.setState({ draft: null, playbook: null });
    navigate({ view: 'incident', id: reply.value.incidentId, tab: 'triage' });
  };

  useCommands([
    {
      id: 'declare.send',
      title: 'Declare this incident',
      keys: ['$mod+Enter'],
      group: 'Window',
      run: () => void declare(),
    },
  ]);

  return (
    <View title="Declare an incident">
      <Form
        ref={form}
        className={cx(styles['form'])}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void declare();
        }}
      >
        <ScopeForm
          draft={draft}
          now={now}
          faults={tries > 0 && !reading.ok ? reading.faults : NO_FAULTS}
          onChange={(changes) => {
            setFault(null);
            useDraftStore.setState({ draft: { ...draft, ...changes } });
          }}
        />
        {choice !== null && (
          <PlaybookField
            shelf={shelf}
            choice={choice}
            byHand={byHand !== null}
            onChange={(playbook) => {
              useDraftStore.setState({ playbook });
            }}
          />
        )}
        {fault !== null && <Callout kind="fault">{fault}</Callout>}
        <div className={styles['actions']}>
          <Button type="submit" variant="primary" keys="$mod+Enter" isPending={sending}>
            {sending ? 'Declaring' : 'Declare incident'}
          </Button>
          <span className={styles['hint']}>
            Everything can be corrected later; the trail keeps what it was.
          </span>
        </div>
      </Form>
    </View>
  );
}
