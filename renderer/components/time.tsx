import type { ReactNode } from 'react';
import type { Instant } from '../../main/core/time.ts';
import {
  localDateTime,
  localMinute,
  localOffset,
  localTime,
  utcDateTime,
  utcMinute,
  utcTime,
} from '../lib/format.ts';
import { useSettings } from '../lib/settings-store.ts';
import styles from './time.module.css';

export interface TimeProps {
  readonly at: Instant;
  /** Shows the date too. */
  readonly withDate?: boolean;
}

/** A moment on both clocks, `14:03:22Z · 16:03 local`; the one chosen in the settings comes first. */
export function Time({ at, withDate = false }: TimeProps): ReactNode {
  const clock = useSettings((store) => store.settings.clock);
  const [first, second] =
    clock === 'utc'
      ? [withDate ? utcDateTime(at) : utcTime(at), `${localMinute(at)} local`]
      : [`${withDate ? localDateTime(at) : localTime(at)} local`, utcMinute(at)];
  return (
    <time
      className={styles['time']}
      dateTime={at}
      title={`${utcDateTime(at)} · ${localDateTime(at)} ${localOffset(at)}`}
    >
      <span className={styles['first']}>{first}</span>
      <span className={styles['second']}> · {second}</span>
    </time>
  );
}
