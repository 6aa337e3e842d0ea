import { useState, type ReactNode } from 'react';
import type { CaseRun, CaseRuns, IncidentReplay } from '../../../../preload/contract/views.ts';
import { Button } from '../../../components/button.tsx';
import { Callout } from '../../../components/callout.tsx';
import { Select } from '../../../components/select.tsx';
import { SideTag } from '../../../components/side-tag.tsx';
import { Table } from '../../../components/table.tsx';
import { request } from '../../../lib/api.ts';
import { percent, sinceOnset } from '../../../lib/format.ts';
import { remoteList } from '../../../lib/remote-list.ts';
import { SIDE_WORDS } from '../../../lib/words.ts';
import { useEditor } from './editor-store.ts';
import styles from './trial.module.css';

const useIncidents = remoteList(() => request('listIncidents', {}), ['incidents']);

/** Tries the draft out without recording anything: on a past incident, or on a file of coded cases. */
export function Trial(): ReactNode {
  const usable = useEditor((store) => store.examination?.usable === true);
  const [fault, setFault] = useState<string | null>(null);
  const [replay, setReplay] = useState<IncidentReplay | null>(null);
  const [runs, setRuns] = useState<CaseRuns | null>(null);
  const [running, setRunning] = useState(false);
  const { items } = useIncidents();
  const [incidentId, choose] = useState('');

  const replayIncident = async (id: string): Promise<void> => {
    choose(id);
    const reply = await request('dryRunIncident', { text: useEditor.getState().text, incidentId: id });
    setFault(reply.ok ? null : reply.error.message);
    setReplay(reply.ok ? reply.value : null);
  };
  const runCases = async (): Promise<void> => {
    const chosen = await request('chooseCases', {});
    if (!chosen.ok || chosen.value === null) return;
    const { id, text } = useEditor.getState();
    setRunning(true);
    const reply = await request('dryRunCases', { id: id ?? '', text, file: chosen.value.file });
    setRunning(false);
    setFault(reply.ok ? null : reply.error.message);
    setRuns(reply.ok ? reply.value : null);
  };
  if (!usable) return <Callout kind="notice">A draft with faults cannot be tried. Mend them first.</Callout>;
  return (
    <div className={styles['trial']}>
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <div className={styles['row']}>
        <Select<string>
          label="Replay a past incident"
          className={styles['wide']}
          items={(items ?? []).map(({ id, reference, title }) => ({ id, label: `${reference} ${title}` }))}
          value={incidentId}
          isDisabled={items === null || items.length === 0}
          onChange={(id) => void replayIncident(id)}
        />
        <Button isPending={running} onPress={() => void runCases()}>
          {running ? 'Running the cases' : 'Run a file of coded cases'}
        </Button>
      </div>
      {items !== null && items.length === 0 && (
        <p className={styles['muted']}>There is no past incident yet.</p>
      )}
      {replay !== null && <Replayed replay={replay} />}
      {runs !== null && <Cases runs={runs} />}
    </div>
  );
}

function Replayed({ replay }: { readonly replay: IncidentReplay }): ReactNode {
  const { recorded, edited, steps } = replay;
  return (
    <section aria-label="Replay">
      <h2 className={styles['heading']}>
        {replay.reference} {replay.title}
      </h2>
      <div className={styles['ends']}>
        <End title={`As recorded: ${recorded.playbook}`} end={recorded} />
        <End title={`This draft: ${edited.playbook}`} end={edited} />
      </div>
      <Table
        columns={['Since onset', 'Answer', 'As recorded', 'This draft']}
        dense
        className={styles['table']}
      >
        <tbody>
          {steps.map((step, at) => (
            <tr key={at}>
              <td>{sinceOnset(step.minute)}</td>
              <td>
                {step.title}: {step.answer}
                {!step.known && <span className={styles['muted']}> (not in this draft: weighs nothing)</span>}
              </td>
              <td>{leaning(step.recorded)}</td>
              <td>{leaning(step.edited)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function leaning({ leading, probabilities, declared }: IncidentReplay['steps'][number]['edited']): ReactNode {
  return (
    <span className={styles['leaning']}>
      <SideTag side={leading} /> {percent(probabilities[leading])}
      {declared && ' declared'}
    </span>
  );
}

function End({ title, end }: { readonly title: string; readonly end: IncidentReplay['edited'] }): ReactNode {
  const sides = ['provider', 'customer', 'shared', 'third_party'] as const;
  return (
    <div className={styles['end']}>
      <h3 className={styles['heading']}>{title}</h3>
      <p>
        <SideTag side={end.verdict} />{' '}
        {!end.declared && <>, leans to {SIDE_WORDS[end.leading].toLowerCase()}</>}
      </p>
      <p className={styles['muted']}>
        {sides
          .map((side) => `${SIDE_WORDS[side].toLowerCase()} ${percent(end.probabilities[side])}`)
          .join(' · ')}
      </p>
      <p className={styles['muted']}>
        {end.next.length === 0 ? 'Nothing left to ask.' : `Next: ${end.next.join(', ')}.`}
      </p>
    </div>
  );
}

function Cases({ runs }: { readonly runs: CaseRuns }): ReactNode {
  const { edited, inUse, comparedWith } = runs;
  const differs = runs.runs.filter((run) => run.edited.verdict !== run.inUse.verdict);
  return (
    <section aria-label="Coded cases">
      <h2 className={styles['heading']}>
        {runs.file}: {edited.cases} cases{runs.leftOut > 0 && `, ${runs.leftOut} more left out`}
      </h2>
      <Table columns={['Figure', comparedWith, 'This draft']} dense className={styles['table']}>
        <tbody>
          {FIGURES.map(({ name, of }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{of(inUse)}</td>
              <td>{of(edited)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className={styles['muted']}>
        {differs.length === 0
          ? 'No case has another verdict than before.'
          : `Cases with another verdict than before: ${differs.length}.`}
      </p>
      <ul className={styles['cases']}>
        {[...differs, ...runs.runs.filter((run) => !differs.includes(run))].map((run) => (
          <CaseRow key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

const FIGURES: readonly { readonly name: string; readonly of: (summary: CaseRuns['edited']) => string }[] = [
  { name: 'Exact verdicts', of: ({ exact, cases }) => `${exact} of ${cases}` },
  { name: 'Of those with a trap', of: ({ withTrap }) => `${withTrap.exact} of ${withTrap.cases}` },
  { name: 'Wrong at 0.8 or more', of: ({ confidentErrors }) => String(confidentErrors.length) },
  { name: 'Brier score', of: ({ brier }) => brier.toFixed(3) },
  { name: 'Median checks', of: ({ medianChecks }) => String(medianChecks ?? 'none') },
  { name: 'Median minutes', of: ({ medianMinutes }) => String(medianMinutes ?? 'none') },
];

function CaseRow({ run }: { readonly run: CaseRun }): ReactNode {
  const { edited, inUse, label, title, id } = run;
  return (
    <li>
      <details>
        <summary>
          {title === '' ? id : title}: is <SideTag side={label} />, draft says{' '}
          <SideTag side={edited.verdict} />
          {edited.verdict !== inUse.verdict && (
            <>
              {' '}
              instead of <SideTag side={inUse.verdict} />
            </>
          )}{' '}
          after {edited.minutes} min
        </summary>
        <ol className={styles['asked']}>
          {edited.asked.map(({ check, answers, minute }, at) => (
            <li key={at}>
              {sinceOnset(minute)} <code>{check}</code>: {answers.join(', ')}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
