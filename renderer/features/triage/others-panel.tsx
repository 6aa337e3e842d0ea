import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { SideTag } from '../../components/side-tag.tsx';
import { duration } from '../../lib/format.ts';
import { otherChecks } from './current-check.ts';
import { SidePanel } from './side-panel.tsx';
import styles from './side-panel.module.css';
import type { Triage } from './use-triage.ts';

/** Every other check that can be asked now, the engine's best first. */
export function OthersPanel({ triage }: { readonly triage: Triage }): ReactNode {
  const { playbook, judgement } = triage.view;
  const check = triage.current?.check;
  const others = otherChecks(playbook, judgement, check?.id ?? null);
  return (
    <SidePanel title="Ask another check" about={check?.side ?? 'both'}>
      {others.length === 0 && <p className={styles['muted']}>Every check has been put.</p>}
      <GridList
        aria-label="Other checks, best first"
        className={styles['list'] ?? ''}
        {...(others.length > 0 && { autoFocus: 'first' as const })}
        onAction={(key) => {
          triage.show(String(key));
        }}
      >
        {others.map((other) => (
          <GridListItem
            key={other.check.id}
            id={other.check.id}
            textValue={other.check.title}
            className={styles['item'] ?? ''}
          >
            <span className={styles['aside']}>{other.rank ?? '–'}</span>
            <span className={styles['what']}>
              <span className={styles['name']}>{other.check.title}</span>{' '}
              <span className={styles['muted']}>{other.why}</span>
            </span>
            <span className={styles['about']}>
              {other.check.side === 'both' ? 'both sides' : <SideTag side={other.check.side} />}
              {duration(other.costMinutes)}
            </span>
          </GridListItem>
        ))}
      </GridList>
    </SidePanel>
  );
}
