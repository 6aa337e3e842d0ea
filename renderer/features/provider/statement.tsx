import type { ReactNode } from 'react';
import type { StatedEvent } from '../../../main/core/feeds/statement.ts';
import type { Instant } from '../../../main/core/time.ts';
import type { FeedStatementView } from '../../../preload/contract/feed-history-requests.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import { Time } from '../../components/time.tsx';
import { feedWord } from '../../lib/feed-words.ts';
import { bytes, counted, shortHash, sinceOnset } from '../../lib/format.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import styles from './provider-view.module.css';
import { RawItem } from './raw-event.tsx';

/** In a pause nobody knows what a feed says, whatever it said before. */
const NOT_ASKED = { status: 'could_not_check', word: 'not asked' } as const;

/** What a feed said at one moment, with the polls that gave it and the bytes behind it. */
export function Statement({
  view,
  statement,
  isPast,
}: {
  readonly view: IncidentView;
  readonly statement: FeedStatementView;
  readonly isPast: boolean;
}): ReactNode {
  const { onset } = view.state.scope;
  const { events, unrelated, rejected } = statement;
  const said = feedWord({ ...statement, matches: events.map(({ match }) => match) });
  const { status, word } = statement.paused ? NOT_ASKED : said;
  return (
    <div className={styles['statement']} aria-live={isPast ? 'polite' : 'off'}>
      <h2 className={styles['title']}>
        <StatusMark status={status} word={word} /> <span>{statement.name}</span>
      </h2>
      <Source statement={statement} onset={onset} said={said.word} />
      {statement.reason !== '' && <p className={styles['reason']}>{statement.reason}</p>}
      {events.map((event) => (
        <Event key={event.event.nativeId} stated={event} onset={onset}>
          {statement.snapshot !== null && (
            <RawItem
              key={statement.snapshot.sha256}
              incidentId={view.state.id}
              statement={statement}
              nativeId={event.event.nativeId}
            />
          )}
        </Event>
      ))}
      {unrelated > 0 && (
        <p className={styles['muted']}>
          {unrelated === 1 ? '1 other event does' : `${unrelated} other events do`} not concern this incident.
        </p>
      )}
      {rejected.length > 0 && (
        <details>
          <summary>{counted(rejected.length, 'item')} could not be read</summary>
          <ul>
            {rejected.map(({ place, reason }) => (
              <li key={place}>
                <code>{place}</code>: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** A moment with its minutes since onset; `minute` where they were counted already. */
function Moment({
  at,
  onset,
  minute = null,
}: {
  readonly at: Instant;
  readonly onset: Instant;
  readonly minute?: number | null;
}): ReactNode {
  return (
    <>
      <strong>{sinceOnset(minute ?? Math.floor(minutesBetween(onset, at)))}</strong> <Time at={at} />
    </>
  );
}

/** Which polls gave it, and what is kept of them. */
function Source({
  statement,
  onset,
  said,
}: {
  readonly statement: FeedStatementView;
  readonly onset: Instant;
  /** The word for what these polls gave. */
  readonly said: string;
}): ReactNode {
  const { polled, paused, snapshot, lastGood } = statement;
  if (polled === null) return <p className={styles['reason']}>It had not been asked by then.</p>;
  const { from, until, polls } = polled;
  return (
    <>
      <p className={styles['muted']}>
        {polls === 1 ? 'Read once, at ' : `Read ${polls} times, the same each time, from `}
        <Moment at={from} onset={onset} />
        {polls > 1 && (
          <>
            {' to '}
            <Moment at={until} onset={onset} />
          </>
        )}
        {snapshot !== null && (
          <>
            {' · '}
            {bytes(snapshot.size)}, SHA-256 <code title={snapshot.sha256}>{shortHash(snapshot.sha256)}</code>
          </>
        )}
      </p>
      {paused && (
        <p className={styles['reason']}>
          Nobody asked after that. Its last answer was: {said}. Whether it still said so is not known.
        </p>
      )}
      {lastGood !== null && (
        <p className={styles['muted']}>
          Last good answer before: <Moment at={lastGood} onset={onset} />
        </p>
      )}
    </>
  );
}

/** One event with all that is claimed of it, and what our own history knows better. */
function Event({
  stated,
  onset,
  children,
}: {
  readonly stated: StatedEvent;
  readonly onset: Instant;
  readonly children: ReactNode;
}): ReactNode {
  const { match, event, starts, firstSeen, notYet } = stated;
  const concerns = match.degree === 'matching';
  const word = event.updates.at(-1);
  return (
    <article className={styles['event']} data-concerns={concerns}>
      <h3 className={styles['name']}>{event.title}</h3>
      <p className={styles['why']}>
        {concerns ? 'Concerns us. ' : 'Does not fit. '}
        {match.reason}
      </p>
      <dl className={styles['facts']}>
        {starts.map(({ claimed, since }, index) => (
          <Fact key={since} label={index === 0 ? 'Claimed start' : 'Start moved to'}>
            {claimed === null ? 'not said' : <Moment at={claimed} onset={onset} />}
            {starts.length > 1 && (
              <span className={styles['muted']}>
                {' '}
                read by us {sinceOnset(Math.floor(minutesBetween(onset, since)))}
              </span>
            )}
          </Fact>
        ))}
        {event.claimedEnd !== null && (
          <Fact label="Claimed end">
            <Moment at={event.claimedEnd} onset={onset} />
          </Fact>
        )}
        {match.publishedAt !== null && (
          <Fact label="First public word">
            <Moment at={match.publishedAt} onset={onset} minute={match.lagMinutes} />{' '}
            <span className={styles['muted']}>by its stamps</span>
          </Fact>
        )}
        <Fact label="First read by us">
          <Moment at={firstSeen} onset={onset} />
          <span className={styles['muted']}>
            {notYet === null
              ? ' there from the first reading on'
              : ` not yet at ${sinceOnset(Math.floor(minutesBetween(onset, notYet)))}`}
          </span>
        </Fact>
        {event.lastUpdate !== null && (
          <Fact label="Last update">
            <Moment at={event.lastUpdate} onset={onset} />
          </Fact>
        )}
        <Fact label="Severity">
          {event.severity.mapped} <span className={styles['muted']}>{event.severity.native}</span>
        </Fact>
        <Names label="Services" names={event.services} />
        <Names label="Regions" names={event.regions} />
      </dl>
      {word !== undefined && (
        <details className={styles['words']}>
          <summary>Its words, {counted(event.updates.length, 'update')}, the latest first</summary>
          {event.updates.toReversed().map((update, index) => (
            <p key={index}>
              {update.at !== null && <Moment at={update.at} onset={onset} />} {update.text}
            </p>
          ))}
        </details>
      )}
      {children}
    </article>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** So many names fit in a glance; the rest opens. */
const AT_A_GLANCE = 6;

function Names({ label, names }: { readonly label: string; readonly names: readonly string[] }): ReactNode {
  if (names.length === 0) return null;
  const rest = names.slice(AT_A_GLANCE);
  return (
    <Fact label={label}>
      {names.slice(0, AT_A_GLANCE).join(', ')}
      {rest.length > 0 && (
        <details className={styles['more']}>
          <summary>and {rest.length} more</summary>
          {rest.join(', ')}
        </details>
      )}
    </Fact>
  );
}
