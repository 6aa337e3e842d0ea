import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { IncidentSummary } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { listen, request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { Countdown } from './countdown.tsx';
import styles from './due-bar.module.css';
import { dueElsewhere, dueHere, type DueItem } from './due-item.ts';
import { useDueAnnouncements } from './use-due-announcements.ts';

/** The bottom edge of every view: the next or overdue level, the time left and whom to call. Nothing when nothing is due. */
export function DueBar(): ReactNode {
  const view = useIncident((store) => store.view);
  const incidents = useIncidentList();
  const here = useNow(view?.drill ?? null);
  const real = useNow(null);
  const own = useMemo(() => (view === null ? [] : dueHere(view, here)), [view, here]);
  const others = useMemo(
    () => dueElsewhere(incidents, view?.state.id ?? null, real),
    [incidents, view?.state.id, real],
  );
  const all = useMemo(() => [...own, ...others], [own, others]);
  useDueAnnouncements(all);
  const shown = own[0] ?? others[0];
  useCommands([
    {
      id: 'due.call',
      title: 'Call: whom to reach, by when',
      keys: ['c'],
      group: 'Incident',
      enabled: shown !== undefined,
      run: () => {
        if (shown !== undefined) go(shown);
      },
    },
  ]);
  if (shown === undefined) return null;
  return (
    <section className={styles['bar']} data-overdue={shown.leftMs <= 0} aria-label="What is due">
      <strong className={styles['due']}>DUE</strong>
      <Line item={shown} />
      {own.length > 1 && <span className={styles['more']}>{own.length - 1} more</span>}
      <span className={styles['grow']} />
      {shown.reference === null && <Elsewhere items={others} />}
      <Button
        keys="c"
        onPress={() => {
          go(shown);
        }}
      >
        Call
      </Button>
    </section>
  );
}

function Line({ item }: { readonly item: DueItem }): ReactNode {
  const [contact] = item.contacts;
  return (
    <>
      <span className={styles['title']}>
        {item.reference !== null && <strong>{item.reference} </strong>}
        {item.title}
        {item.levelNumber !== null && <span className={styles['muted']}>, level {item.levelNumber}</span>}
      </span>
      <Countdown leftMs={item.leftMs} title={item.title} />
      {contact !== undefined && (
        <span className={styles['contact']}>
          {contact.name} <span className={styles['phone']}>{contact.phone || contact.mail}</span>
          {contact.phone !== '' && (
            <CopyButton text={contact.phone} what={`the phone number of ${contact.name}`} />
          )}
        </span>
      )}
      {item.nobody && <span className={styles['nobody']}>■ Nobody to call</span>}
    </>
  );
}

/** The most pressing of the other incidents, when another one is in the window. */
function Elsewhere({ items }: { readonly items: readonly DueItem[] }): ReactNode {
  const [first] = items;
  if (first === undefined) return null;
  return (
    <span className={styles['elsewhere']}>
      <button
        type="button"
        className={styles['link']}
        onClick={() => {
          go(first);
        }}
      >
        {first.reference}: {first.title}
      </button>
      <Countdown leftMs={first.leftMs} title={first.title} />
      {items.length > 1 && <span className={styles['muted']}>and {items.length - 1} more</span>}
    </span>
  );
}

function go({ incidentId }: DueItem): void {
  navigate({ view: 'incident', id: incidentId, tab: 'escalation' });
}

/** Every incident, asked for again whenever one changes: a deadline of another one must not be missed. */
function useIncidentList(): readonly IncidentSummary[] {
  const [incidents, setIncidents] = useState<readonly IncidentSummary[]>([]);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const reply = await request('listIncidents', {});
      if (current && reply.ok) setIncidents(reply.value);
    };
    void load();
    const stop = listen('changed', ({ topic }) => {
      if (topic === 'incident' || topic === 'incidents') void load();
    });
    return () => {
      current = false;
      stop();
    };
  }, []);
  return incidents;
}
