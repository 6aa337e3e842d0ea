import type { ReactNode } from 'react';
import styles from './playbook-map.module.css';
import { STANDING_WORDS } from './map-words.ts';

/** What the shapes on the map mean. */
export function Legend(): ReactNode {
  return (
    <ul className={styles['legend']} aria-label="Shapes">
      {Object.entries(STANDING_WORDS).map(([standing, { shape, word }]) => (
        <li key={standing}>
          <span aria-hidden="true">{shape}</span> {word}
        </li>
      ))}
    </ul>
  );
}
