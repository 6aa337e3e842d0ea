import type { ReactNode } from 'react';
import { proposePlaybook, type FirstSymptoms, type Proposal } from '../../../main/core/playbook/propose.ts';
import type { PlaybookSummary } from '../../../preload/contract/shelf-views.ts';
import { Select } from '../../components/select.tsx';
import { cx } from '../../lib/cx.ts';
import styles from './scope-form.module.css';

/** What is chosen on the form: the playbook, and why when nobody chose it by hand. */
export interface PlaybookChoice {
  readonly playbook: PlaybookSummary;
  readonly proposal: Proposal | null;
}

/** The playbook chosen by hand, else the one that the first symptoms point to, else the general one. Null before they are known. */
export function playbookChoice(
  shelf: readonly PlaybookSummary[],
  byHand: string | null,
  symptoms: FirstSymptoms,
): PlaybookChoice | null {
  const chosen = shelf.find(({ sha256 }) => sha256 === byHand);
  if (chosen !== undefined) return { playbook: chosen, proposal: null };
  const proposal = proposePlaybook(symptoms, shelf);
  const playbook = shelf.find(({ id }) => id === proposal?.id) ?? shelf[0];
  return playbook === undefined ? null : { playbook, proposal };
}

/** Which playbook the incident begins with, with a reason to read: it can be changed now and later. */
export function PlaybookField({
  shelf,
  choice,
  byHand,
  onChange,
}: {
  readonly shelf: readonly PlaybookSummary[];
  readonly choice: PlaybookChoice;
  readonly byHand: boolean;
  readonly onChange: (sha256: string) => void;
}): ReactNode {
  const { playbook, proposal } = choice;
  return (
    <div className={cx(styles['whole'], styles['playbook'])}>
      <Select
        label="Playbook"
        items={shelf.map(({ sha256, title, version, origin }) => ({
          id: sha256,
          label: origin === 'own' ? `${title}, ours, ${version}` : title,
        }))}
        value={playbook.sha256}
        onChange={onChange}
      />
      <p className={styles['reading']} aria-live="polite">
        {reasonFor(proposal, byHand)} {playbook.description}
      </p>
    </div>
  );
}

function reasonFor(proposal: Proposal | null, byHand: boolean): string {
  if (byHand) return 'Chosen by hand.';
  if (proposal === null) return 'Nothing said so far points to one: the general one fits any incident.';
  return `Proposed because of ${proposal.words.map((word) => `“${word}”`).join(', ')}.`;
}
