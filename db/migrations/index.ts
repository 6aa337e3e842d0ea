import { initial } from './0010-initial.ts';
import { recordBatches } from './0020-record-batches.ts';
import { feedHeaders } from './0030-feed-headers.ts';
import { stateFinding } from './0040-state-finding.ts';
import { rowMappings } from './0050-row-mappings.ts';
import { teamPlaybooks } from './0060-team-playbooks.ts';
import { feedPolls } from './0100-feed-polls.ts';
import { stateSpans } from './0110-state-spans.ts';
import { readAgain } from './0120-read-again.ts';
import { findingOrder } from './0130-finding-order.ts';
import type { Migration } from './migration.ts';

/** Every step, lowest number first. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  recordBatches,
  feedHeaders,
  stateFinding,
  rowMappings,
  teamPlaybooks,
  feedPolls,
  stateSpans,
  readAgain,
  findingOrder,
];
