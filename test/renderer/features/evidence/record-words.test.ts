import { expect, test } from 'vitest';
import { flagWords } from '../../../../renderer/features/evidence/record-words.ts';

test('a flag is said in words, the life of old answers of a name in minutes, and a strange one as it is', () => {
  expect(flagWords('open_to_world')).toBe('open to the world');
  expect(flagWords('dns_ttl_300')).toBe('old answers live on for 5 min');
  expect(flagWords('dns_ttl_30')).toBe('old answers live on for 30 s');
  expect(flagWords('something_new')).toBe('something new');
});
