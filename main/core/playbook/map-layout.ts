import type { Hypothesis } from '../sides.ts';
import type { MapCheck, PlaybookMap } from './map.ts';

/** Sizes of a node in pixels: with the room of a whole view, and beside a form. */
const NODES = { wide: { width: 228, height: 60 }, narrow: { width: 176, height: 62 } } as const;
const GAP = { column: 28, row: 28, band: 60 };
/** A lane with more checks than this after the opening gets another column. */
const ROWS_BEFORE_ANOTHER_COLUMN = 5;
const MOST_COLUMNS = 3;
const LANES = ['provider', 'both', 'customer'] as const;
type Lane = (typeof LANES)[number];

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where everything is drawn. Places are upper left corners. */
export interface MapLayout {
  readonly node: { readonly width: number; readonly height: number };
  readonly width: number;
  readonly height: number;
  readonly checks: ReadonlyMap<string, Place>;
  /** The four possible verdicts at the foot: the provider's left, ours right, shared on the line, third party below it. */
  readonly verdicts: Readonly<Record<Hypothesis, Place>>;
  /** Where the bands begin: what is asked first, what is then ranked, the verdict. */
  readonly bands: {
    readonly opening: number | null;
    readonly ranked: number | null;
    readonly verdict: number;
  };
  /** The x of the line itself: the middle of the lane of what concerns both sides. */
  readonly line: number;
}

/**
 * Lays a map out on the line: the provider's checks left, ours right, what concerns both on the line; the opening row by row in its
 * order, below it the rest of each lane in the playbook's order, a gated check never above what opens it.
 */
export function layOutMap(map: PlaybookMap, size: keyof typeof NODES = 'wide'): MapLayout {
  const node = NODES[size];
  const opening = map.checks.filter((check) => check.opening !== null);
  const ranked = inGateOrder(
    map,
    map.checks.filter((check) => check.opening === null),
  );
  const columns = columnsPerLane(ranked);
  const left = laneStarts(columns, node.width);
  const pitch = node.height + GAP.row;
  const checks = new Map<string, Place>();

  const openingTop = GAP.band;
  for (const [row, { id, side }] of opening.entries())
    checks.set(id, { x: left[side], y: openingTop + row * pitch });

  const rankedTop = opening.length === 0 ? GAP.band : openingTop + opening.length * pitch + GAP.band;
  const seats = new Map<Lane, number>();
  for (const { id, side } of ranked) {
    const seat = seats.get(side) ?? 0;
    seats.set(side, seat + 1);
    const row = Math.floor(seat / columns[side]);
    const column = seat % columns[side];
    checks.set(id, { x: left[side] + column * (node.width + GAP.column), y: rankedTop + row * pitch });
  }
  const rows = Math.max(0, ...LANES.map((lane) => Math.ceil((seats.get(lane) ?? 0) / columns[lane])));
  const verdictTop = (ranked.length === 0 ? rankedTop - GAP.band : rankedTop + rows * pitch) + GAP.band;
  const width = left.customer + widthOf(columns.customer, node.width);
  const middle = left.both + (widthOf(columns.both, node.width) - node.width) / 2;
  return {
    node,
    width,
    height: verdictTop + 2 * pitch,
    checks,
    verdicts: {
      provider: { x: left.provider, y: verdictTop },
      shared: { x: middle, y: verdictTop },
      customer: { x: left.customer, y: verdictTop },
      third_party: { x: middle, y: verdictTop + pitch },
    },
    bands: {
      opening: opening.length === 0 ? null : openingTop - GAP.band,
      ranked: ranked.length === 0 ? null : rankedTop - GAP.band,
      verdict: verdictTop - GAP.band,
    },
    line: middle + node.width / 2,
  };
}

function columnsPerLane(ranked: readonly MapCheck[]): Readonly<Record<Lane, number>> {
  const of = (lane: Lane): number => {
    const count = ranked.filter(({ side }) => side === lane).length;
    return Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(count / ROWS_BEFORE_ANOTHER_COLUMN)));
  };
  return { provider: of('provider'), both: of('both'), customer: of('customer') };
}

function laneStarts(columns: Readonly<Record<Lane, number>>, width: number): Readonly<Record<Lane, number>> {
  const both = widthOf(columns.provider, width) + 2 * GAP.column;
  return { provider: 0, both, customer: both + widthOf(columns.both, width) + 2 * GAP.column };
}

function widthOf(columns: number, width: number): number {
  return columns * width + (columns - 1) * GAP.column;
}

/** The given order, save that what a gate looks at comes first; a circle of gates keeps the given order. */
function inGateOrder(map: PlaybookMap, checks: readonly MapCheck[]): readonly MapCheck[] {
  const openers = new Map<string, string[]>();
  for (const { kind, from, to } of map.edges)
    if (kind === 'gate') openers.set(to, [...(openers.get(to) ?? []), from]);
  const left = [...checks];
  const sorted: MapCheck[] = [];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ id }) => id));
    const free = left.findIndex(
      ({ id }) => !(openers.get(id) ?? []).some((one) => one !== id && waiting.has(one)),
    );
    sorted.push(...left.splice(Math.max(0, free), 1));
  }
  return sorted;
}
