import type { ReactNode } from 'react';
import type { VerdictMomentView } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { percent, sinceOnset } from '../../lib/format.ts';
import styles from './history.module.css';
import { PICTURE, roomFor, SIDES, spanOf, stepPath, ticksOf, xOf, yOf } from './moves.ts';

const SHAPES: Readonly<Record<VerdictMomentView['kind'], string>> = {
  answer: '●',
  hole: '?',
  withdrawn: '↶',
  other: '◇',
};

/** The probabilities over time, with a numbered mark for each answer. Hidden from screen readers: the table says the same. */
export function HistoryPicture({
  moments,
  declareAt,
}: {
  readonly moments: readonly VerdictMomentView[];
  readonly declareAt: number;
}): ReactNode {
  const span = spanOf(moments);
  const { width, height, left, right, top, bottom } = PICTURE;
  const hasRoom = roomFor(moments.map(({ minute }) => xOf(minute, span)));
  return (
    <div className={styles['picture']} aria-hidden="true">
      <svg viewBox={`0 0 ${width} ${height}`}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={left} x2={width - right} y1={yOf(share)} y2={yOf(share)} className={styles['grid']} />
            <text x={left - 6} y={yOf(share) + 4} textAnchor="end" className={styles['axis']}>
              {share * 100} %
            </text>
          </g>
        ))}
        <line
          x1={left}
          x2={width - right}
          y1={yOf(declareAt)}
          y2={yOf(declareAt)}
          className={styles['threshold']}
        />
        <text x={width - right} y={yOf(declareAt) - 4} textAnchor="end" className={styles['axis']}>
          {percent(declareAt)} to declare
        </text>
        {ticksOf(span).map((minute) => (
          <text
            key={minute}
            x={xOf(minute, span)}
            y={height - 6}
            textAnchor="middle"
            className={styles['axis']}
          >
            {sinceOnset(minute)}
          </text>
        ))}
        {moments.map(({ minute, kind }, at) => (
          <g key={at}>
            <line
              x1={xOf(minute, span)}
              x2={xOf(minute, span)}
              y1={top - 6}
              y2={height - bottom}
              className={styles['mark']}
            />
            {hasRoom[at] === true && (
              <text x={xOf(minute, span)} y={top - 10} textAnchor="middle" className={styles['axis']}>
                {SHAPES[kind]}
                {at}
              </text>
            )}
          </g>
        ))}
        {SIDES.map((side) => (
          <path
            key={side}
            d={stepPath(moments, side, span)}
            className={`${styles['series'] ?? ''} ${styles[side] ?? ''}`}
          />
        ))}
      </svg>
      <ul className={styles['legend']}>
        {SIDES.map((side) => (
          <li key={side}>
            <SideTag side={side} /> {percent(moments.at(-1)?.probabilities[side] ?? 0)}
          </li>
        ))}
        <li className={styles['muted']}>● answer · ? could not check · ↶ withdrawn · ◇ other</li>
      </ul>
    </div>
  );
}
