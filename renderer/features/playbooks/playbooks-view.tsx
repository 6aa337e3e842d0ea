import { useState, type ReactNode } from 'react';
import type { PlaybookRow, TakenPlaybook } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { hrefOf, navigate } from '../../lib/navigation.ts';
import { PROVIDER_WORDS } from '../../lib/words.ts';
import { hasRemarks, TakenDialog } from './exchange.tsx';
import { usePlaybooks } from './playbooks-list.ts';
import styles from './playbooks-view.module.css';
import { STATE_WORDS } from './row-words.ts';

/** Every playbook: those that come with the app and the team's own, what each is for and where it stands. */
export function PlaybooksView(): ReactNode {
  const { items, fault, load } = usePlaybooks();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [taken, setTaken] = useState<TakenPlaybook | null>(null);
  const own = items?.filter(({ origin }) => origin === 'own') ?? [];
  const builtIn = items?.filter(({ origin }) => origin === 'built_in') ?? [];

  const take = async (): Promise<void> => {
    const reply = await request('importPlaybook', {});
    setRefusal(reply.ok ? null : reply.error.message);
    if (!reply.ok || reply.value === null) return;
    if (reply.value.id === null || hasRemarks(reply.value)) setTaken(reply.value);
    else edit(reply.value.id);
  };
  useCommands([
    {
      id: 'playbooks.import',
      title: 'Take in a playbook from a file',
      keys: ['i'],
      group: 'Window',
      run: () => void take(),
    },
  ]);
  const shown = refusal ?? fault;
  return (
    <View
      title="Playbooks"
      lead="What is asked, in which order, and what each answer means. Copy or extend one to make it your team’s own."
      actions={
        <Button keys="i" onPress={() => void take()}>
          Take in a file
        </Button>
      }
    >
      {taken !== null && (
        <TakenDialog
          taken={taken}
          onEdit={edit}
          onClose={() => {
            setTaken(null);
          }}
        />
      )}
      {shown !== null && (
        <Callout kind="fault" action={<Button onPress={() => void load()}>Load again</Button>}>
          {shown}
        </Callout>
      )}
      {own.length > 0 && <Rows title="Your team’s own" rows={own} />}
      {items !== null && own.length === 0 && (
        <p className={styles['what']}>Your team has none of its own yet. Open one and copy or extend it.</p>
      )}
      <Rows title="With Demarc" rows={builtIn} />
    </View>
  );
}

function edit(id: string): void {
  navigate({ view: 'playbook', id, query: { part: 'edit' } });
}

function Rows({ title, rows }: { readonly title: string; readonly rows: readonly PlaybookRow[] }): ReactNode {
  return (
    <section aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <ul className={styles['list']}>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { readonly row: PlaybookRow }): ReactNode {
  const { shape, word } = STATE_WORDS[row.state];
  const applies = [...row.providers.map((one) => PROVIDER_WORDS[one]), ...row.services];
  return (
    <li className={styles['row']}>
      <a className={styles['title']} href={hrefOf({ view: 'playbook', id: row.id })}>
        {row.title}
      </a>
      <span className={styles['version']}>{row.version}</span>
      <span className={styles['facts']}>
        {counted(row.checks, 'check')} · {counted(row.sources, 'source')}
        {row.extends !== null && ` · extends ${row.extends}`}
      </span>
      <span className={styles['state']} data-state={row.state}>
        {row.origin === 'own' && (
          <>
            <span aria-hidden="true">{shape}</span> {word}
          </>
        )}
        {row.draft !== null && row.state !== 'never_saved' && ' · being edited'}
      </span>
      <p className={styles['what']}>
        {row.description}
        {applies.length > 0 && (
          <span className={styles['applies']}> For {applies.slice(0, 8).join(', ')}.</span>
        )}
      </p>
    </li>
  );
}
