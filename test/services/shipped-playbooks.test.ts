import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readShelf } from '../../main/services/shipped-playbooks.ts';
import { temporaryFolder } from '../support/database.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../resources/playbooks');

describe('readShelf', () => {
  test('reads the general playbook first, then every one that deepens it', async () => {
    const shelf = await readShelf(FOLDER);
    expect(
      shelf.ok && shelf.value.map(({ playbook }) => [playbook.id, playbook.symptoms !== undefined]),
    ).toEqual([
      ['general', false],
      ...[
        'access_denied',
        'data_exposed',
        'deployment_gone_wrong',
        'dns_certificate',
        'kubernetes_control_plane',
        'managed_database',
        'quota_throttling',
        'region_zone_down',
        'serverless_function',
      ].map((id) => [id, true]),
    ]);
  });

  test('names the document that cannot be used', async () => {
    const folder = temporaryFolder();
    cpSync(path.join(FOLDER, 'general.json'), path.join(folder, 'general.json'));
    writeFileSync(path.join(folder, 'broken.json'), '{"extends":"general"}');
    const shelf = await readShelf(folder);
    expect(shelf.ok ? null : [shelf.error.code, shelf.error.place]).toEqual(['invalid_input', 'broken.json']);
  });
});
