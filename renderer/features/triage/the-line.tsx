import type { ReactNode } from 'react';
import type { Hypothesis } from '../../../main/core/sides.ts';
import type { SpreadFinding } from '../../../main/core/verdict/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { percent } from '../../lib/format.ts';
import { SIDE_WORDS } from '../../lib/words.ts';
import { byProbability, isUntouched, linePicture, whatMoved } from './line-picture.ts';
import styles from './the-line.module.css';

const SPREAD_WORDS: Readonly<Record<SpreadFinding['side'], string>> = {
  provider: 'Provider',
  customer: 'Customer',
  not_yet_looked_at: 'not yet looked at',
  not_indicated: 'nothing points to it',
};

/** The bar across the top: from the line towards the side that the answers speak for. */
export function LineBar({ view }: { readonly view: IncidentView }): ReactNode {
  const { judgement } = view;
  // What was known before any answer is no finding of this incident, and must not look like one.
  const { offset } = isUntouched(judgement) ? { offset: 0 } : linePicture(judgement.probabilities);
  // A transform is moved by the compositor, so the bar is smooth whatever else is drawn.
  const share = Math.abs(offset);
  return (
    <div className={styles['track']} aria-hidden="true">
      <div className={styles['half']}>
        <div
          className={`${styles['fill']} ${styles['left']}`}
          style={{ transform: `scaleX(${offset < 0 ? share : 0})` }}
        />
      </div>
      <div className={styles['middle']} data-leading={judgement.leading} />
      <div className={styles['half']}>
        <div
          className={`${styles['fill']} ${styles['right']}`}
          style={{ transform: `scaleX(${offset > 0 ? share : 0})` }}
        />
      </div>
    </div>
  );
}

/** The verdict in words on the line: who leads and by how much, what moved it last, trigger and spread. */
export function TheLine({ view }: { readonly view: IncidentView }): ReactNode {
  const { judgement, playbook, state } = view;
  const { probabilities, declared, leading } = judgement;
  const moved = whatMoved(
    state,
    judgement,
    (id) => playbook.checks.find((one) => one.id === id)?.title ?? id,
  );
  const [first = leading, ...others] = byProbability(probabilities);
  return (
    <section className={styles['line']} aria-label="The line: verdict so far">
      {isUntouched(judgement) ? (
        <>
          <p className={styles['verdict']} aria-live="polite">
            <span className={styles['lead']}>Nothing checked yet</span>
          </p>
          <p className={styles['others']} title={judgement.priorReason}>
            Before any check:{' '}
            {[first, ...others].map((side) => ofSide(side, probabilities[side])).join(' · ')}
          </p>
        </>
      ) : (
        <>
          <p className={styles['verdict']} aria-live="polite">
            <span className={styles['kind']}>{declared ? 'Verdict' : 'Inconclusive, leans to'}</span>{' '}
            <span className={styles['lead']}>
              <SideTag side={leading} />{' '}
              <span className={styles['percent']}>{percent(probabilities[leading])}</span>
            </span>
          </p>
          <p className={styles['others']}>
            {others.map((side) => ofSide(side, probabilities[side])).join(' · ')}
          </p>
        </>
      )}
      <p className={styles['moved']} data-towards={moved.towards ?? 'none'}>
        {moved.text}
      </p>
      <dl className={styles['facts']}>
        <dt>Trigger</dt>
        <dd>
          {judgement.trigger === 'inconclusive' ? (
            <span className={styles['open']}>not decided</span>
          ) : (
            <SideTag side={judgement.trigger} />
          )}
        </dd>
        <dt>Spread</dt>
        <dd title={judgement.spread.reason}>
          {judgement.spread.side === 'provider' || judgement.spread.side === 'customer' ? (
            <SideTag side={judgement.spread.side} />
          ) : (
            <span className={styles['open']}>{SPREAD_WORDS[judgement.spread.side]}</span>
          )}
        </dd>
      </dl>
    </section>
  );
}

function ofSide(side: Hypothesis, probability: number): string {
  // No line may break between a side and its number.
  return `${SIDE_WORDS[side].toLowerCase()} ${percent(probability)}`.replaceAll(' ', '\u00a0');
}
