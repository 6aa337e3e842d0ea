import { expect, test } from 'vitest';
import { providerWords } from '../../../main/core/evidence/provider-words.ts';
import { ONSET, record } from './evidence.ts';

const context = { onset: ONSET, services: ['Amazon EC2'], regions: ['eu-west-1'] };
const issue = {
  source: 'health.amazonaws.com',
  name: 'AWS_EC2_OPERATIONAL_ISSUE',
  readOnly: true,
  flags: ['provider_issue'],
};

test('what the provider reports of itself around onset is found, what fits first, then the nearest', () => {
  const fits = record(40, issue);
  const otherRegion = record(5, { ...issue, region: 'us-east-1' });
  const otherService = record(10, { ...issue, name: 'AWS_S3_OPERATIONAL_ISSUE' });
  const late = record(1, { flags: ['delivery_outage'] });
  const global = record(-100, { ...issue, region: '' });
  const found = providerWords(
    [record(2), fits, otherRegion, otherService, late, global, record(361, issue), record(-121, issue)],
    context,
  );
  expect(found.map((word) => [word.record, word.matches])).toEqual([
    [fits, true],
    [global, true],
    [late, false],
    [otherRegion, false],
    [otherService, false],
  ]);
});

test('a name of a service counts as a word, not as a part of one', () => {
  const about = (services: readonly string[]): boolean | undefined =>
    providerWords(
      [record(1, { ...issue, name: 'AWS_ECS_OPERATIONAL_ISSUE', detail: 'Storage (West Europe)' })],
      {
        ...context,
        services,
      },
    )[0]?.matches;
  expect([about(['ecs']), about(['Azure Storage']), about(['cs']), about([])]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
