import { describe, expect, it } from 'vitest';
import { regionSuggestions, serviceSuggestions } from '../../renderer/features/incidents/suggestions.ts';
import { matchSuggestions } from '../../renderer/lib/suggestions.ts';

const names = (found: readonly { readonly name: string }[]): string[] => found.map((one) => one.name);

describe('suggested names', () => {
  it('are found by what people call a service', () => {
    expect(names(matchSuggestions(serviceSuggestions('aws'), 'ec2'))[0]).toBe('Amazon Elastic Compute Cloud');
    expect(names(matchSuggestions(serviceSuggestions('gcp'), 'iam'))[0]).toBe(
      'Identity and Access Management',
    );
  });

  it('put what begins with the letters before what contains them', () => {
    const some = ['cloud-run', 'run', 'overrun', 'runner', 'other'].map((name) => ({ name, also: [] }));
    expect(names(matchSuggestions(some, 'Run '))).toEqual(['run', 'runner', 'cloud-run', 'overrun']);
  });

  it('offer single regions and everywhere, no areas', () => {
    const regions = names(regionSuggestions('gcp'));
    expect([
      regions.includes('europe-west1'),
      regions.includes('global'),
      regions.includes('europe'),
    ]).toEqual([true, true, false]);
  });
});
