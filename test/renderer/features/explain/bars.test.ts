import { describe, expect, it } from 'vitest';
import { barOf, fullScale } from '../../../../renderer/features/explain/bars.ts';

describe('barOf', () => {
  it('goes left of the line for the provider, right for us, and around it for shared and third party', () => {
    expect(barOf('provider', 2, 4)).toEqual({ from: 0.25, to: 0.5 });
    expect(barOf('customer', 4, 4)).toEqual({ from: 0.5, to: 1 });
    expect(barOf('shared', 2, 4)).toEqual({ from: 0.375, to: 0.625 });
    expect(barOf('third_party', 4, 4)).toEqual({ from: 0.25, to: 0.75 });
  });

  it('stays in the picture whatever it is given', () => {
    expect(barOf('customer', 9, 4)).toEqual({ from: 0.5, to: 1 });
    expect(barOf('provider', -1, 4)).toEqual({ from: 0.5, to: 0.5 });
    expect(barOf('provider', 1, 0)).toEqual({ from: 0.5, to: 0.5 });
    expect([fullScale([]), fullScale([{ size: 0.2 }, { size: 2.1 }])]).toEqual([1, 3]);
  });
});
