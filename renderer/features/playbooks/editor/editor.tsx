import { useEffect, useRef, type ReactNode } from 'react';
import type { PlaybookDetail } from '../../../../preload/contract/views.ts';
import { Button } from '../../../components/button.tsx';
import { Callout } from '../../../components/callout.tsx';
import { announce } from '../../../lib/announce.ts';
import { useCommands } from '../../../lib/commands.ts';
import { navigate } from '../../../lib/navigation.ts';
import { PlaybookMap } from '../map/playbook-map.tsx';
import { AboutForm } from './about-form.tsx';
import { ChecksForm } from './checks-form.tsx';
import styles from './editor.module.css';
import { useEditor } from './editor-store.ts';
import { EscalationForm } from './escalation-form.tsx';
import { Faults } from './faults.tsx';
import { GroupsForm } from './groups-form.tsx';
import { AddedStepsForm } from './how-to-form.tsx';
import { getAt, listAt, textAt } from './json-edit.ts';
import { OrderForm } from './order-form.tsx';
import { RulesForm } from './rules-form.tsx';
import { SECTION_WORDS, sectionsOf, type Section } from './sections.ts';
import { SourceForm } from './source-form.tsx';
import { Trial } from './trial.tsx';

/** Edits a playbook of the team's own: the form on one side, the map and what is wrong on the other. */
export function Editor({ detail }: { readonly detail: PlaybookDetail }): ReactNode {
  const id = useEditor((store) => store.id);
  const open = useEditor((store) => store.open);
  useEffect(() => {
    open(detail);
  }, [open, detail]);
  return id === detail.row.id ? <Opened detail={detail} /> : null;
}

function Opened({ detail }: { readonly detail: PlaybookDetail }): ReactNode {
  const {
    document,
    section,
    drawn,
    examination,
    fault,
    saving,
    undo,
    setFault,
    save,
    undoLast,
    discard,
    show,
    goToNextFault,
  } = useEditor();
  const form = useTargetFocus();
  const extended = getAt(document, ['extends']) !== undefined;
  const usable = examination?.usable === true;
  const keep = async (): Promise<void> => {
    if (await save()) announce('Saved. New incidents begin with this version.');
  };
  const throwAway = async (): Promise<void> => {
    if (!(await discard())) return;
    if (detail.versions.length === 0) navigate({ view: 'playbooks' });
    else navigate({ view: 'playbook', id: detail.row.id, query: { part: 'map' } });
  };
  useCommands([
    {
      id: 'editor.save',
      title: 'Save this playbook as a new version',
      keys: ['$mod+s'],
      group: 'Window',
      enabled: usable && !saving,
      run: () => void keep(),
    },
    {
      id: 'editor.fault',
      title: 'Go to the next fault of the playbook',
      keys: ['$mod+j'],
      group: 'Window',
      enabled: examination !== null && examination.faults.length > 0,
      run: goToNextFault,
    },
    {
      id: 'editor.undo',
      title: 'Undo the last change to the playbook',
      keys: ['$mod+z'],
      group: 'Window',
      enabled: undo.length > 0,
      run: undoLast,
    },
  ]);
  const selectCheck = (check: string | null): void => {
    const at = listAt(document, ['checks']).findIndex((one) => textAt(one, ['id']) === check);
    if (at >= 0) show({ section: 'checks', check: at });
  };
  const current = textAt(document, ['checks', useEditor.getState().check, 'id']);
  return (
    <div className={styles['editor']}>
      <div className={styles['bar']}>
        <Sections sections={sectionsOf(extended)} current={section} />
        <span className={styles['actions']}>
          <Button variant="quiet" isDisabled={undo.length === 0} onPress={undoLast}>
            Undo
          </Button>
          <Button variant="quiet" onPress={() => void throwAway()}>
            {detail.versions.length === 0 ? 'Throw the draft away' : 'Back to what is saved'}
          </Button>
          <Button variant="primary" keys="$mod+s" isDisabled={!usable || saving} onPress={() => void keep()}>
            Save a version
          </Button>
        </span>
      </div>
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
      <div className={styles['columns']}>
        <div ref={form} className={styles['form']} role="group" aria-label={SECTION_WORDS[section]}>
          {document === null && section !== 'source' ? (
            <Callout kind="notice">The document is no JSON just now. Mend it under JSON, or undo.</Callout>
          ) : (
            <SectionForm section={section} />
          )}
        </div>
        <div className={styles['side']}>
          <Faults />
          {examination !== null && examination.playbook === null && drawn !== null && (
            <p className={styles['stale']}>The map shows it as it last had the shape of a playbook.</p>
          )}
          {drawn !== null && (
            <PlaybookMap
              playbook={drawn}
              progress={null}
              judgement={null}
              selected={section === 'checks' && current !== '' ? current : null}
              onSelect={selectCheck}
              isNarrow
              aside={null}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function Sections({
  sections,
  current,
}: {
  readonly sections: readonly Section[];
  readonly current: Section;
}): ReactNode {
  const show = useEditor((store) => store.show);
  return (
    <div className={styles['sections']} role="group" aria-label="Sections of the form">
      {sections.map((section) => (
        <Button
          key={section}
          variant="quiet"
          className={styles['section']}
          aria-pressed={section === current}
          onPress={() => {
            show({ section });
          }}
        >
          {SECTION_WORDS[section]}
        </Button>
      ))}
    </div>
  );
}

function SectionForm({ section }: { readonly section: Section }): ReactNode {
  switch (section) {
    case 'about':
      return <AboutForm />;
    case 'checks':
      return <ChecksForm />;
    case 'howTo':
      return <AddedStepsForm />;
    case 'order':
      return <OrderForm />;
    case 'groups':
      return <GroupsForm />;
    case 'rules':
      return <RulesForm />;
    case 'escalation':
      return <EscalationForm />;
    case 'source':
      return <SourceForm />;
    case 'trial':
      return <Trial />;
  }
}

/** Puts the focus into the field of the fault that was pressed: the one at its path, else the nearest around it. */
function useTargetFocus(): React.RefObject<HTMLDivElement | null> {
  const form = useRef<HTMLDivElement>(null);
  const target = useEditor((store) => store.target);
  useEffect(() => {
    if (target === null) return;
    const places = [...(form.current?.querySelectorAll<HTMLElement>('[data-path]') ?? [])];
    const around = places
      .filter(({ dataset }) => target.path.startsWith(dataset['path'] ?? ' '))
      .toSorted((a, b) => (b.dataset['path']?.length ?? 0) - (a.dataset['path']?.length ?? 0));
    const field = around[0]?.querySelector<HTMLElement>('input, textarea, button');
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  }, [target]);
  return form;
}
