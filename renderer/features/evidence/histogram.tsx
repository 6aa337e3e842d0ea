import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Instant } from '../../../main/core/time.ts';
import type { HistogramBarView, RecordHistogram } from '../../../preload/contract/views.ts';
import { cx } from '../../lib/cx.ts';
import { count, counted, utcDateTime, utcMinute } from '../../lib/format.ts';
import { addMinutes, barOf, barsOverAll, shareOf } from './histogram-bars.ts';
import styles from './histogram.module.css';

interface Props {
  /** Of everything that the logs hold. */
  readonly histogram: RecordHistogram;
  /** Of what is looked for; null while nothing of it is counted, undefined when everything is shown. */
  readonly found: RecordHistogram | null | undefined;
  readonly onset: Instant;
  /** The window that is shown; null for everything. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly onSelect: (from: Instant | null, to: Instant | null) => void;
}

/**
 * How much happened when, with onset marked. The arrow keys go from bar to bar, with Shift they take several, Enter shows only
 * their records, Escape all again. What a bar says stands beneath in words. A search shows its own bars over the same time.
 */
export function Histogram({ histogram, found, onset, from, to, onSelect }: Props): ReactNode {
  const id = useId();
  const isAll = found === undefined;
  const bars = useMemo(
    () => barsOverAll(histogram, found === undefined ? histogram : found),
    [histogram, found],
  );
  // Moments, not places: what comes in may move every bar.
  const [marked, mark] = useState(onset);
  const [fixed, fix] = useState<Instant | null>(null);
  const at = barOf(bars, histogram.minutes, marked);
  const anchor = fixed === null ? null : barOf(bars, histogram.minutes, fixed);
  const setAt = (index: number): void => {
    mark(bars[index]?.from ?? onset);
  };
  const setAnchor = (index: number | null): void => {
    fix(index === null ? null : (bars[index]?.from ?? null));
  };
  const most = bars.reduce((highest, bar) => Math.max(highest, bar.records), 0);
  const [first, last] = [Math.min(anchor ?? at, at), Math.max(anchor ?? at, at)];
  const select = (one: number, other: number): void => {
    const [begin, end] = [bars[one], bars[other]];
    if (begin === undefined || end === undefined) return;
    onSelect(begin.from, addMinutes(end.from, histogram.minutes - 1 / 60_000));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, bars.length);
    if (target !== null) {
      if (event.shiftKey) setAnchor(anchor ?? at);
      else setAnchor(null);
      setAt(target);
    } else if (event.key === 'Enter') select(first, last);
    else if (event.key === 'Escape' && from !== null) onSelect(null, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const bar = bars[at];
  const onsetShare = shareOf(bars, histogram.minutes, onset);
  return (
    <div className={styles['histogram']}>
      <div
        className={styles['bars']}
        role="listbox"
        aria-multiselectable
        aria-busy={found === null}
        aria-label={`Records by ${spanWords(histogram.minutes)}${isAll ? '' : ' that hold all of this'}; Enter shows those of the marked bars`}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {bars.map((bar, index) => (
          <div
            key={bar.from}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index >= first && index <= last}
            aria-label={wordsOf(bar, histogram.minutes)}
            className={cx(styles['bar'], isShown(bar, from, to) ? styles['shown'] : styles['hidden'])}
            onClick={(event) => {
              const start = event.shiftKey ? (anchor ?? at) : index;
              setAnchor(event.shiftKey ? start : null);
              setAt(index);
              select(Math.min(start, index), Math.max(start, index));
            }}
          >
            <span className={styles['all']} style={{ height: heightOf(bar.records, most) }} />
            <span className={styles['changes']} style={{ height: heightOf(bar.changes, most) }} />
            <span className={styles['errors']} style={{ height: heightOf(bar.errors, most) }} />
          </div>
        ))}
        {onsetShare !== null && (
          <div
            className={cx(styles['onset'], onsetShare > 0.9 && styles['late'])}
            style={{ insetInlineStart: `${onsetShare * 100}%` }}
            aria-hidden
          >
            <span>Onset</span>
          </div>
        )}
      </div>
      <p className={styles['words']} aria-live="polite">
        {bar === undefined ? '' : wordsOf(bar, histogram.minutes)}
        {last > first && `, with ${counted(last - first, 'more bar')}`}
      </p>
      <details className={styles['twin']}>
        <summary>
          <span className={styles['key']} data-part="all" /> {isAll ? 'all' : 'found'}{' '}
          <span className={styles['key']} data-part="changes" /> changes{' '}
          <span className={styles['key']} data-part="errors" /> errors · highest bar {counted(most, 'record')}{' '}
          · as a table
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Records</th>
              <th scope="col">Changes</th>
              <th scope="col">Errors</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.from}>
                <th scope="row">{utcDateTime(bar.from)}</th>
                <td>{count(bar.records)}</td>
                <td>{count(bar.changes)}</td>
                <td>{count(bar.errors)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

function targetOf(key: string, at: number, bars: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageUp: -10,
    PageDown: 10,
    Home: -bars,
    End: bars,
  };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(bars - 1, at + step));
}

function isShown(bar: HistogramBarView, from: Instant | null, to: Instant | null): boolean {
  return (from === null || bar.from >= from) && (to === null || bar.from <= to);
}

function heightOf(part: number, most: number): string {
  return part === 0 ? '0' : `max(2px, ${(part / most) * 100}%)`;
}

function spanWords(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'day' : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
  return minutes === 1 ? 'minute' : `${minutes} minutes`;
}

function wordsOf({ from, records, changes, errors }: HistogramBarView, minutes: number): string {
  const span =
    minutes === 1 ? utcDateTime(from) : `${utcDateTime(from)} to ${utcMinute(addMinutes(from, minutes))}`;
  return `${span}: ${counted(records, 'record')}, ${counted(changes, 'change')}, ${counted(errors, 'error')}`;
}
