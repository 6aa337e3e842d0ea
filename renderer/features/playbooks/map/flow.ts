import type { BuiltInEdge, Node } from '@xyflow/react';
import type { MapLayout } from '../../../../main/core/playbook/map-layout.ts';
import type { MapCheck, MapEdge, PlaybookMap } from '../../../../main/core/playbook/map.ts';
import type { Hypothesis } from '../../../../main/core/sides.ts';
import type { Contribution, Distribution } from '../../../../main/core/verdict/model.ts';
import { wholeLabel } from './map-words.ts';

/** What the graph shows beside the map itself. */
export interface MapPicture {
  readonly map: PlaybookMap;
  readonly layout: MapLayout;
  readonly size: 'wide' | 'narrow';
  readonly contributions: ReadonlyMap<string, Contribution>;
  /** Null for a playbook outside any incident. */
  readonly probabilities: Distribution | null;
  /** For the selected check: the hypotheses its answers can speak for, with the most they say. */
  readonly speaks: readonly { readonly towards: Hypothesis; readonly size: number }[];
  readonly selected: string | null;
}

export type CheckNode = Node<
  { readonly check: MapCheck; readonly contribution: Contribution | undefined },
  'check'
>;
export type VerdictNode = Node<{ readonly side: Hypothesis; readonly probability: number | null }, 'verdict'>;
export type BandNode = Node<{ readonly words: string }, 'band'>;
export type MapNode = CheckNode | VerdictNode | BandNode;

const BAND_WORDS = {
  opening: 'Asked first, in this order',
  ranked: 'Then whatever tells most per minute; the order decides between equals',
  verdict: 'The verdict',
} as const;
const SIDES: readonly Hypothesis[] = ['provider', 'shared', 'customer', 'third_party'];

/** The nodes of a picture: bands, checks, and the four possible verdicts at its foot. */
export function nodesOf({ map, layout, contributions, probabilities, selected }: MapPicture): MapNode[] {
  const { width, height } = layout.node;
  const fixed = { width, height, measured: { width, height }, draggable: false };
  return [
    ...(['opening', 'ranked', 'verdict'] as const).flatMap((band): BandNode[] => {
      const y = layout.bands[band];
      if (y === null) return [];
      const size = { width: layout.width, height: 40 };
      return [
        {
          id: `band:${band}`,
          type: 'band',
          position: { x: 0, y },
          data: { words: BAND_WORDS[band] },
          ...size,
          measured: size,
          draggable: false,
          selectable: false,
          focusable: false,
        },
      ];
    }),
    ...map.checks.map((check): CheckNode => {
      const contribution = contributions.get(check.id);
      return {
        id: check.id,
        type: 'check',
        position: layout.checks.get(check.id) ?? { x: 0, y: 0 },
        data: { check, contribution },
        ariaLabel: wholeLabel(check, contribution),
        selected: check.id === selected,
        ...fixed,
      };
    }),
    ...SIDES.map((side): VerdictNode => ({
      id: `verdict:${side}`,
      type: 'verdict',
      position: layout.verdicts[side],
      data: { side, probability: probabilities?.[side] ?? null },
      selectable: false,
      focusable: false,
      ...fixed,
    })),
  ];
}

/** The edges of a picture: what follows what, what opens what, and what the selected check speaks for. */
export function edgesOf(picture: MapPicture, classOf: (kind: string) => string): BuiltInEdge[] {
  const { map, layout, speaks, selected } = picture;
  const ofMap = map.edges.map((edge): BuiltInEdge => ({
    id: `${edge.kind}:${edge.from}:${edge.to}`,
    source: edge.from,
    target: edge.to,
    type: 'smoothstep',
    pathOptions: { offset: 12, borderRadius: 6 },
    className: classOf(edge.holds === false ? 'shut' : edge.kind),
    focusable: false,
    selectable: false,
    ...handlesOf(edge, layout),
  }));
  if (selected === null) return ofMap;
  return [
    ...ofMap,
    ...speaks.map(({ towards, size }): BuiltInEdge => ({
      id: `speaks:${selected}:${towards}`,
      source: selected,
      target: `verdict:${towards}`,
      sourceHandle: 'bottom',
      targetHandle: 'top',
      type: 'default',
      className: `${classOf('speaks')} ${classOf(towards)}`,
      label: `+${size.toFixed(1)}`,
      focusable: false,
      selectable: false,
    })),
  ];
}

/** A sequence goes down; a gate leaves at the side, so that it can be told from the sequence. */
function handlesOf(
  { kind, from, to }: MapEdge,
  { checks }: MapLayout,
): { readonly sourceHandle: string; readonly targetHandle: string } {
  const [source, target] = [checks.get(from), checks.get(to)];
  if (source === undefined || target === undefined) return { sourceHandle: 'bottom', targetHandle: 'top' };
  if (kind !== 'gate')
    return target.y > source.y
      ? { sourceHandle: 'bottom', targetHandle: 'top' }
      : { sourceHandle: 'right', targetHandle: target.x > source.x ? 'left' : 'right' };
  if (target.x > source.x) return { sourceHandle: 'right', targetHandle: 'left' };
  return { sourceHandle: target.x < source.x ? 'left' : 'right', targetHandle: 'right' };
}
