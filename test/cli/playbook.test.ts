import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { demarc, demarcJson, FIXTURES, jsonFile, ROOT } from './run.ts';

const GENERAL = path.join(ROOT, 'resources/playbooks/general.json');
const BRANCHING = path.join(FIXTURES, 'cacao/branching.json');

describe('playbook', () => {
  test('lint names a key of the window, which a reader of old incidents puts up with', async () => {
    const text = readFileSync(GENERAL, 'utf8').replace('"key": "q"', '"key": "a"');
    const { status, out } = await demarc(['playbook', 'lint', jsonFile(temporaryFolder(), 'own.json', text)]);
    expect(status).toBe(1);
    expect(out).toContain('The key a belongs to the window.');
  });

  test('lint names the check that does not spell out its way out', async () => {
    const document = JSON.parse(readFileSync(GENERAL, 'utf8')) as {
      checks: { answers: { id: string }[] }[];
    }; // as it was written
    const [first] = document.checks;
    if (first) first.answers = first.answers.filter(({ id }) => id !== 'could_not_check');
    const file = jsonFile(temporaryFolder(), 'own.json', document);
    const { status, out } = await demarc(['playbook', 'lint', file]);
    expect(status).toBe(1);
    expect(out).toContain('$.checks[0].answers: No answer is could_not_check.');
    expect((await demarc(['playbook', 'lint', GENERAL])).status).toBe(0);
  });

  test('export-cacao and import-cacao give the same playbook back', async () => {
    const exported = await demarc(['playbook', 'export-cacao', 'general']);
    expect(exported.status).toBe(0);
    const file = jsonFile(temporaryFolder(), 'cacao.json', exported.out);
    const { status, json } = await demarcJson(['playbook', 'import-cacao', file]);
    expect(status).toBe(0);
    expect(json).toMatchObject({ own: true, warnings: [], lost: [], playbook: { id: 'general' } });
    const again = jsonFile(temporaryFolder(), 'again.json', (json as { playbook: unknown }).playbook); // shown above
    expect((await demarc(['playbook', 'lint', again])).out).toContain('24 checks, no faults.');
  });

  test('list shows the built-in playbooks and the one that fits', async () => {
    const { status, out } = await demarc([
      'playbook',
      'list',
      'lambda',
      'times',
      'out',
      '--error',
      'throttling',
    ]);
    expect(status).toBe(0);
    expect(out).toContain('dns_certificate');
    expect(out).toContain('Fits best: serverless_function');
    expect((await demarcJson(['playbook', 'list'])).json).toMatchObject({ proposed: 'general' });
  });

  test('judge and lint take a playbook that deepens the general one', async () => {
    const deepened = path.join(ROOT, 'resources/playbooks/dns_certificate.json');
    expect((await demarc(['playbook', 'lint', deepened])).out).toContain('27 checks, no faults.');
    const cases = path.join(FIXTURES, 'cases.json');
    expect((await demarc(['judge', cases, '--playbook', 'dns_certificate', '--report'])).status).toBe(0);
  });

  test('an export of the same playbook has the same ids each time', async () => {
    const [one, two] = await Promise.all(
      ['general', GENERAL].map((which) => demarcJson(['playbook', 'export-cacao', which])),
    );
    const steps = (of: unknown): string[] => Object.keys((of as { workflow: object }).workflow); // a CACAO playbook
    expect(steps(one?.json)).toEqual(steps(two?.json));
  });

  test('import-cacao says what was lost', async () => {
    const { status, out } = await demarc(['playbook', 'import-cacao', BRANCHING]);
    expect(status).toBe(0);
    expect(out).toContain('database_slow 1.0.0: 9 checks.');
    expect(out).toContain('lost     $.playbook_variables: playbook_variables is not kept.');
  });

  test('import-cacao refuses with every reason, and the answer is no', async () => {
    const text = readFileSync(BRANCHING, 'utf8').replace('"cacao-2.0"', '"cacao-3.0"');
    const { status, out } = await demarc([
      'playbook',
      'import-cacao',
      jsonFile(temporaryFolder(), 'x.json', text),
    ]);
    expect(status).toBe(1);
    expect(out).toContain('$.spec_version: Invalid input: expected "cacao-2.0".');
  });

  test('export-cacao names a playbook that does not exist', async () => {
    const { status, err } = await demarc(['playbook', 'export-cacao', 'nothing']);
    expect(status).toBe(3);
    expect(err).toContain('nothing');
  });
});
