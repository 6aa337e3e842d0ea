import { useEffect, useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { Instant } from '../../../main/core/time.ts';
import { Time } from '../../components/time.tsx';
import { sinceOnset } from '../../lib/format.ts';
import { epochMs } from '../../../main/core/instants.ts';
import { rowForKey, scrollToShow, visibleWindow } from '../../lib/windowing.ts';
import styles from './record-list.module.css';

/** Height of every row, as in record-list.module.css. */
const ROW = 44;
const AROUND = 12;
/** So many rows before the end the next page is read. */
const NEAR_END = 60;

/** Records, newest first. Only those in sight exist; older ones are read as the end comes near. */
export function RecordList({
  records,
  onset,
  more,
  chosen,
  onChoose,
  onNearEnd,
  areaRef: area,
}: {
  readonly records: readonly LogRecord[];
  readonly onset: Instant;
  readonly more: boolean;
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
  readonly onNearEnd: () => void;
  /** The list itself, which scrolls. */
  readonly areaRef: RefObject<HTMLDivElement | null>;
}): ReactNode {
  const id = useId();
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [area]);
  const { from, to } = visibleWindow(records.length, ROW, scrollTop, height, AROUND);
  const isNearEnd = more && to > records.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  });
  const choose = (index: number): void => {
    onChoose(index);
    const element = area.current;
    if (element === null) return;
    element.scrollTo({ top: scrollToShow(index, ROW, element.scrollTop, element.clientHeight) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const target = rowForKey(event.key, chosen ?? -1, records.length, page);
    if (target === null) return;
    event.preventDefault();
    choose(target);
  };
  return (
    <div
      ref={area}
      className={styles['area']}
      role="grid"
      aria-label="Records, newest first"
      aria-rowcount={more ? -1 : records.length}
      aria-colcount={1}
      tabIndex={0}
      {...(chosen !== null &&
        chosen >= from &&
        chosen < to && { 'aria-activedescendant': `${id}-${chosen}` })}
      onScroll={() => {
        setScrollTop(Math.floor((area.current?.scrollTop ?? 0) / ROW) * ROW);
      }}
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (chosen === null) choose(0);
      }}
    >
      <div className={styles['all']} role="presentation" style={{ height: records.length * ROW }}>
        <div
          className={styles['window']}
          role="rowgroup"
          style={{ transform: `translateY(${from * ROW}px)` }}
        >
          {records.slice(from, to).map((record, offset) => (
            <div
              key={record.id}
              id={`${id}-${from + offset}`}
              role="row"
              aria-rowindex={from + offset + 1}
              aria-selected={from + offset === chosen}
              className={styles['row']}
              onClick={() => {
                onChoose(from + offset);
              }}
            >
              <div role="gridcell" className={styles['cell']}>
                <Row record={record} onset={onset} />
              </div>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Row({ record, onset }: { readonly record: LogRecord; readonly onset: Instant }): ReactNode {
  const { at, name, principal, region, errorCode, resources, readOnly } = record;
  const change = errorCode === null && readOnly !== true;
  return (
    <>
      <span className={styles['when']}>
        <strong>{sinceOnset((epochMs(at) - epochMs(onset)) / 60_000)}</strong>
        <span className={styles['muted']}>
          <Time at={at} />
        </span>
      </span>
      <span className={styles['what']}>
        <span className={styles['line']}>
          {errorCode !== null && <span className={styles['error']}>■ {errorCode} </span>}
          {change && <span className={styles['change']}>▲ change </span>}
          <code>{name}</code>
        </span>
        <span className={styles['under']}>
          {[principal || 'unknown principal', region, resources[0]]
            .filter((part) => part !== undefined && part !== '')
            .join(' · ')}
        </span>
      </span>
    </>
  );
}
