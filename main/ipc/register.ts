import { CHANNELS, WIRE_PREFIX, type Channel } from '../../preload/contract/channels.ts';
import { REQUESTS, type Handlers } from '../../preload/contract/requests.ts';
import { fail, type Result } from '../core/result.ts';

/** The slice of Electron's ipcMain that is needed. */
export interface RequestPort<E> {
  handle(channel: string, listener: (event: E, input: unknown) => Promise<unknown>): void;
}

/**
 * Registers one handler per named request. Before a handler sees anything, the sender's frame and the input's
 * schema are checked; whatever it throws becomes a value, because across IPC an error keeps only its message.
 */
export function registerHandlers<E>(
  port: RequestPort<E>,
  handlers: Handlers,
  isTrusted: (event: E) => boolean,
  report: (channel: Channel, cause: unknown) => void,
): void {
  for (const channel of CHANNELS) {
    port.handle(WIRE_PREFIX + channel, async (event, input): Promise<Result<unknown>> => {
      if (!isTrusted(event)) return fail('refused', `"${channel}" was asked by a page that is not Demarc's.`);
      const parsed = REQUESTS[channel].safeParse(input);
      if (!parsed.success) return fail('invalid_input', faultOf(parsed.error), channel);
      try {
        // The schema of this channel has just shaped the input; the union of all channels cannot express it.
        return await (handlers[channel] as (value: unknown) => Promise<Result<unknown>>)(parsed.data);
      } catch (cause) {
        report(channel, cause);
        const why = cause instanceof Error ? cause.message : String(cause);
        return fail('unexpected', `Demarc made a mistake while doing this: ${why}`);
      }
    });
  }
}

interface Fault {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** The first fault of an input, with its place, as one sentence. */
function faultOf({ issues }: Fault): string {
  const first = issues[0];
  if (!first) return 'The input is not valid.';
  const place = first.path.map(String).join('.');
  return place === '' ? first.message : `${place}: ${first.message}`;
}
