import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { PlaybookDetail } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { View } from '../../components/view.tsx';
import { listen, request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';
import { About } from './about.tsx';
import { CacaoWritten } from './exchange.tsx';
import { CheckDetail } from './map/check-detail.tsx';
import { PlaybookMap } from './map/playbook-map.tsx';
import { Parts, type PlaybookPart } from './parts.tsx';
import { usePlaybook } from './playbook-store.ts';
import { STATE_WORDS } from './row-words.ts';
import { Versions } from './versions.tsx';

const Editor = lazy(async () => ({ default: (await import('./editor/editor.tsx')).Editor }));

/** One playbook: to read as map and words, and, where it is the team's own, to edit, to try and to go back. */
export function PlaybookView({ id }: { readonly id: string }): ReactNode {
  const { detail, fault, open } = usePlaybook();
  useEffect(() => {
    void open(id);
    return listen('changed', (message) => {
      if (message.topic === 'playbooks') void open(id);
    });
  }, [id, open]);
  if (detail === null || detail.row.id !== id)
    return (
      <View title="Playbook">
        {fault === null ? (
          <p role="status">Opening the playbook…</p>
        ) : (
          <Callout kind="fault">{fault}</Callout>
        )}
      </View>
    );
  return <Loaded detail={detail} />;
}

function Loaded({ detail }: { readonly detail: PlaybookDetail }): ReactNode {
  const { row, examination } = detail;
  const route = useRoute();
  const wished = route.view === 'playbook' ? route.query?.['part'] : undefined;
  const own = row.origin === 'own';
  const parts: readonly PlaybookPart[] = own ? ['map', 'about', 'edit', 'versions'] : ['map', 'about'];
  const part = parts.find((one) => one === wished) ?? (row.state === 'never_saved' ? 'edit' : 'map');
  const { fault, setFault } = usePlaybook();
  const start = async (how: 'copy' | 'extend'): Promise<void> => {
    const reply = await request('startPlaybook', { from: row.id, how });
    if (reply.ok) navigate({ view: 'playbook', id: reply.value.id, query: { part: 'edit' } });
    else setFault(reply.error.message);
  };
  const [written, setWritten] = useState<string | null>(null);
  const save = async (as: 'demarc' | 'cacao'): Promise<void> => {
    const reply = await request('exportPlaybook', { id: row.id, number: null, as });
    setFault(reply.ok ? null : reply.error.message);
    if (reply.ok && reply.value !== null && as === 'cacao') setWritten(reply.value.file);
  };
  useCommands([
    {
      id: 'playbook.copy',
      title: 'Copy this playbook as your own',
      group: 'Window',
      enabled: examination.usable,
      run: () => void start('copy'),
    },
    {
      id: 'playbook.extend',
      title: 'Extend this playbook as your own',
      group: 'Window',
      enabled: examination.usable && canExtend(detail),
      run: () => void start('extend'),
    },
    {
      id: 'playbook.export',
      title: 'Write this playbook to a file',
      group: 'Window',
      enabled: row.state !== 'never_saved',
      run: () => void save('demarc'),
    },
    {
      id: 'playbook.export-cacao',
      title: 'Write this playbook as CACAO 2.0',
      group: 'Window',
      enabled: row.state !== 'never_saved' && examination.usable,
      run: () => void save('cacao'),
    },
  ]);
  return (
    <View
      title={row.title}
      layout={part === 'map' || part === 'edit' ? 'fill' : 'page'}
      lead={own ? `${row.version} · ${STATE_WORDS[row.state].word}` : `${row.version} · comes with Demarc`}
      actions={
        <>
          {examination.usable && <Button onPress={() => void start('copy')}>Copy</Button>}
          {examination.usable && canExtend(detail) && (
            <Button onPress={() => void start('extend')}>Extend</Button>
          )}
          {row.state !== 'never_saved' && (
            <Button onPress={() => void save('demarc')}>Write to a file</Button>
          )}
          {row.state !== 'never_saved' && examination.usable && (
            <Button onPress={() => void save('cacao')}>Write as CACAO</Button>
          )}
        </>
      }
    >
      <Parts id={row.id} parts={parts} current={part} />
      {fault !== null && (
        <Callout
          kind="fault"
          onDismiss={() => {
            setFault(null);
          }}
        >
          {fault}
        </Callout>
      )}
      {written !== null && (
        <CacaoWritten
          file={written}
          onDismiss={() => {
            setWritten(null);
          }}
        />
      )}
      {part === 'map' && <Reading detail={detail} />}
      {part === 'about' && <About detail={detail} />}
      {part === 'versions' && <Versions detail={detail} />}
      {part === 'edit' && (
        <Suspense fallback={<p role="status">Opening the editor…</p>}>
          <Editor detail={detail} />
        </Suspense>
      )}
    </View>
  );
}

/** Only the general playbook can be extended, and what extends it goes on from there. */
function canExtend({ row }: PlaybookDetail): boolean {
  return row.id === 'general' || row.extends === 'general';
}

function Reading({ detail: { examination } }: { readonly detail: PlaybookDetail }): ReactNode {
  const [selected, select] = useState<string | null>(null);
  const { playbook, faults } = examination;
  if (playbook === null)
    return (
      <Callout kind="notice">
        This draft has not the shape of a playbook yet, so there is nothing to draw: {faults[0]?.message}
      </Callout>
    );
  const check = playbook.checks.find(({ id }) => id === selected);
  return (
    <PlaybookMap
      playbook={playbook}
      progress={null}
      judgement={null}
      selected={selected}
      onSelect={select}
      aside={
        check === undefined ? null : (
          <CheckDetail
            playbook={playbook}
            check={check}
            onClose={() => {
              select(null);
            }}
          />
        )
      }
    />
  );
}
