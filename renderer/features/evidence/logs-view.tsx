import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { TextField } from '../../components/text-field.tsx';
import { View } from '../../components/view.tsx';
import { announce } from '../../lib/announce.ts';
import { isAtRest } from '../../lib/at-rest.ts';
import { useCommands } from '../../lib/commands.ts';
import { count, counted, utcDateTime } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { Histogram } from './histogram.tsx';
import styles from './logs-view.module.css';
import { RecordDetail } from './record-detail.tsx';
import { RecordList } from './record-list.tsx';
import { isRecordAttached } from './record-words.ts';
import { type Asked, type Found, isNarrowed, useAsked, useRecords } from './records-store.ts';
import { useAttachToIncident } from './use-attach-to-incident.ts';

const KINDS = [
  { id: 'all', label: 'All' },
  { id: 'changes', label: 'Changes' },
  { id: 'errors', label: 'Errors' },
] as const;

/** Every record of our logs: by words, by kind, by time, and each with all that it says. */
export function LogsView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? (
    <View title="Logs">Opening the incident…</View>
  ) : (
    <Loaded key={view.state.id} view={view} />
  );
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  const { id, scope } = view.state;
  const [asked, ask] = useAsked(id);
  const store = useRecords();
  const { open, renew, showNew } = store;
  // Every file that comes in may bring records to any place in time.
  const files = view.state.evidence.filter(({ kind }) => kind === 'file').length;
  useEffect(() => {
    void open(id, asked);
  }, [open, id, asked]);
  // The record and not its place: what comes in may move it.
  const [record, choose] = useState<LogRecord | null>(null);
  const chosen = useMemo(() => placeOf(store.records, record), [store.records, record]);
  const area = useRef<HTMLDivElement>(null);
  useRenewed(files, (): void => {
    void renew(id, () => record !== null || (area.current?.scrollTop ?? 0) > 0);
  });
  const search = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const attach = useAttach(view, record);
  useCommands([
    {
      id: 'logs.search',
      title: 'Search the logs',
      keys: ['/'],
      group: 'Incident',
      run: () => search.current?.focus(),
    },
    {
      id: 'logs.clear',
      title: 'Show all records again',
      keys: ['x'],
      group: 'Incident',
      enabled: isNarrowed(asked),
      run: () => {
        ask({ text: '', kind: null, from: null, to: null });
      },
    },
  ]);
  const seeNew = (): void => {
    area.current?.scrollTo({ top: 0 });
    void showNew(id);
  };
  useCommands([
    {
      id: 'logs.new',
      title: 'Show the records that came in',
      keys: ['j'],
      group: 'Incident',
      enabled: store.isBehind,
      run: seeNew,
    },
  ]);
  useSayFound(store.found);
  const total = store.histogram?.bars.reduce((sum, bar) => sum + bar.records, 0) ?? 0;
  const isEmpty = store.histogram !== null && total === 0;
  return (
    <View
      title="Logs"
      layout="fill"
      lead={isEmpty ? undefined : leadOf(total, asked, store.found)}
      actions={
        <>
          {store.isBehind && (
            <>
              <span className={styles['behind']} role="status">
                More files came in; the list is as it was.
              </span>
              <Button keys="j" onPress={seeNew}>
                Show what came
              </Button>
            </>
          )}
          {attach}
        </>
      }
    >
      {isEmpty ? (
        <EmptyState title="No logs of ours yet">
          Drop files or folders of logs anywhere on the window, then look through them here.
        </EmptyState>
      ) : (
        <>
          <div className={styles['search']}>
            <SearchBox key={asked.text} asked={asked} ask={ask} inputRef={search} />
            <Choice
              label="Kind"
              items={KINDS}
              value={asked.kind ?? 'all'}
              onChange={(kind) => {
                ask({ ...asked, kind: kind === 'all' ? null : kind });
              }}
            />
          </div>
          {store.histogram !== null && (
            <Histogram
              histogram={store.histogram}
              found={isNarrowed(asked) ? store.found : undefined}
              onset={scope.onset}
              from={asked.from}
              to={asked.to}
              onSelect={(from, to) => {
                ask({ ...asked, from, to });
              }}
            />
          )}
          {store.fault !== null && (
            <p role="alert" className={styles['fault']}>
              {store.fault}
            </p>
          )}
          <div className={styles['columns']}>
            {store.records.length === 0 ? (
              <div className={styles['none']}>
                <EmptyState title={store.isReading ? 'Reading the records…' : 'No record holds all of this'}>
                  {!store.isReading &&
                    'Words are looked for as parts of every field. Fewer words, another kind or a longer time find more.'}
                </EmptyState>
              </div>
            ) : (
              <RecordList
                records={store.records}
                onset={scope.onset}
                more={store.more}
                chosen={chosen}
                onChoose={(index) => {
                  choose(store.records[index] ?? null);
                }}
                areaRef={area}
                onNearEnd={() => void store.readOn(id)}
              />
            )}
            <RecordDetail view={view} record={record} />
          </div>
        </>
      )}
    </View>
  );
}

function placeOf(records: readonly LogRecord[], record: LogRecord | null): number | null {
  if (record === null) return null;
  const place = records.findIndex(({ id }) => id === record.id);
  return place === -1 ? null : place;
}

/** Calls `renew` when `count` has changed while this is on the screen. */
function useRenewed(count: number, renew: () => void): void {
  const latest = useRef(renew);
  const known = useRef(count);
  useEffect(() => {
    latest.current = renew;
  });
  useEffect(() => {
    if (known.current !== count) latest.current();
    known.current = count;
  }, [count]);
}

/** How much there is, and how much of it is found: exactly, or the least while it is being counted. */
function leadOf(total: number, asked: Asked, found: Found | null): string {
  if (!isNarrowed(asked)) return `${counted(total, 'record')} of our own logs, newest first.`;
  const all = `${counted(total, 'record')} of our own logs`;
  const { from, to } = asked;
  const shown = from === null || to === null ? '' : ` Shown: ${utcDateTime(from)} to ${utcDateTime(to)}.`;
  if (found === null) return `Counting among ${all}…${shown}`;
  const least = found.isWhole ? '' : 'More than ';
  const end = found.isWhole ? 'newest first.' : 'still counting…';
  return `${least}${count(found.count)} of ${all}, ${end}${shown}`;
}

function SearchBox({
  asked,
  ask,
  inputRef,
}: {
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
  readonly inputRef: React.RefObject<(HTMLInputElement & HTMLTextAreaElement) | null>;
}): ReactNode {
  const [text, setText] = useState(asked.text);
  return (
    <TextField
      label="Search (press / to come here, Enter to search)"
      description='Words that must all be there, also as parts. "several words" as they stand. In one field: name: source: principal: resource: error: region: account: address: agent: actor: detail:'
      className={styles['box']}
      value={text}
      onChange={setText}
      inputRef={inputRef}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask({ ...asked, text: text.trim() });
      }}
    />
  );
}

/** Says how many are found to whoever does not see it, once it is known. */
function useSayFound(found: Found | null): void {
  const number = found?.isWhole === true ? found.count : null;
  useEffect(() => {
    if (number !== null) announce(`${counted(number, 'record')} found`);
  }, [number]);
}

/** One key makes the chosen record a piece of evidence. */
function useAttach(view: IncidentView, record: LogRecord | null): ReactNode {
  const { record: attach } = useAttachToIncident(view.state.id);
  const isOpen = !isAtRest(view.state);
  const attached = record !== null && isRecordAttached(view, record);
  const enabled = isOpen && record !== null && !attached;
  const run = (): void => {
    if (record !== null) void attach(record.id, record.name);
  };
  useCommands([
    { id: 'logs.attach', title: 'Attach the chosen record', keys: ['a'], group: 'Incident', enabled, run },
  ]);
  if (attached) return <span className={styles['attached']}>● attached</span>;
  return (
    <Button keys="a" isDisabled={!enabled} onPress={run}>
      Attach as evidence
    </Button>
  );
}
