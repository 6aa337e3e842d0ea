import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { command, goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

const BRANCHING = path.resolve(import.meta.dirname, '../fixtures/cacao/branching.json');

for (const scheme of ['dark', 'light'] as const) {
  test(`a CACAO playbook is taken in with a report of what was lost, and one of ours written as CACAO, ${scheme}`, async () => {
    const { app, window, close } = await launchApp();
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const target = path.join(mkdtempSync(path.join(tmpdir(), 'demarc-')), 'dns.cacao.json');
    // The dialogs are the operating system's: what they would answer is put in their place.
    await app.evaluate(
      ({ dialog }, files) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [files.source] });
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: files.target });
      },
      { source: BRANCHING, target },
    );
    await new Responder(window).ready();
    await goTo(window, 'b', 'Playbooks');
    await command(window, 'Take in a playbook from a file');
    const report = window.getByRole('dialog');
    await expect(report).toContainText('Taken in: branching.json');
    await expect(report).toContainText('$.playbook_variables');
    await picture(window, `${scheme}-cacao-report`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await report.getByRole('button', { name: 'Open the draft' }).press('Enter');
    await expect(report).toBeHidden();

    await goTo(window, 'b', 'Playbooks');
    await window.getByRole('link', { name: 'DNS or certificate' }).press('Enter');
    await command(window, 'Write this playbook as CACAO 2.0');
    await expect(window.getByText(`Written to ${target}`)).toBeVisible();
    await picture(window, `${scheme}-cacao-written`);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ spec_version: 'cacao-2.0' });
    await close();
  });
}
