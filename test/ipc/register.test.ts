import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerHandlers } from '../../main/ipc/register.ts';
import { CHANNELS, WIRE_PREFIX, type Channel } from '../../preload/contract/channels.ts';
import { REQUESTS, type Handlers } from '../../preload/contract/requests.ts';

interface Call {
  readonly channel: Channel;
  readonly input: unknown;
}

/** The port as Electron's ipcMain offers it, as a map: handlers are registered and can be asked. */
function registered(act: (channel: Channel) => unknown = () => ({ ok: true, value: null })) {
  const listeners = new Map<string, (event: boolean, input: unknown) => Promise<unknown>>();
  const calls: Call[] = [];
  const reports: Channel[] = [];
  const handlers = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      (input: unknown) => {
        calls.push({ channel, input });
        return Promise.resolve(act(channel));
      },
    ]),
  ) as unknown as Handlers; // one handler per channel, as the type asks
  registerHandlers(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    handlers,
    (trusted: boolean) => trusted,
    (channel) => reports.push(channel),
  );
  const ask = (channel: Channel, input: unknown, trusted = true) =>
    listeners.get(WIRE_PREFIX + channel)?.(trusted, input);
  return { listeners, calls, reports, ask };
}

describe('the wrapper around every request', () => {
  it('is around every request of the contract and no other', () => {
    expect([...registered().listeners.keys()]).toEqual(CHANNELS.map((channel) => WIRE_PREFIX + channel));
    expect(Object.keys(REQUESTS).sort()).toEqual([...CHANNELS].sort());
  });

  it('refuses a stranger before the handler sees anything', async () => {
    const { ask, calls } = registered();
    for (const channel of CHANNELS) {
      expect(await ask(channel, {}, false)).toMatchObject({ ok: false, error: { code: 'refused' } });
    }
    expect(calls).toEqual([]);
  });

  it('lets no value through that the schema does not know', async () => {
    const { ask, calls } = registered();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CHANNELS),
        fc.anything({ withNullPrototype: true }),
        async (channel, input) => {
          const before = calls.length;
          const reply = (await ask(channel, input)) as { readonly ok: boolean };
          expect(reply.ok).toBe(REQUESTS[channel].safeParse(input).success);
          expect(calls.length - before).toBe(reply.ok ? 1 : 0);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('names the place of a fault', async () => {
    const { ask } = registered();
    expect(await ask('importEvidence', { incidentId: 'x', paths: [] })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', message: expect.stringMatching(/^paths: /) as string },
    });
  });

  it('turns a mistake of ours into an answer, and reports it', async () => {
    const { ask, reports } = registered(() => {
      throw new Error('a bug');
    });
    expect(await ask('listIncidents', {})).toEqual({
      ok: false,
      error: { code: 'unexpected', message: 'Demarc made a mistake while doing this: a bug' },
    });
    expect(reports).toEqual(['listIncidents']);
  });
});
