import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOMS } from '../config/import-rules.js';

const README = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');

it('shows the same import table in the README as the check enforces', () => {
  const cells = (line: string) => line.split('|').map((cell) => cell.trim());
  const shown = README.split('\n')
    .map(cells)
    .filter(([, from]) => ROOMS.some((room) => `\`${room.from}\`` === from))
    .filter((row) => row.length === 6)
    .map(([, from, may, packages, reason]) => ({ from, may, packages, reason }));
  const enforced = ROOMS.map((room) => ({
    from: `\`${room.from}\``,
    may: room.may.map((one) => `\`${one}\``).join(', ') || 'itself',
    packages: room.packages.join(', '),
    reason: room.reason,
  }));
  expect(shown).toEqual(enforced);
});
