import type { ReactNode } from 'react';
import { ConditionsAt } from './conditions.tsx';
import { useEditor } from './editor-store.ts';
import { CheckAt, ListAt, NumberAt, Row, SelectAt, TextAt } from './fields.tsx';
import { HowToAt } from './how-to-form.tsx';
import { listAt, textAt, type Path } from './json-edit.ts';
import { WeightsAt } from './weights-form.tsx';

const SIDES = [
  { id: 'provider', label: "The provider's side" },
  { id: 'customer', label: 'Our side' },
  { id: 'both', label: 'Both sides' },
] as const;
const ABOUT = [
  { id: 'trigger', label: 'Who triggered it' },
  { id: 'spread', label: 'What let it spread' },
] as const;

/** One check: what is asked and why, the answers with their keys, what each weighs, how to find out. */
export function CheckForm({ path }: { readonly path: Path }): ReactNode {
  const document = useEditor((store) => store.document);
  const groups = listAt(document, ['groups']).map((group) => ({
    id: textAt(group, ['id']),
    label: textAt(group, ['title']) || textAt(group, ['id']),
  }));
  return (
    <>
      <Row>
        <TextAt path={[...path, 'title']} label="Title" />
        <TextAt path={[...path, 'id']} label="Id" mono />
      </Row>
      <TextAt path={[...path, 'question']} label="Question" lines={2} />
      <TextAt path={[...path, 'why']} label="Why it is asked" lines={2} />
      <Row>
        <SelectAt path={[...path, 'side']} label="Whom it is about" items={SIDES} />
        <SelectAt path={[...path, 'about']} label="It tells" items={ABOUT} />
        <NumberAt path={[...path, 'costMinutes']} label="Minutes it takes" />
      </Row>
      <ConditionsAt path={[...path, 'gate']} label="Asked only if" />
      <ListAt
        path={[...path, 'answers']}
        label="Answers; every check needs could not check, on 0"
        addLabel="Add an answer"
        blank={() => ({ id: '', label: '', key: '' })}
        nameOf={(at) => textAt(document, [...path, 'answers', at, 'label']) || `Answer ${at + 1}`}
        item={(answer) => (
          <>
            <Row>
              <TextAt path={[...answer, 'label']} label="Answer" />
              <TextAt path={[...answer, 'id']} label="Id" mono />
              <TextAt path={[...answer, 'key']} label="Key" mono />
              <NumberAt path={[...answer, 'frequency']} label="How common" optional />
            </Row>
            <Row>
              <CheckAt path={[...answer, 'number']} label="Carries a number" />
              <CheckAt path={[...answer, 'alone']} label="Excludes the others" />
            </Row>
          </>
        )}
      />
      <Row>
        <CheckAt path={[...path, 'several']} label="Takes several answers" />
        <TextAt path={[...path, 'asksNumber', 'label']} label="Number asked" optional />
        <TextAt path={[...path, 'asksNumber', 'unit']} label="Its unit" optional />
      </Row>
      <WeightsAt path={path} />
      <Row>
        <SelectAt path={[...path, 'group']} label="Group" items={groups} none="none" />
        <NumberAt
          path={[...path, 'changesWithTime', 'askAgainAfterMinutes']}
          label="Ask again after"
          hint="minutes; empty: never"
          optional
        />
      </Row>
      <TextAt path={[...path, 'evidenceWanted']} label="Evidence wanted" optional />
      <Row>
        <TextAt path={[...path, 'control']} label="Control it concerns" optional />
        <TextAt path={[...path, 'owner']} label="Who can answer" optional />
      </Row>
      <HowToAt path={[...path, 'howTo']} />
    </>
  );
}
