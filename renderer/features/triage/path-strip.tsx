import { useEffect, useRef, type ReactNode } from 'react';
import { counted } from '../../lib/format.ts';
import { cx } from '../../lib/cx.ts';
import { Button } from '../../components/button.tsx';
import styles from './path-strip.module.css';
import type { Triage } from './use-triage.ts';

/** The checks put so far, with their answers and with holes as holes. Each leads back to its question. */
export function PathStrip({ triage }: { readonly triage: Triage }): ReactNode {
  const { path, current } = triage;
  const list = useRef<HTMLOListElement>(null);
  const shown = current?.check.id;
  useEffect(() => {
    const row = list.current;
    if (row === null) return;
    const here = row.querySelector('[data-current]') ?? row.lastElementChild;
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path.length, shown]);
  const holes = path.filter(({ hole }) => hole).length;
  return (
    <nav className={styles['strip']} aria-label="Checks put so far" data-tight={triage.keys.length > 8}>
      <span className={styles['sum']}>
        {path.length === 0 ? 'No check answered yet' : counted(path.length, 'check')}
        {holes > 0 && `, ${counted(holes, 'hole')}`}
      </span>
      <ol ref={list} className={styles['steps']}>
        {path.map((step) => (
          <li key={step.check} {...(step.check === shown && { 'data-current': '' })}>
            <Button
              variant="quiet"
              className={cx(
                styles['step'],
                step.hole && styles['hole'],
                step.check === shown && styles['current'],
              )}
              {...(step.check === shown && { 'aria-current': 'step' })}
              onPress={() => {
                triage.show(step.check);
              }}
            >
              <span className={styles['mark']} aria-hidden="true">
                {step.hole ? '?' : '✓'}
              </span>{' '}
              {step.number} <span className={styles['title']}>{step.title}:</span> {step.answer}
              {step.changed && <span className={styles['title']}> (changed)</span>}
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
