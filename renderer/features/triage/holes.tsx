import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import { checkPath } from './check-path.ts';
import styles from './sides.module.css';

/** Checks on one side that could not be made: list items, in sight beside what could. */
export function Holes({
  view,
  side,
}: {
  readonly view: IncidentView;
  readonly side: 'provider' | 'customer';
}): ReactNode {
  const { playbook, state } = view;
  const here = new Set(playbook.checks.filter((check) => check.side === side).map(({ id }) => id));
  const holes = checkPath(state.observations, playbook.checks).filter(
    (step) => step.hole && here.has(step.check),
  );
  return holes.map((step) => (
    <li key={step.check} className={styles['row']}>
      <StatusMark status="could_not_check" word="" />
      <span className={styles['name']}>{step.title}</span>
      <span className={styles['word']} data-status="could_not_check">
        could not check
      </span>
    </li>
  ));
}
