import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Instant } from '../../../main/core/time.ts';
import type { HistogramBarView, RecordHistogram } from '../../../preload/contract/views.ts';
import { cx } from '../../lib/cx.ts';
import { count, counted, utcDateTime, utcMinute } from '../../lib/format.ts';
import { epochMs, instantOf } from '../../../main/core/instants.ts';
import styles from './histogram.module.css';

interface Props {
  readonly histogram: RecordHistogram;
  readonly onset: Instant;
  /** The window that is shown; null for everything. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly onSelect: (from: Instant | null, to: Instant | null) => void;
}

/**
 * How much happened when, with onset marked. The arrow keys go from bar to bar, with Shift they take several, Enter shows only
 * their records, Escape all again. What a bar says stands beneath in words.
 */
export function Histogram({ histogram, onset, from, to, onSelect }: Props): ReactNode {
  const id = useId();
  const bars = useMemo(() => withEmptyBars(histogram), [histogram]);
  const [at, setAt] = useState(() => barOf(bars, histogram.minutes, onset));
  const [anchor, setAnchor] = useState<number | null>(null);
  const most = bars.reduce((highest, bar) => Math.max(highest, bar.records), 1);
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
  const marked = bars[at];
  const onsetShare = shareOf(bars, histogram.minutes, onset);
  return (
    <div className={styles['histogram']}>
      <div
        className={styles['bars']}
        role="listbox"
        aria-multiselectable
        aria-label={`Records by ${spanWords(histogram.minutes)}; Enter shows those of the marked bars`}
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
          <div className={styles['onset']} style={{ insetInlineStart: `${onsetShare * 100}%` }} aria-hidden>
            <span>Onset</span>
          </div>
        )}
      </div>
      <p className={styles['words']} aria-live="polite">
        {marked === undefined ? '' : wordsOf(marked, histogram.minutes)}
        {last > first && `, with ${counted(last - first, 'more bar')}`}
      </p>
      <details className={styles['twin']}>
        <summary>
          <span className={styles['key']} data-part="all" /> all{' '}
          <span className={styles['key']} data-part="changes" /> changes{' '}
          <span className={styles['key']} data-part="errors" /> errors · as a table
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

function addMinutes(at: Instant, minutes: number): Instant {
  return instantOf(epochMs(at) + Math.round(minutes * 60_000));
}

/** A quiet stretch is seen as one: spans without any record get an empty bar. */
function withEmptyBars({ bars, minutes }: RecordHistogram): readonly HistogramBarView[] {
  const known = new Map(bars.map((bar) => [bar.from, bar]));
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: HistogramBarView[] = [];
  for (let from = first.from; from <= last.from; from = addMinutes(from, minutes)) {
    all.push(known.get(from) ?? { from, records: 0, changes: 0, errors: 0 });
  }
  return all;
}

function shareOf(bars: readonly HistogramBarView[], minutes: number, at: Instant): number | null {
  const [first] = bars;
  if (first === undefined) return null;
  const share = (epochMs(at) - epochMs(first.from)) / (bars.length * minutes * 60_000);
  return share < 0 || share > 1 ? null : share;
}

/** The bar that an instant falls into; the nearest end when it lies outside. */
function barOf(bars: readonly HistogramBarView[], minutes: number, at: Instant): number {
  const [first] = bars;
  if (first === undefined) return 0;
  const index = Math.floor((epochMs(at) - epochMs(first.from)) / (minutes * 60_000));
  return Math.max(0, Math.min(bars.length - 1, index));
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
