import { WIRE_PREFIX, type Push } from '../../preload/contract/channels.ts';
import type { Pushes } from '../../preload/contract/requests.ts';

/** The slice of a window's contents that is needed to send to it. */
export interface PushTarget {
  isDestroyed(): boolean;
  send(channel: string, message: unknown): void;
}

/** Sends a message to every window that is there. */
export function pushTo<P extends Push>(targets: readonly PushTarget[], push: P, message: Pushes[P]): void {
  for (const target of targets) {
    if (!target.isDestroyed()) target.send(WIRE_PREFIX + push, message);
  }
}
