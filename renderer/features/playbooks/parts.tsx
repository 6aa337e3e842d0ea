import type { ReactNode } from 'react';
import { hrefOf } from '../../lib/navigation.ts';
import styles from './parts.module.css';

const PART_WORDS = { map: 'Map', about: 'About', edit: 'Edit', versions: 'Versions' } as const;
export type PlaybookPart = keyof typeof PART_WORDS;

/** The parts of one playbook's view; where one is stands in the address. */
export function Parts({
  id,
  parts,
  current,
}: {
  readonly id: string;
  readonly parts: readonly PlaybookPart[];
  readonly current: PlaybookPart;
}): ReactNode {
  return (
    <nav aria-label="Parts of this playbook">
      <ul className={styles['parts']}>
        {parts.map((part) => (
          <li key={part}>
            <a
              className={styles['part']}
              href={hrefOf({ view: 'playbook', id, query: { part } })}
              aria-current={part === current ? 'page' : undefined}
            >
              {PART_WORDS[part]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
