import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** WCAG 2.2's relative luminance of `#rrggbb`: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const css = readFileSync(new URL('../../renderer/app/tokens.css', import.meta.url), 'utf8');
const tokens = Object.fromEntries(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map((found) => [
    found[1] ?? '',
    { light: found[2] ?? '', dark: found[3] ?? '' },
  ]),
);

const GROUNDS = ['background', 'surface', 'raised'];
const TEXTS = [
  'text',
  'muted',
  'provider',
  'customer',
  'shared',
  'third-party',
  'fine',
  'degraded',
  'outage',
  'focus',
];
/** Colours that fill a control under `on-accent` text. */
const FILLS = [
  'focus',
  'provider',
  'customer',
  'shared',
  'third-party',
  'outage',
  'degraded',
  'fine',
  'text',
];

function pairs(fronts: readonly string[], grounds: readonly string[]): [string, 'light' | 'dark', number][] {
  return (['light', 'dark'] as const).flatMap((theme) =>
    fronts.flatMap((front) =>
      grounds.map((ground): [string, 'light' | 'dark', number] => [
        `${front} on ${ground}`,
        theme,
        contrast(tokens[front]?.[theme] ?? '', tokens[ground]?.[theme] ?? ''),
      ]),
    ),
  );
}

describe('the colour tokens', () => {
  it('are all found in both themes', () => {
    expect(Object.keys(tokens).sort()).toEqual(
      [...GROUNDS, ...TEXTS, 'border', 'hairline', 'on-accent'].sort(),
    );
  });

  it.each(pairs(TEXTS, GROUNDS))('%s in the %s theme reaches 4.5:1', (_pair, _theme, ratio) => {
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(['border'], GROUNDS))('%s in the %s theme reaches 3:1', (_pair, _theme, ratio) => {
    expect(ratio).toBeGreaterThanOrEqual(3);
  });

  it.each(pairs(['on-accent'], FILLS))('%s in the %s theme reaches 4.5:1', (_pair, _theme, ratio) => {
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  });

  it('reach the contrasts that the design names', () => {
    const rounded = (front: string, ground: string): [number, number] => [
      Math.round(contrast(tokens[front]?.dark ?? '', ground === 'first' ? '#0e1216' : '#1c242c') * 10) / 10,
      Math.round(contrast(tokens[front]?.light ?? '', ground === 'first' ? '#ffffff' : '#f0f1ec') * 10) / 10,
    ];
    expect({ text: rounded('text', 'first'), provider: rounded('provider', 'last') }).toEqual({
      text: [15.9, 16.6],
      provider: [7.6, 6.4],
    });
  });
});
