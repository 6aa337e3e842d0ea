import type { ReactNode } from 'react';
import { jsonPath } from '../../../../main/core/playbook/fault.ts';
import { SIDE_WORDS } from '../../../lib/words.ts';
import { ConditionsAt } from './conditions.tsx';
import { useEditor } from './editor-store.ts';
import { ListAt, NumberAt, Row, SelectAt, TextAt } from './fields.tsx';
import styles from './fields.module.css';
import { listAt, textAt, type Path } from './json-edit.ts';

const SIDES = ['provider', 'customer', 'shared', 'third_party'] as const;
const ZERO = { provider: 0, customer: 0, shared: 0, third_party: 0 };

/** What each answer of a check weighs: log-odds per hypothesis, in which context, with reason and source. */
export function WeightsAt({ path }: { readonly path: Path }): ReactNode {
  const document = useEditor((store) => store.document);
  const answers = listAt(document, [...path, 'answers']).map((answer) => ({
    id: textAt(answer, ['id']),
    label: textAt(answer, ['label']) || textAt(answer, ['id']),
  }));
  return (
    <ListAt
      path={[...path, 'weights']}
      label="What the answers weigh"
      addLabel="Add a weight"
      blank={() => ({ answer: answers[0]?.id ?? '', logOdds: ZERO, reason: '', source: '' })}
      nameOf={(at) => {
        const answer = textAt(document, [...path, 'weights', at, 'answer']);
        return answers.find(({ id }) => id === answer)?.label ?? `Weight ${at + 1}`;
      }}
      item={(weight) => (
        <>
          <SelectAt path={[...weight, 'answer']} label="Answer" items={answers} />
          <LogOddsAt path={[...weight, 'logOdds']} />
          <ConditionsAt path={[...weight, 'given']} label="Counts only if" />
          <Steps path={weight} />
          <TextAt path={[...weight, 'reason']} label="Reason" lines={2} />
          <TextAt path={[...weight, 'source']} label="Source" />
        </>
      )}
    />
  );
}

function LogOddsAt({ path }: { readonly path: Path }): ReactNode {
  return (
    <div data-path={jsonPath(...path)}>
      <Row>
        {SIDES.map((side) => (
          <NumberAt key={side} path={[...path, side]} label={SIDE_WORDS[side]} />
        ))}
      </Row>
      <p className={styles['note']}>
        Log-odds: 1 makes a side 2.7 times likelier than the others, 2.3 ten times.
      </p>
    </div>
  );
}

/** Log-odds that grow with the minutes since onset, or go by a number. Shown where a weight has them. */
function Steps({ path }: { readonly path: Path }): ReactNode {
  const document = useEditor((store) => store.document);
  const byMinute = listAt(document, [...path, 'byMinute']).length > 0;
  const byNumber = listAt(document, [...path, 'byNumber']).length > 0;
  return (
    <>
      {byMinute && (
        <ListAt
          path={[...path, 'byMinute']}
          label="Later it weighs"
          addLabel="Add a step"
          blank={() => ({ from: 0, logOdds: ZERO })}
          nameOf={(at) => `Step ${at + 1}`}
          item={(step) => (
            <>
              <NumberAt path={[...step, 'from']} label="From minute" />
              <LogOddsAt path={[...step, 'logOdds']} />
            </>
          )}
        />
      )}
      {byNumber && (
        <ListAt
          path={[...path, 'byNumber']}
          label="By its number it weighs"
          addLabel="Add a band"
          blank={() => ({ upTo: 0, logOdds: ZERO })}
          nameOf={(at) => `Band ${at + 1}`}
          item={(band) => (
            <>
              <NumberAt path={[...band, 'upTo']} label="Up to" />
              <LogOddsAt path={[...band, 'logOdds']} />
            </>
          )}
        />
      )}
    </>
  );
}
