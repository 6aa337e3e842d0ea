import type { ReactNode } from 'react';
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components';
import { useIncident } from '../../lib/incident-store.ts';
import { evidenceChoices, type EvidenceChoice } from './evidence-choices.ts';
import { SidePanel } from './side-panel.tsx';
import styles from './side-panel.module.css';
import type { Triage } from './use-triage.ts';
import { useAttach } from './use-attach.ts';

/** The evidence at hand for the answer: what the provider says, what stands out in our logs, what is there already. */
export function EvidencePanel({ triage }: { readonly triage: Triage }): ReactNode {
  const side = useIncident((store) => store.customerSide);
  const check = triage.current?.check;
  const toggle = useAttach(triage);
  if (check === undefined) return null;
  const choices = evidenceChoices(triage.view, side, triage.suggestion, check.side);
  const groups = [...new Set(choices.map(({ group }) => group))];
  const attached = new Set(triage.prepared.evidence.flatMap(({ from, id }) => [from, `evidence:${id}`]));
  const isAttached = (choice: EvidenceChoice): boolean => attached.has(choice.key);
  return (
    <SidePanel title="Evidence for this answer" about={check.side}>
      {choices.length === 0 && (
        <p className={styles['muted']}>
          Nothing is at hand: no feed has been read and no logs were dropped on the window.
        </p>
      )}
      {check.evidenceWanted !== undefined && (
        <p className={styles['muted']}>Wanted: {check.evidenceWanted}</p>
      )}
      <GridList
        aria-label="Evidence at hand; Enter attaches or detaches"
        className={styles['list'] ?? ''}
        {...(choices.length > 0 && { autoFocus: 'first' as const })}
        onAction={(key) => {
          const choice = choices.find((one) => one.key === key);
          if (choice !== undefined) void toggle(choice);
        }}
      >
        {groups.map((group) => (
          <GridListSection key={group} aria-label={group}>
            <GridListHeader className={styles['heading'] ?? ''}>{group}</GridListHeader>
            {choices
              .filter((choice) => choice.group === group)
              .map((choice) => (
                <GridListItem
                  key={choice.key}
                  id={choice.key}
                  textValue={choice.name}
                  className={styles['item'] ?? ''}
                  aria-label={`${choice.name}, ${isAttached(choice) ? 'attached' : 'not attached'}`}
                >
                  <span className={styles['what']}>
                    <span className={styles['name']}>{choice.name}</span>{' '}
                    <span className={styles['muted']}>{choice.detail}</span>
                  </span>
                  {isAttached(choice) && <span className={styles['attached']}>● attached</span>}
                </GridListItem>
              ))}
          </GridListSection>
        ))}
      </GridList>
    </SidePanel>
  );
}
