import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from '../../../main/adapters/exports/write.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'demarc-write-'));
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const BYTES = new TextEncoder().encode('# DM-7\n');

test('a file is there whole, for this user only, with nothing beside it', async () => {
  const file = path.join(folder, 'DM-7', 'DM-7.md');
  expect(await writeFileAtomically(file, BYTES)).toEqual({ ok: true, value: null });
  expect(await readFile(file, 'utf8')).toBe('# DM-7\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  expect(await readdir(path.dirname(file))).toEqual(['DM-7.md']);
});

test('a file that stood there is replaced', async () => {
  const file = path.join(folder, 'DM-7.md');
  await writeFile(file, 'a longer text that stood there before');
  await writeFileAtomically(file, BYTES);
  expect(await readFile(file, 'utf8')).toBe('# DM-7\n');
});

test('where a folder stands in its place nothing is written and nothing is left behind', async () => {
  const file = path.join(folder, 'DM-7.md');
  await mkdir(path.join(file, 'inside'), { recursive: true });
  expect(await writeFileAtomically(file, BYTES)).toEqual({
    ok: false,
    error: { code: 'not_saved', message: 'Not saved: a folder stands in its place.', place: file },
  });
  expect(await readdir(folder)).toEqual(['DM-7.md']);
});

test('where a file stands on the way it says so', async () => {
  await writeFile(path.join(folder, 'taken'), '');
  const file = path.join(folder, 'taken', 'DM-7.md');
  expect(await writeFileAtomically(file, BYTES)).toMatchObject({
    ok: false,
    error: { code: 'not_saved', place: file },
  });
});
