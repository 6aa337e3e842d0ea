import { useRef, useState, type ReactNode } from 'react';
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components';
import type { RankedFinding } from '../../../main/core/evidence/rank-findings.ts';
import type { FindingsView, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { TextField } from '../../components/text-field.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { useCommands } from '../../lib/commands.ts';
import { count, counted, utcDateTime } from '../../lib/format.ts';
import { findingAttached, groupsOf, type Group } from './finding-groups.ts';
import { FindingRow } from './finding-row.tsx';
import styles from './findings.module.css';
import { useAttachToIncident } from './use-attach-to-incident.ts';
import { type Asked, useFindingPages } from './use-finding-pages.ts';

const STATUSES: readonly { readonly id: Asked['status']; readonly label: string }[] = [
  { id: 'failing', label: 'Failing' },
  { id: 'passing', label: 'Passing' },
  { id: 'unknown', label: 'Not checked' },
];
const MORE = 'more:';

/** How our things stood when scanners looked: what is dated near onset first, the rest by pattern and whose duty it is. */
export function Findings({
  view,
  findings,
}: {
  readonly view: IncidentView;
  readonly findings: FindingsView;
}): ReactNode {
  const [asked, ask] = useState<Asked>({ status: 'failing', text: '' });
  const [opened, open] = useState<ReadonlySet<string>>(new Set());
  const { pages, more, loadMore } = useFindingPages(view.state.id, asked, findings);
  const attach = useAttachToIncident(view.state.id);
  const filter = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useCommands([
    {
      id: 'evidence.findings',
      title: 'Filter the findings',
      keys: ['i'],
      group: 'Incident',
      run: () => filter.current?.focus(),
    },
  ]);
  const isOpen = !isAtRest(view.state);
  const groups = groupsOf(pages, findings, asked, opened, more);
  const all = groups.flatMap(({ shown }) => shown);
  return (
    <section aria-labelledby="findings">
      <h2 id="findings" className={styles['heading']}>
        How our things stood <Counts findings={findings} />
      </h2>
      <p className={styles['sentence']}>{stateSentence(findings)}</p>
      <div className={styles['filters']}>
        <TextField
          label="Filter by words (I)"
          className={styles['words']}
          inputRef={filter}
          value={asked.text}
          maxLength={200}
          onChange={(text) => {
            ask({ ...asked, text });
          }}
        />
        <Select
          label="Show"
          items={STATUSES}
          value={asked.status}
          onChange={(status) => {
            ask({ ...asked, status });
          }}
        />
      </div>
      <GridList
        aria-label="Findings; Enter attaches one as evidence"
        className={styles['list'] ?? ''}
        renderEmptyState={() => <p className={styles['sentence']}>None of these.</p>}
        onAction={(key) => {
          const text = String(key);
          if (text.startsWith(MORE)) {
            open(new Set([...opened, text.slice(MORE.length)]));
            return;
          }
          const one = all.find(({ finding }) => finding.id === key);
          if (one !== undefined && isOpen) void attach.finding(one.finding.id, one.finding.title);
        }}
      >
        {groups.map((group) => (
          <GridListSection key={group.id} id={group.id} aria-label={group.name}>
            <GridListHeader className={styles['group'] ?? ''}>
              <GroupHead group={group} />
            </GridListHeader>
            {group.shown.map((one) => (
              <Row key={one.finding.id} one={one} view={view} findings={findings} isOpen={isOpen} />
            ))}
            {group.hidden > 0 && (
              <GridListItem
                id={`${MORE}${group.id}`}
                textValue={`Show ${group.hidden} more of ${group.name}`}
                className={styles['item'] ?? ''}
              >
                <span className={styles['moreRow']}>Show {count(group.hidden)} more (Enter)</span>
              </GridListItem>
            )}
          </GridListSection>
        ))}
      </GridList>
      {more && <Button onPress={() => void loadMore()}>Load further findings</Button>}
    </section>
  );
}

function Row({
  one,
  view,
  findings,
  isOpen,
}: {
  readonly one: RankedFinding;
  readonly view: IncidentView;
  readonly findings: FindingsView;
  readonly isOpen: boolean;
}): ReactNode {
  return (
    <GridListItem id={one.finding.id} textValue={one.finding.title} className={styles['item'] ?? ''}>
      <FindingRow one={one} attached={findingAttached(view, findings, one.finding)} isOpen={isOpen} />
    </GridListItem>
  );
}

function Counts({ findings }: { readonly findings: FindingsView }): ReactNode {
  return (
    <span className={styles['counts']}>
      <StatusMark status="degraded" word={`${count(findings.failing)} failing`} />
      <StatusMark status="fine" word={`${count(findings.passing)} passing`} />
      <StatusMark status="could_not_check" word={`${count(findings.unknown)} not checked`} />
    </span>
  );
}

function GroupHead({ group }: { readonly group: Group }): ReactNode {
  return (
    <>
      <strong>{group.name}</strong> <span className={styles['count']}>{group.count}</span>{' '}
      {group.owner !== null && <SideTag side={group.owner} word={`${group.owner}’s duty`} />}{' '}
      <span className={styles['why']}>{group.why}</span>
    </>
  );
}

/** Always says that it is a state, and when the sources looked. */
function stateSentence({ scanned, datedNear }: FindingsView): string {
  const when =
    scanned === null
      ? 'at a time the sources do not say'
      : scanned.from === scanned.to
        ? `at ${utcDateTime(scanned.to)}`
        : `between ${utcDateTime(scanned.from)} and ${utcDateTime(scanned.to)}`;
  const dated =
    datedNear === 0
      ? 'Nothing dates any of it near onset.'
      : `${counted(datedNear, 'finding')} ${datedNear === 1 ? 'is' : 'are'} dated near onset.`;
  return `State at scan time, ${when}: a cause only where something dates it. ${dated}`;
}
