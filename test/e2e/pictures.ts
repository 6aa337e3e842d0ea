import path from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = path.resolve(import.meta.dirname, '../../.out/test-results/pictures');

/** Takes a picture of the window for a person to look at; left among the test results. */
export async function picture(window: Page, name: string, folder = FOLDER): Promise<void> {
  await window.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}
