import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import styles from './explain-view.module.css';

/** The groups of answers that tell the same story, and how far each may move the odds together. */
export function Groups({ view }: { readonly view: IncidentView }): ReactNode {
  const { contributions } = view.judgement;
  const groups = view.playbook.groups
    .map((group) => ({ ...group, members: contributions.filter((one) => one.group === group.id) }))
    .filter(({ members }) => members.length > 0);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups" className={styles['heading']}>
        Answers that tell the same story
      </h2>
      <ul className={styles['list']}>
        {groups.map(({ id, title, cap, reason, members }) => (
          <li key={id}>
            <strong>{title}</strong>: at most {cap.toFixed(1)} together
            {members.some(({ capped }) => capped)
              ? ', reached: scaled down as a whole.'
              : ', not reached.'}{' '}
            <span className={styles['muted']}>{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
