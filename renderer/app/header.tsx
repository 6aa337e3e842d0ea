import type { ReactNode } from 'react';
import { SideTag } from '../components/side-tag.tsx';
import { Time } from '../components/time.tsx';
import { percent, sinceOnset } from '../lib/format.ts';
import { useIncident } from '../lib/incident-store.ts';
import { minutesBetween } from '../../main/core/instants.ts';
import { hrefOf } from '../lib/navigation.ts';
import { useNow } from '../lib/now.ts';
import { SIDE_WORDS } from '../lib/words.ts';
import type { IncidentView } from '../../preload/contract/views.ts';
import styles from './header.module.css';
import { IncidentMenu } from './incident-menu.tsx';

/** What a person sees who looks up for a second: which incident, how old, what time it is, to which side it leans. */
export function Header({ declaring }: { readonly declaring: boolean }): ReactNode {
  const view = useIncident((store) => store.view);
  if (view === null || declaring) return <PlainHeader />;
  return <IncidentHeader view={view} />;
}

function PlainHeader(): ReactNode {
  const now = useNow(null);
  return (
    <header className={styles['header']}>
      <span className={styles['brand']}>Demarc</span>
      <span className={styles['grow']} />
      <Time at={now} />
    </header>
  );
}

function IncidentHeader({ view }: { readonly view: IncidentView }): ReactNode {
  const now = useNow(view.drill);
  const { scope, status, id } = view.state;
  return (
    <header className={styles['header']}>
      <span className={styles['brand']}>Demarc</span>
      <Mode view={view} />
      <a className={styles['incident']} href={hrefOf({ view: 'incident', id, tab: 'triage' })}>
        <span className={styles['reference']}>{view.reference}</span>
        <span className={styles['title']} title={scope.title}>
          {scope.title}
        </span>
      </a>
      <span className={styles['severity']}>SEV {scope.severity}</span>
      {status === 'closed' && <span className={styles['severity']}>Closed</span>}
      <span className={styles['grow']} />
      <span className={styles['verdict']}>
        <Leaning view={view} />
      </span>
      <span className={styles['since']}>{sinceOnset(minutesBetween(scope.onset, now))}</span>
      <Time at={now} />
      {scope.lead !== '' && (
        <span className={styles['lead']} title={`Lead: ${scope.lead}`}>
          <span className={styles['label']}>Lead</span> {scope.lead}
        </span>
      )}
      <IncidentMenu />
    </header>
  );
}

/** To which side it leans, or the verdict once somebody has accepted it. */
function Leaning({ view }: { readonly view: IncidentView }): ReactNode {
  const { accepted } = view.state;
  const { declared, leading, probabilities, verdict } = view.judgement;
  if (accepted !== null)
    return <SideTag side={accepted.verdict} word={`${SIDE_WORDS[accepted.verdict]}, accepted`} />;
  if (view.judgement.contributions.length === 0)
    return <SideTag side="inconclusive" word="nothing checked yet" />;
  const chance = percent(probabilities[leading]);
  return declared ? (
    <SideTag side={verdict} word={`${SIDE_WORDS[verdict]} ${chance}`} />
  ) : (
    <SideTag side="inconclusive" word={`leans ${SIDE_WORDS[leading].toLowerCase()} ${chance}`} />
  );
}

function Mode({ view }: { readonly view: IncidentView }): ReactNode {
  const { drill } = view;
  return (
    <span className={styles['mode']} data-mode={view.state.mode}>
      {drill === null ? 'LIVE' : `DRILL ${drill.speed}x`}
    </span>
  );
}
