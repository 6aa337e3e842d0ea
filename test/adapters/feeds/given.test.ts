import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify, reasonAgainst } from '../../../main/adapters/feeds/identify.ts';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { unpack } from '../../../main/adapters/feeds/unpack.ts';
import { bytesOf, fixture, fixtures } from './fixtures.ts';

const context = { fetchedAt: '2031-03-02T13:30:00.000Z' } as Parameters<typeof readFeed>[2];

/** What a person's bytes come to: their kind and the state that they are read in. */
function taken(bytes: Uint8Array): string {
  const inner = unpack(bytes).bytes;
  const identity = identify(inner);
  return identity === null ? reasonAgainst(inner) : readFeed(identity.kind, inner, context).feedState;
}

/** A fixture as a message of SNS carries it. */
function enveloped(bytes: Uint8Array): string {
  return JSON.stringify({ Type: 'Notification', Message: new TextDecoder().decode(bytes) });
}

describe('what a person gives', () => {
  test('never makes the taking out throw, whatever its bytes', () => {
    const wrapped = fc.json({ maxDepth: 3 }).map((text) => JSON.stringify({ Records: [{ body: text }] }));
    const lines = fc.array(fc.json({ maxDepth: 2 }), { maxLength: 5 }).map((all) => all.join('\n'));
    const noise = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(noise, wrapped.map(bytesOf), lines.map(bytesOf)), (bytes) => {
        expect(taken(bytes)).not.toBe('');
      }),
    );
  });

  test('is read inside a message as it is read alone', () => {
    const documents = fixtures().filter(({ name }) => name.endsWith('.json') && !name.includes('quiet'));
    for (const { bytes } of documents) {
      expect(taken(bytesOf(enveloped(bytes)))).toBe(taken(bytes));
    }
  });

  test('is never ok when it is cut off, inside a message or a code block', () => {
    const whole = fixture('aws_health_events.traps.json');
    const text = enveloped(whole);
    const block = `\`\`\`json\n${new TextDecoder().decode(whole)}\n\`\`\``;
    const states = new Set<string>();
    for (let cut = 1; cut < text.length; cut += 97) states.add(taken(bytesOf(text.slice(0, -cut))));
    for (let cut = 4; cut < block.length; cut += 97) states.add(taken(bytesOf(block.slice(0, -cut))));
    expect([...states].filter((state) => state === 'ok' || state === 'empty')).toEqual([]);
  });

  test.each<[string, () => string]>([
    ['many lines of one object', () => '{"a":1}\n'.repeat(15_000)],
    [
      'messages in messages',
      () => {
        let text = '{"a":1}';
        for (let depth = 0; depth < 12; depth += 1)
          text = JSON.stringify({ Type: 'Notification', Message: text });
        return text;
      },
    ],
    ['a code block that never ends', () => `\`\`\`json\n${'[{"a":1},\n'.repeat(200_000)}`],
    ['many openings of code blocks', () => '```\n'.repeat(200_000)],
    [
      'quotes without end',
      () =>
        JSON.stringify([
          {
            jsonPayload: {
              '@type': 'google.cloud.servicehealth.logging.v1.EventLog',
              impactedProducts: "'".repeat(200_001),
            },
          },
        ]),
    ],
  ])('holds nobody up: %s', (_, make) => {
    const bytes = bytesOf(make());
    const before = process.cpuUsage();
    taken(bytes);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
