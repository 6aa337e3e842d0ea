import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCacao } from '../../../main/core/playbook/cacao/export.ts';
import { importCacao } from '../../../main/core/playbook/cacao/import.ts';
import { parsePlaybook } from '../../../main/core/playbook/parse.ts';
import { lintPlaybook } from '../../../main/core/playbook/lint.ts';
import { instantOf } from '../../../main/core/time.ts';
import { Cases } from '../../../main/core/verdict/cases.ts';
import { summarise } from '../../../main/core/verdict/report.ts';
import { simulateAll } from '../../../main/core/verdict/simulate.ts';
import { benchmark } from '../../support/recordings.ts';
import { deepenedPlaybooks } from './built-in.ts';
import { uuid } from './cacao/uuid.ts';
import { generalPlaybook } from './general-playbook.ts';

const OWN = path.resolve(import.meta.dirname, '../../fixtures/cases.json');
const general = generalPlaybook();
const deepened = deepenedPlaybooks();
const known = new Set(general.checks.map(({ id }) => id));

it('there is a playbook for each of the nine common kinds of incident', () => {
  expect(deepened.map(({ id }) => id)).toEqual([
    'access_denied',
    'data_exposed',
    'deployment_gone_wrong',
    'dns_certificate',
    'kubernetes_control_plane',
    'managed_database',
    'quota_throttling',
    'region_zone_down',
    'serverless_function',
  ]);
});

it.each([general, ...deepened])(
  '$id has commands for every shell: no GNU date, no square bracket for it to expand',
  ({ checks }) => {
    const steps = checks.flatMap(({ howTo }) => Object.values(howTo).flat());
    const commands = steps.flatMap(({ command }) => command ?? []);
    const bare = commands.map((command) => command.replace(/'[^']*'|"[^"]*"/g, ''));
    expect(commands.filter((command) => /\bdate\b[^)]*\s-d\b/.test(command))).toEqual([]);
    expect(bare.filter((command) => command.includes('['))).toEqual([]);
  },
);

describe.each(deepened)('the playbook $id', (playbook) => {
  const own = playbook.checks.filter(({ id }) => !known.has(id));

  it('has no fault, checks of its own and sources of its own', () => {
    expect(lintPlaybook(playbook)).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
    expect(playbook.sources.length - general.sources.length).toBeGreaterThanOrEqual(2);
  });

  it('stands alone as a whole document, so that an incident can keep it', () => {
    expect(parsePlaybook(JSON.parse(JSON.stringify(playbook)))).toEqual({ ok: true, value: playbook });
  });

  it('says how to find out on each of the three clouds', () => {
    const silent = own.filter(
      ({ howTo }) =>
        howTo.all.length === 0 && [howTo.aws, howTo.gcp, howTo.azure].some((steps) => steps.length === 0),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('uses only round weights: multiples of a tenth, none over two for a check of its own', () => {
    const numbers = own.flatMap(({ weights }) => weights.flatMap(({ logOdds }) => Object.values(logOdds)));
    expect(
      numbers.filter((one) => Math.abs(one * 10 - Math.round(one * 10)) > 1e-9 || Math.abs(one) > 2),
    ).toEqual([]);
  });

  it('comes back identical from CACAO', () => {
    const document = exportCacao(playbook, { uuid, modified: instantOf(Date.UTC(2026, 0, 2)) });
    expect(importCacao(JSON.parse(JSON.stringify(document)), general)).toEqual({
      ok: true,
      value: { playbook, own: true, warnings: [], lost: [] },
    });
  });

  it('finds the side nearly as well as the general one, even where all its own checks are out of reach', () => {
    const folder = benchmark();
    const file = folder === null ? OWN : path.join(folder, 'cases-tune.json');
    const cases = Cases.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [mine, generals] = [playbook, general].map((one) => summarise(simulateAll(one, cases)));
    expect(mine?.exact).toBeGreaterThanOrEqual((generals?.exact ?? cases.length) - 4);
    expect(mine?.confidentErrors.length).toBeLessThanOrEqual(1);
    // One case more or less weighs four times as much among the few of our own.
    expect(mine?.brier).toBeLessThanOrEqual(folder === null ? 0.4 : 0.3);
  });
});
