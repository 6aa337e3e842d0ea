import { useState, type ReactNode } from 'react';
import type { Scope } from '../../../main/core/incident/events.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useIncident } from '../../lib/incident-store.ts';
import { useNow } from '../../lib/now.ts';
import { useSettings } from '../../lib/settings-store.ts';
import { draftOf, readDraft } from './scope-draft.ts';
import { ScopeForm } from './scope-form.tsx';

/** Corrects what the incident is about; only what differs goes into the trail. */
export function EditDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { scope } = view.state;
  const now = useNow(view.drill);
  const clock = useSettings((store) => store.settings.clock);
  const { busy, fault, command } = useIncident();
  const [draft, setDraft] = useState(() => draftOf(scope, clock));
  const reading = readDraft(draft, now);
  const changes = reading.ok ? differences(scope, reading.scope) : {};
  const save = async (): Promise<void> => {
    if (Object.keys(changes).length === 0 || (await command({ type: 'amend', changes }))) onClose();
  };
  return (
    <Dialog
      title={`Change ${view.reference}`}
      isOpen
      width="wide"
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!reading.ok} isPending={busy} onPress={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <ScopeForm
        draft={draft}
        now={now}
        faults={reading.ok ? { title: null, onset: null } : reading.faults}
        onChange={(changed) => {
          setDraft({ ...draft, ...changed });
        }}
      />
    </Dialog>
  );
}

/** The fields of `after` that differ from `before`. */
function differences(before: Scope, after: Scope): Partial<Scope> {
  const entries = Object.entries(after) as [keyof Scope, unknown][]; // a Scope has no other keys
  return Object.fromEntries(
    entries.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  );
}
