import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { duration } from '../../lib/format.ts';
import { TRIAGE_KEYS } from './answer-keys.ts';
import { Answers } from './answers.tsx';
import type { AtHand } from './at-hand.ts';
import type { CurrentCheck } from './current-check.ts';
import { NoteAndEvidence } from './note-and-evidence.tsx';
import styles from './question.module.css';
import { useSession, type Panel } from './session-store.ts';
import { suggestionWords } from './suggestion-words.ts';
import type { Triage } from './use-triage.ts';

/** The one question that is asked now, in the largest type, with its answers, its note and its evidence. */
export function Question({
  triage,
  current,
}: {
  readonly triage: Triage;
  readonly current: CurrentCheck;
}): ReactNode {
  const { check, why } = current;
  const heading = useFocusedHeading();
  const unsaved = useSession((session) => session.unsaved);
  const { before } = triage;
  const number = before?.number ?? triage.path.length + 1;
  const toHeading = (): void => heading.current?.focus();

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !isQuestionItself(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    if (unsaved === null) triage.confirm(null);
    else triage.retry();
  };

  return (
    <section className={styles['question']} aria-labelledby="question" onKeyDownCapture={onKeyDown}>
      <div className={styles['kicker']}>
        <span>
          Check {number}: {check.title}
        </span>
        {check.side === 'both' ? (
          <span className={styles['both']}>both sides</span>
        ) : (
          <SideTag side={check.side} word={check.side === 'provider' ? "provider's side" : 'our side'} />
        )}
        <span>about {duration(check.costMinutes)}</span>
        <span className={styles['why']} title={why}>
          Why: {why}
        </span>
      </div>
      <h2
        id="question"
        ref={heading}
        tabIndex={-1}
        className={styles['text']}
        aria-describedby="question-why"
      >
        {check.question}
      </h2>
      <span id="question-why" hidden>
        {why}
      </span>
      {before !== undefined && (
        <p className={styles['before']}>
          Answered: <strong>{before.answer}</strong>
          {before.observation.note !== '' && `, “${before.observation.note}”`}. A new answer supersedes it;
          the old one stays in the trail.
        </p>
      )}
      {triage.atHand !== null && <AtHandLine triage={triage} check={check} atHand={triage.atHand} />}
      {triage.isClosed && <p className={styles['before']}>This incident is closed. Reopen it to answer.</p>}
      <Answers triage={triage} current={current} />
      <NoteAndEvidence triage={triage} onLeave={toHeading} />
      {unsaved !== null && <Unsaved triage={triage} />}
      <Hints triage={triage} current={current} />
    </section>
  );
}

/** What is at hand for the question, and the one key that uses it. */
function AtHandLine({
  triage,
  check,
  atHand,
}: {
  readonly triage: Triage;
  readonly check: CurrentCheck['check'];
  readonly atHand: AtHand;
}): ReactNode {
  const words = suggestionWords(atHand, triage.keys, check);
  return (
    <div className={styles['atHand']} data-from={atHand.from}>
      <p className={styles['suggestion']} title={words}>
        {words}
      </p>
      {triage.takeAtHand !== null && (
        <Button variant="quiet" keys={TRIAGE_KEYS.useAtHand} onPress={triage.takeAtHand}>
          Use it
        </Button>
      )}
    </div>
  );
}

/** Takes the focus when the view opens and whenever a question replaces another, so that a key is never lost. */
function useFocusedHeading(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const calls = useSession((session) => session.focusCalls);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [calls]);
  return heading;
}

/** Enter belongs to the question when the question or one of its answers has the focus, not when a button has. */
function isQuestionItself(target: EventTarget): boolean {
  return target instanceof Element && target.closest('#question, [data-several]') !== null;
}

function Unsaved({ triage }: { readonly triage: Triage }): ReactNode {
  return (
    <Callout
      kind="fault"
      action={
        <Button keys="Enter" onPress={triage.retry}>
          Try again
        </Button>
      }
    >
      Not saved. Your answer is kept here; press Enter to try again.
    </Callout>
  );
}

function Hints({ triage, current }: { readonly triage: Triage; readonly current: CurrentCheck }): ReactNode {
  const panel = useSession((session) => session.panel);
  const set = useSession((session) => session.set);
  const better = triage.view.playbook.checks.find(({ id }) => id === current.better);
  const toggle = (which: Panel) => () => {
    set({ panel: panel === which ? null : which });
  };
  return (
    <div className={styles['hints']}>
      <Button
        variant="quiet"
        keys={TRIAGE_KEYS.howTo}
        onPress={toggle('how')}
        aria-expanded={panel === 'how'}
      >
        How to find out
      </Button>
      <Button
        variant="quiet"
        keys={TRIAGE_KEYS.others}
        onPress={toggle('others')}
        aria-expanded={panel === 'others'}
      >
        Ask another check
      </Button>
      {triage.back !== null && (
        <Button variant="quiet" keys={TRIAGE_KEYS.back} onPress={triage.back}>
          Back
        </Button>
      )}
      {triage.isChosen && (
        <Button
          variant="quiet"
          keys="Escape"
          onPress={() => {
            triage.show(null);
          }}
        >
          To the next check
        </Button>
      )}
      {triage.undo !== null && (
        <Button variant="quiet" keys={TRIAGE_KEYS.undo} onPress={triage.undo}>
          Undo last answer
        </Button>
      )}
      {better !== undefined && (
        <span className={styles['better']}>More telling now: {better.title} (ask another check)</span>
      )}
    </div>
  );
}
