import { useState, type ReactNode } from 'react';
import type { Contact } from '../../../main/core/escalation/contact.ts';
import type { PageOutcome } from '../../../main/core/escalation/escalation.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { Time } from '../../components/time.tsx';
import { useCommands } from '../../lib/commands.ts';
import { navigate } from '../../lib/navigation.ts';
import { ROLE_WORDS } from '../../lib/words.ts';
import { Countdown } from './countdown.tsx';
import styles from './level.module.css';
import type { LevelStanding } from './levels.ts';
import { OUTCOMES } from './outcomes.ts';
import { PageDialog } from './page-dialog.tsx';

/** One level: what to do, by when, whom to call, and what came of it. The keys work on the level that is due next. */
export function Level({
  number,
  standing,
  isNext,
  isClosed,
}: {
  readonly number: number;
  readonly standing: LevelStanding;
  readonly isNext: boolean;
  readonly isClosed: boolean;
}): ReactNode {
  const { level, status } = standing;
  const [recording, record] = useState<PageOutcome | null>(null);
  useCommands(
    isNext
      ? OUTCOMES.map(({ outcome, key, title }) => ({
          id: `escalation.${outcome}`,
          title: `${level.title}: ${title.toLowerCase()}`,
          keys: [key],
          group: 'Answer' as const,
          run: () => {
            record(outcome);
          },
        }))
      : [],
  );
  return (
    <li className={styles['level']} data-status={status} data-next={isNext} aria-label={`Level ${number}`}>
      <div className={styles['head']}>
        <span className={styles['number']}>{number}</span>
        <h2 className={styles['title']}>{level.title}</h2>
        <Standing standing={standing} isClosed={isClosed} />
      </div>
      <p className={styles['instruction']}>{level.instruction}</p>
      <div className={styles['body']}>
        <Contacts standing={standing} />
        {!isClosed && (
          <div className={styles['actions']}>
            {OUTCOMES.map(({ outcome, key, title }) => (
              <Button
                key={outcome}
                {...(isNext && { keys: key })}
                onPress={() => {
                  record(outcome);
                }}
              >
                {title}
              </Button>
            ))}
          </div>
        )}
      </div>
      <LastAttempt standing={standing} />
      {recording !== null && (
        <PageDialog
          level={level}
          outcome={recording}
          onClose={() => {
            record(null);
          }}
        />
      )}
    </li>
  );
}

/** What came of the latest attempt, so that nobody rings twice without knowing. */
function LastAttempt({ standing: { pages } }: { readonly standing: LevelStanding }): ReactNode {
  const last = pages.at(-1);
  if (last === undefined) return null;
  const past = OUTCOMES.find(({ outcome }) => outcome === last.outcome)?.past ?? last.outcome;
  return (
    <p className={styles['last']}>
      {pages.length > 1 && `${pages.length} attempts, the last: `}
      {last.contactName}, {past} at <Time at={last.at} />, recorded by {last.by}
      {last.note !== '' && `: ${last.note}`}
    </p>
  );
}

function Standing({
  standing: { level, status, leftMs },
  isClosed,
}: {
  readonly standing: LevelStanding;
  readonly isClosed: boolean;
}): ReactNode {
  switch (status) {
    case 'done':
      return <StatusMark status="fine" word="done" />;
    case 'answered':
      return <StatusMark status="fine" word="answered" />;
    case 'waiting':
    case 'overdue':
      return (
        <span className={styles['when']}>
          {!isClosed && <Countdown leftMs={leftMs} title={level.title} />}
          <span className={styles['muted']}>
            due <Time at={level.due} />
          </span>
        </span>
      );
  }
}

function Contacts({ standing: { level } }: { readonly standing: LevelStanding }): ReactNode {
  if (level.contacts.length === 0)
    return (
      <p className={styles['nobody']}>
        <StatusMark
          status="outage"
          word={`Nobody to call for ${ROLE_WORDS[level.who]}: add one in Contacts.`}
        />
        <Button
          onPress={() => {
            navigate({ view: 'contacts' });
          }}
        >
          Open contacts
        </Button>
      </p>
    );
  return (
    <ul className={styles['contacts']}>
      {level.contacts.map((contact) => (
        <Person key={contact.id} contact={contact} />
      ))}
    </ul>
  );
}

function Person({ contact }: { readonly contact: Contact }): ReactNode {
  const { name, role, organisation, phone, mail, note } = contact;
  return (
    <li className={styles['person']}>
      <div>
        <strong className={styles['name']}>{name}</strong>
        <div className={styles['muted']}>
          {[ROLE_WORDS[role], organisation].filter((part) => part !== '').join(', ')}
        </div>
      </div>
      <div>
        {phone === '' ? (
          <span className={styles['muted']}>no phone number</span>
        ) : (
          <span className={styles['reach']}>
            <span className={styles['phone']}>{phone}</span>
            <CopyButton text={phone} what={`the phone number of ${name}`} />
          </span>
        )}
        {mail !== '' && (
          <span className={styles['reach']}>
            <span className={styles['mail']}>{mail}</span>
            <CopyButton text={mail} what={`the mail address of ${name}`} />
          </span>
        )}
      </div>
      {note !== '' && <p className={styles['note']}>{note}</p>}
    </li>
  );
}
