import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { ProviderWord } from '../../../main/core/evidence/provider-words.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { Time } from '../../components/time.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { sinceOnset } from '../../lib/format.ts';
import { AttachMark } from './attach-mark.tsx';
import styles from './evidence-view.module.css';
import { isRecordAttached } from './record-words.ts';
import { useAttachToIncident } from './use-attach-to-incident.ts';

/** What the provider reports of itself in our own files: it speaks for the provider's side of the line. */
export function ProviderWords({
  view,
  words,
  found,
}: {
  readonly view: IncidentView;
  readonly words: readonly ProviderWord[];
  /** How many there are; the words are the first of them. */
  readonly found: number;
}): ReactNode {
  const attach = useAttachToIncident(view.state.id);
  const isOpen = !isAtRest(view.state);
  return (
    <section aria-labelledby="provider-words">
      <h2 id="provider-words" className={styles['heading']}>
        What the provider reports of itself in these files{' '}
        <span className={styles['muted']}>
          it speaks for its side{found > words.length && `; the first ${words.length} of ${found}`}
        </span>
      </h2>
      <GridList
        aria-label="What the provider reports of itself; Enter attaches one as evidence"
        className={styles['list'] ?? ''}
        onAction={(key) => {
          const word = words.find(({ record }) => record.id === key);
          if (word !== undefined && isOpen) void attach.record(word.record.id, word.record.name);
        }}
      >
        {words.map((word) => (
          <GridListItem
            key={word.record.id}
            id={word.record.id}
            textValue={word.record.name}
            className={styles['item'] ?? ''}
          >
            <Word view={view} word={word} isOpen={isOpen} />
          </GridListItem>
        ))}
      </GridList>
    </section>
  );
}

function fitWords({ flags }: ProviderWord['record'], matches: boolean): string {
  if (matches) return 'It fits what fails.';
  return flags.includes('provider_issue')
    ? 'It does not name a service and region that fail.'
    : 'A call of ours that CloudTrail delivered late, for an outage of its own: that says nothing of what fails.';
}

function Word({
  view,
  word: { record, matches },
  isOpen,
}: {
  readonly view: IncidentView;
  readonly word: ProviderWord;
  readonly isOpen: boolean;
}): ReactNode {
  return (
    <>
      <span />
      <div>
        <strong>{sinceOnset(minutesBetween(view.state.scope.onset, record.at))}</strong>
        <div className={styles['small']}>
          <Time at={record.at} />
        </div>
      </div>
      <div className={styles['what']}>
        <div>
          <SideTag side="provider" /> <code className={styles['name']}>{record.name}</code>
        </div>
        {record.detail !== '' && <div className={styles['small']}>{record.detail}</div>}
        <div className={styles['small']}>
          {[record.source, record.region, record.resources[0]]
            .filter((part) => part !== undefined && part !== '')
            .join(' · ')}
        </div>
        <div className={styles['small']}>{fitWords(record, matches)}</div>
      </div>
      <AttachMark attached={isRecordAttached(view, record)} isOpen={isOpen} />
    </>
  );
}
