import type { TurnTogether } from '../../../main/core/verdict/model.ts';
import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { duration } from '../../lib/format.ts';
import { navigate } from '../../lib/navigation.ts';
import styles from './explain-view.module.css';

type Props = { readonly view: IncidentView };

/** What a declaration still waits for. */
export function Missing({ view: { judgement } }: Props): ReactNode {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing" className={styles['heading']}>
        Missing for a declaration
      </h2>
      {judgement.missing.length === 0 ? (
        <p className={styles['text']}>
          Nothing: probability and lead are enough and both sides were looked at.
        </p>
      ) : (
        <ul className={styles['list']}>
          {judgement.missing.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many of the changes that would turn the verdict are listed. */
const TURNS = 4;

/** The smallest changes of one answer that would turn the verdict. */
export function Turns({ view: { judgement, state } }: Props): ReactNode {
  const [first, ...others] = judgement.turns;
  return (
    <section aria-labelledby="turns">
      <h2 id="turns" className={styles['heading']}>
        Smallest change that would turn it
      </h2>
      {first === undefined ? (
        <NoneAlone together={judgement.turnTogether} />
      ) : (
        <ol className={styles['list']}>
          {[first, ...others].slice(0, TURNS).map((turn) => (
            <li key={`${turn.check} ${turn.to}`}>
              “{turn.question}” <strong>{turn.toLabel}</strong> instead of {turn.from}: then{' '}
              <SideTag side={turn.verdict} />. <Ask id={state.id} check={turn.check} words="Look again" />
            </li>
          ))}
        </ol>
      )}
      {judgement.turns.length > TURNS && (
        <p className={styles['muted']}>and {judgement.turns.length - TURNS} larger changes</p>
      )}
    </section>
  );
}

function NoneAlone({ together }: { readonly together: TurnTogether | null }): ReactNode {
  const none = 'No single answer, given differently, would turn the verdict';
  if (together === null) return <p className={styles['text']}>{none}.</p>;
  const [one, other] = together.changes;
  return (
    <p className={styles['text']}>
      {none}; two together would: “{one.question}” <strong>{one.toLabel}</strong> instead of {one.from}, and “
      {other.question}” <strong>{other.toLabel}</strong> instead of {other.from}. Then{' '}
      <SideTag side={together.verdict} />.
    </p>
  );
}

/** Checks that were put and could not be made. They weigh nothing; they are not fine. */
export function Holes({ view }: Props): ReactNode {
  const { judgement, playbook, state } = view;
  return (
    <section aria-labelledby="holes">
      <h2 id="holes" className={styles['heading']}>
        Holes
      </h2>
      {judgement.holes.length === 0 && (
        <p className={styles['text']}>Every check that was put has an answer.</p>
      )}
      <ul className={styles['plain']}>
        {judgement.holes.map((id) => (
          <li key={id} className={styles['line']}>
            <StatusMark
              status="could_not_check"
              word={playbook.checks.find((one) => one.id === id)?.title ?? id}
            />
            <Ask id={state.id} check={id} words="Try again" />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Checks not put yet, with the most that any of their answers could move. */
export function Unchecked({ view }: Props): ReactNode {
  const { judgement, playbook, state } = view;
  const most = Math.max(1, ...judgement.unchecked.map(({ atMost }) => atMost));
  return (
    <section aria-labelledby="unchecked">
      <h2 id="unchecked" className={styles['heading']}>
        Not checked yet, and how much it could matter
      </h2>
      {judgement.unchecked.length === 0 && (
        <p className={styles['text']}>Every check that applies was put.</p>
      )}
      <ul className={styles['plain']}>
        {judgement.unchecked.map(({ check: id, atMost }) => {
          const check = playbook.checks.find((one) => one.id === id);
          return (
            <li key={id} className={styles['line']}>
              <span className={styles['name']}>{check?.title ?? id}</span>
              <svg
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                className={styles['reach']}
                aria-hidden="true"
              >
                <rect width={(atMost / most) * 100} height="8" />
              </svg>
              <span className={styles['number']}>{atMost.toFixed(1)}</span>
              <span className={styles['number']}>
                {check === undefined ? '' : duration(check.costMinutes)}
              </span>
              <Ask id={state.id} check={id} words="Ask" />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Ask({
  id,
  check,
  words,
}: {
  readonly id: string;
  readonly check: string;
  readonly words: string;
}): ReactNode {
  return (
    <Button
      variant="quiet"
      className={styles['ask']}
      aria-label={`${words}: ${check}`}
      onPress={() => {
        navigate({ view: 'incident', id, tab: 'triage', query: { check } });
      }}
    >
      {words}
    </Button>
  );
}
