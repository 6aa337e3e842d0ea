import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expandPaths } from '../../../main/adapters/evidence/expand-paths.ts';
import { inFolder } from './reading.ts';

test('a folder in bucket layout gives its regular files, sorted, and follows no link out', async () => {
  await inFolder(async (folder) => {
    const bucket = path.join(folder, 'bucket');
    const day = path.join(bucket, 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/04');
    await mkdir(day, { recursive: true });
    await writeFile(path.join(folder, 'secret.json'), '{}');
    await writeFile(path.join(day, 'b.json.gz'), '');
    await writeFile(path.join(day, 'a.json.gz'), '');
    await writeFile(path.join(bucket, 'z.json'), '');
    await symlink(path.join(folder, 'secret.json'), path.join(day, 'link.json'));
    await symlink(folder, path.join(day, 'out'));
    const server = createServer().listen(path.join(bucket, 'socket'));
    await once(server, 'listening');
    expect(await expandPaths([bucket, path.join(bucket, 'z.json')])).toEqual({
      files: [path.join(day, 'a.json.gz'), path.join(day, 'b.json.gz'), path.join(bucket, 'z.json')],
      notes: [
        `${path.join(day, 'link.json')}: links inside a folder are not followed.`,
        `${path.join(day, 'out')}: links inside a folder are not followed.`,
      ],
    });
    server.close();
  });
});

test('what is not there, or is no file, is said in a sentence', async () => {
  await inFolder(async (folder) => {
    const missing = path.join(folder, 'missing');
    expect(await expandPaths([missing, '/dev/null'])).toEqual({
      files: [],
      notes: [
        `${missing}: it is not there or cannot be opened.`,
        '/dev/null: this is neither a file nor a folder.',
      ],
    });
  });
});
