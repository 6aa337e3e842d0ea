import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { EntryRow, OnsetRow } from './entry-row.tsx';
import styles from './lanes.module.css';
import type { TimelineRow } from './rows.ts';
import { rowForKey, scrollToShow, visibleWindow } from '../../lib/windowing.ts';

/** Height of every row, as in lanes.module.css. */
const ROW = 52;
const AROUND = 12;

/**
 * The rows of the timeline. Only those in sight exist, so a hundred thousand scroll like fifty. The arrow keys, Page
 * Up and Down, Home and End move; what has the mark is shown beside the lanes.
 */
export function Lanes({
  rows,
  seq,
  onChoose,
}: {
  readonly rows: readonly TimelineRow[];
  readonly seq: number | null;
  readonly onChoose: (seq: number) => void;
}): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const id = useId();
  const { scrollTop, height, onScroll } = useScroll(area);
  const marked = rows.findIndex((row) => row.kind === 'entry' && row.item.seq === seq);
  const { from, to } = visibleWindow(rows.length, ROW, scrollTop, height, AROUND);
  useStartAtEnd(area, rows.length);

  const choose = (at: number, towards: 1 | -1): void => {
    // The onset is a mark, not an entry: the step goes over it, and back where nothing lies behind it.
    const row = [at, at + towards, at - towards].map((one) => rows[one]).find((one) => one?.kind === 'entry');
    if (row?.kind !== 'entry') return;
    onChoose(row.item.seq);
    const element = area.current;
    if (element === null) return;
    element.scrollTo({ top: scrollToShow(rows.indexOf(row), ROW, element.scrollTop, element.clientHeight) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const current = marked === -1 ? rows.length : marked;
    const target = rowForKey(event.key, current, rows.length, page);
    if (target === null) return;
    event.preventDefault();
    choose(target, target < current ? -1 : 1);
  };

  return (
    <div
      ref={area}
      className={styles['area']}
      role="grid"
      aria-label="Entries, oldest first"
      aria-rowcount={rows.length}
      aria-colcount={1}
      tabIndex={0}
      {...(marked >= from && marked < to && { 'aria-activedescendant': `${id}-${marked}` })}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (marked === -1) choose(Math.min(to - 1, rows.length - 1), -1);
      }}
    >
      <div className={styles['all']} role="presentation" style={{ height: rows.length * ROW }}>
        <div
          className={styles['window']}
          role="rowgroup"
          style={{ transform: `translateY(${from * ROW}px)` }}
        >
          {rows.slice(from, to).map((row, offset) => {
            const at = from + offset;
            if (row.kind === 'onset') return <OnsetRow key="onset" at={row.at} index={at + 1} />;
            return (
              <EntryRow
                key={row.item.seq}
                id={`${id}-${at}`}
                index={at + 1}
                item={row.item}
                newDay={row.newDay}
                isMarked={at === marked}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function useScroll(area: React.RefObject<HTMLDivElement | null>): {
  readonly scrollTop: number;
  readonly height: number;
  readonly onScroll: () => void;
} {
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(600);
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
  return {
    scrollTop,
    height,
    onScroll: () => {
      // Whole rows only: a scroll within one needs no drawing.
      setScrollTop(Math.floor((area.current?.scrollTop ?? 0) / ROW) * ROW);
    },
  };
}

/** Opens at the newest entry and stays there while new ones come, unless the reader has gone elsewhere. */
function useStartAtEnd(area: React.RefObject<HTMLDivElement | null>, rows: number): void {
  const before = useRef(0);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const end = before.current * ROW - element.clientHeight;
    if (element.scrollTop >= end - ROW) element.scrollTo({ top: rows * ROW });
    before.current = rows;
  }, [area, rows]);
}
