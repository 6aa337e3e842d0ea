import type { Channel } from '../../preload/contract/channels.ts';
import type { Answers, Input, Pushes, Reply } from '../../preload/contract/requests.ts';

/** A request as the window sees it once the channel's name is a variable. */
type Ask = (input: unknown) => Promise<unknown>;

/**
 * The only way out of the window. Answers are Results: a failure that can happen is a value with one sentence for
 * a person. Should main itself break, that too becomes such a value, so that nothing typed is lost to an exception.
 */
export async function request<C extends Channel>(channel: C, input: Input<C>): Promise<Reply<C>> {
  try {
    const ask = window.demarc[channel] as Ask; // each channel's input and answer are tied by C
    return (await ask(input)) as Reply<C>;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, error: { code: 'unexpected', message: `The program did not answer: ${why}` } };
  }
}

/** Like `request`, for a plain answer or null; `report` gets the sentence of a failure. */
export async function ask<C extends Channel>(
  channel: C,
  input: Input<C>,
  report: (message: string) => void,
): Promise<Answers[C] | null> {
  const reply = await request(channel, input);
  if (reply.ok) return reply.value;
  report(reply.error.message);
  return null;
}

/** Listens to what main tells by itself; returns how to stop. */
export function listen<P extends keyof Pushes>(push: P, listener: (message: Pushes[P]) => void): () => void {
  return window.demarc.on[push](listener);
}

/** The path on disk of a file that was dropped on the window. */
export function pathOfFile(file: File): string {
  return window.demarc.pathOfFile(file);
}
