import type { ReactNode } from 'react';
import type { MapCheck } from '../../../../main/core/playbook/map.ts';
import { Button } from '../../../components/button.tsx';
import { SideTag } from '../../../components/side-tag.tsx';
import { cx } from '../../../lib/cx.ts';
import { duration, percent } from '../../../lib/format.ts';
import type { MapPicture } from './flow.ts';
import { addedWords, SIDE_LABELS, STANDING_WORDS } from './map-words.ts';
import styles from './outline.module.css';

const SIDES = ['provider', 'customer', 'shared', 'third_party'] as const;

/** The same map as text: everything the graph shows, in the order in which it is read. */
export function Outline({
  picture,
  onSelect,
}: {
  readonly picture: MapPicture;
  readonly onSelect: (check: string) => void;
}): ReactNode {
  const { map, probabilities } = picture;
  const opening = map.checks.filter((check) => check.opening !== null);
  const ranked = map.checks.filter((check) => check.opening === null);
  const taken = map.checks
    .filter(({ step }) => step !== null)
    .toSorted((a, b) => (a.step ?? 0) - (b.step ?? 0));
  return (
    <div className={styles['outline']}>
      {taken.length > 0 && (
        <Part title="The path taken" checks={taken} picture={picture} onSelect={onSelect} />
      )}
      <Part
        title="Asked first, in this order"
        checks={opening.filter(({ step }) => step === null)}
        picture={picture}
        onSelect={onSelect}
      />
      <Part
        title="Then whatever tells most per minute; this order decides between equals"
        checks={ranked.filter(({ step }) => step === null)}
        picture={picture}
        onSelect={onSelect}
      />
      {probabilities !== null && (
        <section>
          <h2 className={styles['heading']}>The verdict</h2>
          <ul className={styles['sides']}>
            {SIDES.map((side) => (
              <li key={side}>
                <SideTag side={side} /> {percent(probabilities[side])}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Part({
  title,
  checks,
  picture,
  onSelect,
}: {
  readonly title: string;
  readonly checks: readonly MapCheck[];
  readonly picture: MapPicture;
  readonly onSelect: (check: string) => void;
}): ReactNode {
  if (checks.length === 0) return null;
  return (
    <section>
      <h2 className={styles['heading']}>{title}</h2>
      <ol className={styles['list']}>
        {checks.map((check) => (
          <li key={check.id}>
            <Button
              variant="quiet"
              className={cx(styles['row'], check.id === picture.selected && styles['selected'])}
              aria-pressed={check.id === picture.selected}
              onPress={() => {
                onSelect(check.id);
              }}
            >
              <Line check={check} picture={picture} />
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Line({ check, picture }: { readonly check: MapCheck; readonly picture: MapPicture }): ReactNode {
  const { standing, step, opening } = check;
  const facts = [
    check.answer,
    addedWords(picture.contributions.get(check.id)),
    SIDE_LABELS[check.side],
    check.about === 'spread' && 'about the spread',
    duration(check.costMinutes),
    opening !== null && `number ${opening} of the opening`,
    check.openingWhen !== '' && `first only if ${check.openingWhen}`,
    check.gate !== '' && `asked only if ${check.gate}`,
  ];
  return (
    <span className={styles['line']}>
      {standing !== null && (
        <span className={styles['standing']} data-standing={standing}>
          <span aria-hidden="true">{STANDING_WORDS[standing].shape}</span> {STANDING_WORDS[standing].word}
        </span>
      )}
      <span>
        <strong>
          {step !== null && `${step}. `}
          {check.title}
        </strong>{' '}
        <span className={styles['facts']}>
          {facts.filter((fact) => fact !== false && fact !== '').join(' · ')}
        </span>
      </span>
    </span>
  );
}
