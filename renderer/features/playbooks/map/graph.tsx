import { Fragment, useMemo, useRef, type ReactNode } from 'react';
import {
  Handle,
  Panel,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type NodeChange,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Button } from '../../../components/button.tsx';
import { SideTag } from '../../../components/side-tag.tsx';
import { cx } from '../../../lib/cx.ts';
import { percent } from '../../../lib/format.ts';
import {
  edgesOf,
  nodesOf,
  type BandNode,
  type CheckNode,
  type MapNode,
  type MapPicture,
  type VerdictNode,
} from './flow.ts';
import styles from './graph.module.css';
import { secondLine, STANDING_WORDS } from './map-words.ts';

const NODE_TYPES = { check: CheckBox, verdict: VerdictBox, band: BandLine };
const ARIA = {
  'node.a11yDescription.default': 'Enter shows the check. Tab goes to the next one.',
  'node.a11yDescription.keyboardDisabled': 'Enter shows the check. Tab goes to the next one.',
  'edge.a11yDescription.default': 'What follows or opens what is said in each check.',
};
/** Room left around the picture, in pixels. */
const MARGIN = 16;

interface GraphProps {
  readonly picture: MapPicture;
  readonly label: string;
  readonly onSelect: (check: string | null) => void;
}

/** A playbook drawn on the line. Loaded when it is first seen: the window opens without it. */
export function Graph(props: GraphProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ picture, label, onSelect }: GraphProps): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const { setViewport } = useReactFlow();
  const nodes = useMemo(() => nodesOf(picture), [picture]);
  const edges = useMemo(() => edgesOf(picture, (kind) => styles[kind] ?? ''), [picture]);
  const { layout } = picture;
  const show = (): void => {
    const { clientWidth: width = layout.width, clientHeight: height = layout.height } = area.current ?? {};
    void setViewport(startingView(picture, width, height));
  };
  return (
    <div
      ref={area}
      className={cx(styles['graph'], picture.size === 'narrow' && styles['narrow'])}
      role="group"
      aria-label={label}
    >
      <ReactFlow<MapNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        ariaLabelConfig={ARIA}
        onInit={show}
        onNodesChange={(changes: NodeChange<MapNode>[]) => {
          const chosen = changes.find((change) => change.type === 'select' && change.selected);
          if (chosen?.type === 'select') onSelect(chosen.id);
        }}
        onPaneClick={() => {
          onSelect(null);
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elementsSelectable
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.25}
        maxZoom={1.5}
        translateExtent={[
          [-200, -100],
          [layout.width + 200, layout.height + 100],
        ]}
        proOptions={{ hideAttribution: true }}
      >
        <ZoomPanel onWidth={show} />
      </ReactFlow>
    </div>
  );
}

/** The width of the picture fills the area; what is selected or next is in sight. */
function startingView(
  { layout, map, selected }: MapPicture,
  width: number,
  height: number,
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const zoom = Math.min(1, Math.max(0.25, (width - 2 * MARGIN) / layout.width));
  const wanted = selected ?? map.checks.find(({ standing }) => standing === 'next')?.id;
  const place = wanted === undefined ? undefined : layout.checks.get(wanted);
  const lowest = Math.min(0, height - layout.height * zoom - MARGIN);
  const y = place === undefined ? MARGIN : Math.min(MARGIN, Math.max(lowest, height / 2 - place.y * zoom));
  return { x: (width - layout.width * zoom) / 2, y, zoom };
}

function ZoomPanel({ onWidth }: { readonly onWidth: () => void }): ReactNode {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="top-right" className={styles['zoom'] ?? ''}>
      <Button variant="quiet" aria-label="Larger" onPress={() => void zoomIn()}>
        +
      </Button>
      <Button variant="quiet" aria-label="Smaller" onPress={() => void zoomOut()}>
        −
      </Button>
      <Button variant="quiet" onPress={onWidth}>
        Width
      </Button>
      <Button variant="quiet" onPress={() => void fitView({ padding: 0.05 })}>
        Whole
      </Button>
    </Panel>
  );
}

function CheckBox({ data: { check, contribution }, selected }: NodeProps<CheckNode>): ReactNode {
  const { standing, step, opening } = check;
  const number = step ?? (standing === null ? opening : null);
  const line = secondLine(check, contribution);
  return (
    <div
      className={cx(styles['check'], selected && styles['selected'])}
      data-side={check.side}
      data-standing={standing ?? 'none'}
      title={`${check.title}: ${line}`}
    >
      <Ports />
      <div className={styles['title']}>
        {standing !== null && <span className={styles['shape']}>{STANDING_WORDS[standing].shape}</span>}
        {number !== null && <span className={styles['number']}>{number}</span>}
        <span className={styles['name']}>{check.title}</span>
      </div>
      <div className={styles['second']}>{line}</div>
    </div>
  );
}

function VerdictBox({ data: { side, probability } }: NodeProps<VerdictNode>): ReactNode {
  return (
    <div className={styles['verdict']} data-side={side}>
      <Ports />
      <SideTag side={side} />
      {probability !== null && <strong className={styles['percent']}>{percent(probability)}</strong>}
    </div>
  );
}

function BandLine({ data: { words } }: NodeProps<BandNode>): ReactNode {
  return <div className={styles['band']}>{words}</div>;
}

/** Where edges come in and go out; nobody draws any, so they are not seen. */
function Ports(): ReactNode {
  const ports = [
    ['top', Position.Top],
    ['right', Position.Right],
    ['bottom', Position.Bottom],
    ['left', Position.Left],
  ] as const;
  return ports.map(([id, position]) => (
    <Fragment key={id}>
      <Handle
        id={id}
        type="source"
        position={position}
        isConnectable={false}
        className={styles['port'] ?? ''}
      />
      <Handle
        id={id}
        type="target"
        position={position}
        isConnectable={false}
        className={styles['port'] ?? ''}
      />
    </Fragment>
  ));
}
