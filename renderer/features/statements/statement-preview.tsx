import type { ReactNode } from 'react';
import type { StatementView } from '../../../preload/contract/views.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import type { Status } from '../../lib/feed-words.ts';
import { bytes, counted, sinceOnset } from '../../lib/format.ts';
import styles from './statement-preview.module.css';

const SHOWN = 4;

/** What a statement would say about the incident if it were taken in. */
export function StatementPreview({ view }: { readonly view: StatementView }): ReactNode {
  const { status, word } = wordOf(view);
  const more = view.matches.length - SHOWN;
  return (
    <div className={styles['preview']} role="status">
      <p className={styles['line']}>
        <StatusMark status={status} word={word} />
        <strong>{view.format === '' ? 'Format not known' : view.format}</strong>
        <span className={styles['muted']}>{facts(view)}</span>
      </p>
      <p className={styles['line']}>{view.sentence}</p>
      {view.matches.length > 1 && (
        <ul className={styles['matches']}>
          {view.matches.slice(0, SHOWN).map((match) => (
            <li key={match.nativeId}>
              <span className={styles['degree']}>{match.degree === 'matching' ? 'fits' : 'elsewhere'}</span>
              <span>
                {match.title}
                {match.lagMinutes !== null && (
                  <span className={styles['muted']}> · first word {sinceOnset(match.lagMinutes)}</span>
                )}
              </span>
            </li>
          ))}
          {more > 0 && <li className={styles['muted']}>and {more} more</li>}
        </ul>
      )}
    </div>
  );
}

function facts({ size, events, rejected, unpacked, state }: StatementView): string {
  return [
    bytes(size),
    state === 'ok' ? counted(events, 'event') : '',
    rejected === 0 ? '' : `${counted(rejected, 'item')} could not be read`,
    unpacked === '' ? '' : `out of ${unpacked}`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

function wordOf({ state, matches }: StatementView): { readonly status: Status; readonly word: string } {
  if (state === 'empty') return { status: 'silent', word: 'lists nothing' };
  if (state !== 'ok') return { status: 'could_not_check', word: 'could not read' };
  const [best] = matches;
  if (best?.degree === 'matching') return { status: 'outage', word: 'matches' };
  return best === undefined
    ? { status: 'could_not_check', word: 'nothing of ours' }
    : { status: 'degraded', word: 'elsewhere' };
}
