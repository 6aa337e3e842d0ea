import type { ReactNode } from 'react';
import type { Hypothesis } from '../../../main/core/sides.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { percent, sinceOnset } from '../../lib/format.ts';
import { minutesFrom } from '../../lib/instant.ts';
import { SIDE_WORDS } from '../../lib/words.ts';
import { build, polyline, type Moment } from './bars.ts';
import styles from './history.module.css';

const SIDES: readonly Hypothesis[] = ['provider', 'customer', 'shared', 'third_party'];
const WIDTH = 600;
const HEIGHT = 120;

/** How the probabilities moved: the standing answers one after the other, and what the trail says was held when. */
export function History({ view }: { readonly view: IncidentView }): ReactNode {
  const { judgement, playbook, state } = view;
  const moments = build(
    judgement.prior,
    judgement.contributions,
    (id) => playbook.checks.find((one) => one.id === id)?.title ?? id,
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history" className={styles['heading']}>
        How the probabilities moved
      </h2>
      <p className={styles['muted']}>
        The answers that stand, one after the other as they were given. The table below says the same.
      </p>
      {moments.length > 1 && <Picture moments={moments} />}
      <div className={styles['scroll']}>
        <Numbers moments={moments} />
      </div>
      {state.verdicts.length > 0 && (
        <>
          <h3 className={styles['heading']}>What was held when</h3>
          <ul className={styles['list']}>
            {state.verdicts.map((one) => (
              <li key={one.at + one.because}>
                {sinceOnset(minutesFrom(state.scope.onset, one.at))}: <SideTag side={one.verdict} />
                {one.verdict === 'inconclusive' &&
                  `, leaning to ${SIDE_WORDS[one.leading].toLowerCase()}`}{' '}
                {percent(one.probabilities[one.leading])}{' '}
                <span className={styles['muted']}>{one.because}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Picture({ moments }: { readonly moments: readonly Moment[] }): ReactNode {
  return (
    <div className={styles['picture']} aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        {[0, 0.5, 1].map((share) => (
          <line
            key={share}
            x1="0"
            x2={WIDTH}
            y1={share * HEIGHT}
            y2={share * HEIGHT}
            className={styles['grid']}
          />
        ))}
        {SIDES.map((side) => (
          <polyline
            key={side}
            points={polyline(moments, side, WIDTH, HEIGHT)}
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
      </ul>
    </div>
  );
}

function Numbers({ moments }: { readonly moments: readonly Moment[] }): ReactNode {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Since onset</th>
          <th scope="col">Answer</th>
          {SIDES.map((side) => (
            <th key={side} scope="col">
              {SIDE_WORDS[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {moments.map(({ minute, what, probabilities }, at) => (
          <tr key={at}>
            <td>{minute === null ? '' : sinceOnset(minute)}</td>
            <td className={styles['what']}>{what}</td>
            {SIDES.map((side) => (
              <td key={side}>{percent(probabilities[side])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
