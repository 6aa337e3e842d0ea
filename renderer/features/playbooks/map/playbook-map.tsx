import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { Playbook } from '../../../../main/core/playbook/definition.ts';
import { layOutMap } from '../../../../main/core/playbook/map-layout.ts';
import { mapOf, type Progress } from '../../../../main/core/playbook/map.ts';
import { meaningsOf } from '../../../../main/core/playbook/meaning.ts';
import type { Hypothesis } from '../../../../main/core/sides.ts';
import type { Judgement } from '../../../../main/core/verdict/model.ts';
import { Choice } from '../../../components/choice.tsx';
import type { MapPicture } from './flow.ts';
import { Legend } from './legend.tsx';
import { Outline } from './outline.tsx';
import styles from './playbook-map.module.css';
import { useMapShape } from './shape-store.ts';

const Graph = lazy(async () => ({ default: (await import('./graph.tsx')).Graph }));

export interface PlaybookMapProps {
  readonly playbook: Playbook;
  /** How far an incident has come on it, and what the engine makes of it; null for the playbook alone. */
  readonly progress: Progress | null;
  readonly judgement: Pick<Judgement, 'contributions' | 'probabilities'> | null;
  readonly selected: string | null;
  readonly onSelect: (check: string | null) => void;
  /** Beside a form or a check's own words there is less room for each check. */
  readonly isNarrow?: boolean;
  /** Beside the map: what is selected. */
  readonly aside: ReactNode;
}

/** A playbook as a graph or, saying the same, as an outline. */
export function PlaybookMap({
  playbook,
  progress,
  judgement,
  selected,
  onSelect,
  isNarrow = false,
  aside,
}: PlaybookMapProps): ReactNode {
  const { shape, setShape } = useMapShape();
  const map = useMemo(() => mapOf(playbook, progress), [playbook, progress]);
  const size = isNarrow || aside !== null ? 'narrow' : 'wide';
  const layout = useMemo(() => layOutMap(map, size), [map, size]);
  const picture = useMemo(
    (): MapPicture => ({
      map,
      layout,
      size,
      contributions: new Map((judgement?.contributions ?? []).map((one) => [one.check, one])),
      probabilities: judgement?.probabilities ?? null,
      speaks: speaksFor(playbook, judgement, selected),
      selected,
    }),
    [map, layout, size, playbook, judgement, selected],
  );
  return (
    <div className={styles['map']}>
      <div className={styles['bar']}>
        <Choice
          label="Show as"
          className={styles['choice']}
          items={[
            { id: 'graph', label: 'Graph' },
            { id: 'outline', label: 'Outline' },
          ]}
          value={shape}
          onChange={setShape}
        />
        {progress !== null && <Legend />}
      </div>
      <div className={styles['columns']} data-aside={aside !== null}>
        <div className={styles['picture']}>
          {shape === 'graph' ? (
            <Suspense fallback={<p role="status">Drawing the playbook…</p>}>
              <Graph
                key={`${playbook.id} ${size}`}
                picture={picture}
                label={`The playbook ${playbook.title}; the outline says the same as text`}
                onSelect={onSelect}
              />
            </Suspense>
          ) : (
            <Outline picture={picture} onSelect={onSelect} />
          )}
        </div>
        {aside}
      </div>
    </div>
  );
}

/** In an incident what the answer given says; else the most that any answer of the check can say for each side. */
function speaksFor(
  playbook: Playbook,
  judgement: PlaybookMapProps['judgement'],
  selected: string | null,
): MapPicture['speaks'] {
  const given = judgement?.contributions.find(({ check }) => check === selected);
  if (given !== undefined) return given.size < 0.05 ? [] : [{ towards: given.towards, size: given.size }];
  const check = playbook.checks.find(({ id }) => id === selected);
  if (check === undefined) return [];
  const most = new Map<Hypothesis, number>();
  for (const { towards, size } of meaningsOf(check).flatMap(({ sayings }) => sayings))
    if (towards !== null) most.set(towards, Math.max(size, most.get(towards) ?? 0));
  return [...most].map(([towards, size]) => ({ towards, size }));
}
