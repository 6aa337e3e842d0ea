import { useId, type ReactNode } from 'react';
import type { Instant } from '../../../main/core/time.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { TextField } from '../../components/text-field.tsx';
import {
  duration,
  localDateTime,
  localMinute,
  localOffset,
  utcDateTime,
  utcMinute,
} from '../../lib/format.ts';
import { minutesBetween, epochMs, instantOf } from '../../../main/core/instants.ts';
import { parseWhen, type Clock } from './when.ts';
import styles from './scope-form.module.css';

const QUICK = [0, 5, 15, 30];

export interface OnsetFieldProps {
  readonly text: string;
  readonly clock: Clock;
  readonly now: Instant;
  readonly fault: string | null;
  readonly onChange: (changes: { readonly onset?: string; readonly clock?: Clock }) => void;
}

/** When it began: typed on either clock or chosen in one press, and always shown on both. */
export function OnsetField({ text, clock, now, fault, onChange }: OnsetFieldProps): ReactNode {
  const reading = useId();
  return (
    <div className={styles['onset']}>
      <TextField
        label="Onset"
        mono
        value={text}
        fault={fault}
        placeholder="17:51"
        aria-describedby={reading}
        onBlur={() => {
          // "15 min ago" is said once and must not wander on with the clock.
          const when = parseWhen(text, now, clock);
          if ('at' in when && !text.includes(':')) onChange({ onset: shortTime(when.at, clock) });
        }}
        onChange={(onset) => {
          onChange({ onset });
        }}
      />
      <Choice
        label="On the clock"
        items={[
          { id: 'utc', label: 'UTC' },
          { id: 'local', label: 'Local' },
        ]}
        value={clock}
        onChange={(chosen) => {
          onChange({ clock: chosen });
        }}
      />
      <div className={styles['quick']} role="group" aria-label="Onset, quick choices">
        {QUICK.map((minutes) => (
          <Button
            key={minutes}
            onPress={() => {
              const at = instantOf(epochMs(now) - minutes * 60_000);
              onChange({ onset: shortTime(at, clock) });
            }}
          >
            {minutes === 0 ? 'Now' : `${minutes} min ago`}
          </Button>
        ))}
      </div>
      {fault === null && (
        <p id={reading} className={styles['reading']}>
          <Reading text={text} clock={clock} now={now} />
        </p>
      )}
    </div>
  );
}

function shortTime(at: Instant, clock: Clock): string {
  return clock === 'utc' ? utcMinute(at) : `${localMinute(at)} local`;
}

/** What the typed text means, on both clocks. */
function Reading({
  text,
  clock,
  now,
}: {
  readonly text: string;
  readonly clock: Clock;
  readonly now: Instant;
}): ReactNode {
  if (text.trim() === '') return 'Any of 17:51, 17:51Z, 2025-06-12 17:51 or 15 min ago.';
  const when = parseWhen(text, now, clock);
  if ('fault' in when) return when.fault;
  return (
    <span className={styles['moment']}>
      {utcDateTime(when.at)} · {localDateTime(when.at)} local ({localOffset(when.at)}) ·{' '}
      {duration(minutesBetween(when.at, now))} ago
    </span>
  );
}
