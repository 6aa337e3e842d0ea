import { useState, type ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { VerdictLabel } from '../../../main/core/sides.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { TextField } from '../../components/text-field.tsx';
import { counted, percent } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate } from '../../lib/navigation.ts';
import { keysOf, SIDE_WORDS } from '../../lib/words.ts';
import styles from './accept-dialog.module.css';

/** Accepts the engine's verdict, or overrules it with a reason; both go into the trail with what the engine held. */
export function AcceptDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { judgement } = view;
  const accept = useIncident((store) => store.accept);
  const fault = useIncident((store) => store.fault);
  const busy = useIncident((store) => store.busy);
  const [verdict, choose] = useState<VerdictLabel>(judgement.verdict);
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState(false);
  const overrules = verdict !== judgement.verdict;
  const ready = !busy && (!overrules || reason.trim() !== '');

  const send = async (): Promise<void> => {
    if (!ready) return;
    const done = await accept(verdict, reason.trim());
    setFailed(!done);
    if (!done) return;
    onClose();
    navigate({ view: 'incident', id: view.state.id, tab: 'escalation' });
  };

  return (
    <Dialog
      title="Accept a verdict"
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>Not yet</Button>
          <Button variant="primary" keys="Enter" isDisabled={!ready} onPress={() => void send()}>
            {overrules ? 'Overrule' : 'Accept'}: {SIDE_WORDS[verdict]}
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDownCapture={(event) => {
          // A radio button does not submit its form by Enter, and keeps the press to itself.
          const { target } = event;
          if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type !== 'radio')
            return;
          event.preventDefault();
          void send();
        }}
      >
        {!judgement.declared && (
          <Callout kind="notice">The engine says inconclusive. {judgement.missing.join(' ')}</Callout>
        )}
        <Verdicts view={view} verdict={verdict} onChange={choose} />
        <TextField
          label={overrules ? 'Reason, needed because the engine holds otherwise' : 'Reason (may be left out)'}
          value={reason}
          maxLength={2000}
          onChange={setReason}
        />
        <p className={styles['next']}>{consequence(view, verdict)}</p>
        {failed && <Callout kind="fault">Not accepted{fault === null ? '.' : `: ${fault}`}</Callout>}
      </form>
    </Dialog>
  );
}

function Verdicts({
  view: { judgement },
  verdict,
  onChange,
}: {
  readonly view: IncidentView;
  readonly verdict: VerdictLabel;
  readonly onChange: (verdict: VerdictLabel) => void;
}): ReactNode {
  const labels = keysOf(SIDE_WORDS);
  return (
    <RadioGroup
      className={styles['verdicts'] ?? ''}
      value={verdict}
      onChange={(value) => {
        onChange(labels.find((label) => label === value) ?? verdict);
      }}
    >
      <Label className={styles['label'] ?? ''}>On whose side is the root cause?</Label>
      {labels.map((label) => (
        <Radio
          key={label}
          value={label}
          className={styles['verdict'] ?? ''}
          {...(label === verdict && { autoFocus: true })}
        >
          <SideTag side={label} />
          <span className={styles['aside']}>
            {label === judgement.verdict && 'the engine’s verdict'}
            {label !== 'inconclusive' && ` ${percent(judgement.probabilities[label])}`}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** What accepting starts: the policy's levels for that side, or that there are none. */
function consequence({ playbook, state }: IncidentView, verdict: VerdictLabel): string {
  const levels = playbook.escalation[verdict]?.levels ?? [];
  const [first] = levels.toSorted((a, b) => a.deadlineMinutes - b.deadlineMinutes);
  if (first === undefined) return 'This playbook has no escalation for that verdict.';
  const before =
    state.escalation === null ? '' : ' The escalation under way is replaced; its pages stay in the trail.';
  return `Starts ${counted(levels.length, 'escalation level')}: “${first.title}” is due ${first.deadlineMinutes} min from now.${before}`;
}
