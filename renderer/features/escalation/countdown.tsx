import type { ReactNode } from 'react';
import { StatusMark } from '../../components/status-mark.tsx';
import { countdown, duration } from '../../lib/format.ts';
import styles from './countdown.module.css';

/** Below this many milliseconds the time left is shown as pressing. */
const SOON_MS = 5 * 60_000;
/** Beyond this the seconds tell nobody anything. */
const LONG_MS = 60 * 60_000;

/** The time left, or how long it is overdue: word, shape and colour. Silent to screen readers; `useDueAnnouncements` speaks. */
export function Countdown({ leftMs, title }: { readonly leftMs: number; readonly title: string }): ReactNode {
  const words = Math.abs(leftMs) > LONG_MS ? duration(leftMs / 60_000) : countdown(leftMs);
  const state = leftMs <= 0 ? 'overdue' : leftMs <= SOON_MS ? 'soon' : 'waiting';
  return (
    <span role="timer" aria-label={`${title}: time left`} className={styles['timer']} data-state={state}>
      {state === 'overdue' ? (
        <StatusMark status="outage" word={`OVERDUE by ${words}`} />
      ) : (
        <>
          {state === 'soon' && <StatusMark status="degraded" word="" />}
          <span className={styles['left']}>{words}</span> left
        </>
      )}
    </span>
  );
}
