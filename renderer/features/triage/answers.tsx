import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { cx } from '../../lib/cx.ts';
import { readNumber, WAY_OUT } from './answer-keys.ts';
import type { CurrentCheck } from './current-check.ts';
import styles from './question.module.css';
import { useSession } from './session-store.ts';
import type { Triage } from './use-triage.ts';

/** The answers with their keys; for a check that takes several, marks and a way to confirm them. */
export function Answers({
  triage,
  current,
}: {
  readonly triage: Triage;
  readonly current: CurrentCheck;
}): ReactNode {
  const { check } = current;
  const { keys, prepared, atHand, before } = triage;
  const many = keys.length > 8;
  return (
    <div
      className={cx(styles['answers'], many && styles['many'])}
      role="group"
      aria-label="Answers"
      {...(check.several && { 'data-several': '' })}
    >
      {keys.map(({ answer, key }) => {
        const marked = check.several && prepared.marked.includes(answer.id);
        return (
          <Button
            key={answer.id}
            variant="answer"
            keys={key}
            isDisabled={triage.isClosed}
            className={cx(
              styles['answer'],
              marked && styles['marked'],
              answer.id === WAY_OUT && styles['wayOut'],
              atHand?.answers.includes(answer.id) && styles['suggested'],
            )}
            {...(check.several && answer.id !== WAY_OUT && { 'aria-pressed': marked })}
            onPress={() => {
              triage.press(answer);
            }}
          >
            {marked && <span aria-hidden="true">✓ </span>}
            {answer.label}
            {before?.observation.answers.includes(answer.id) === true && (
              <span className={styles['stands']}> stands</span>
            )}
          </Button>
        );
      })}
      {check.several && (
        <Button
          variant="primary"
          keys="Enter"
          className={styles['confirm']}
          isDisabled={prepared.marked.length === 0 || triage.isClosed}
          onPress={() => {
            triage.confirm(null);
          }}
        >
          {prepared.marked.length === 0 ? 'Mark all that apply' : `Confirm ${prepared.marked.length}`}
        </Button>
      )}
      {prepared.numberOf !== null && <NumberField triage={triage} current={current} />}
    </div>
  );
}

/** Asks the number that goes with an answer; Enter gives it, Esc lets it be. */
function NumberField({
  triage,
  current,
}: {
  readonly triage: Triage;
  readonly current: CurrentCheck;
}): ReactNode {
  const { check } = current;
  const { numberText } = triage.prepared;
  const callFocus = useSession((session) => session.callFocus);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const number = readNumber(numberText);
  const unit = check.asksNumber?.unit ?? '';
  return (
    <form
      className={styles['number']}
      onSubmit={(event) => {
        event.preventDefault();
        triage.confirm(number);
      }}
    >
      <TextField
        label={`${check.asksNumber?.label ?? 'Number'}${unit === '' ? '' : ` (${unit})`}`}
        inputRef={field}
        inputMode="decimal"
        value={numberText}
        fault={numberText !== '' && number === null ? 'A number is needed, such as 12 or 0.5.' : null}
        onChange={(text) => {
          triage.prepare({ numberText: text });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') {
            event.continuePropagation();
            return;
          }
          triage.prepare({ numberOf: null });
          callFocus();
        }}
      />
      <Button type="submit" variant="primary" keys="Enter" isDisabled={number === null}>
        Answer
      </Button>
    </form>
  );
}
