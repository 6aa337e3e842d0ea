import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseScenario, type Scenario, type SnapshotBody } from '../core/drill/scenario.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** A scenario with the bytes of its document and a way to its snapshots. */
export interface ScenarioEntry {
  readonly scenario: Scenario;
  readonly bytes: Uint8Array;
  /** The bytes a snapshot stands for; `unreadable` when its file is not there. */
  read(body: SnapshotBody): Promise<Result<Uint8Array>>;
}

/** Scenarios of a folder, and for each document that is not one a sentence saying why. */
export interface ScenarioFolder {
  readonly entries: readonly ScenarioEntry[];
  readonly faults: readonly { readonly file: string; readonly message: string }[];
}

/** Largest scenario document read, in bytes. */
const LARGEST = 16 * 1024 * 1024;

/** Reads every `*.json` of a folder as a scenario. A folder that is not there holds none. */
export async function readScenarios(folder: string): Promise<ScenarioFolder> {
  const names = await readdir(folder).catch((): string[] => []);
  const entries: ScenarioEntry[] = [];
  const faults: { file: string; message: string }[] = [];
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const file = path.join(folder, name);
    const entry = await readScenario(file);
    if (entry.ok) entries.push(entry.value);
    else faults.push({ file, message: entry.error.message });
  }
  return { entries, faults };
}

/** Reads one scenario document. */
async function readScenario(file: string): Promise<Result<ScenarioEntry>> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return fail('not_found', 'The scenario could not be read from disk.', file);
  if (bytes.length > LARGEST) return fail('too_large', 'A scenario is at most 16 MiB.', file);
  const json = parseJson(bytes);
  if (!json.ok) return json;
  const scenario = parseScenario(json.value);
  if (!scenario.ok) return scenario;
  return ok({ scenario: scenario.value, bytes, read: (body) => readBody(path.dirname(file), body) });
}

function parseJson(bytes: Buffer): Result<unknown> {
  try {
    return ok(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    return fail('invalid_input', `It is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

async function readBody(folder: string, body: SnapshotBody): Promise<Result<Uint8Array>> {
  if (typeof body === 'string') return ok(new TextEncoder().encode(body));
  const bytes = await readFile(path.join(folder, body.file)).catch(() => null);
  return bytes === null ? fail('unreadable', `The scenario’s file ${body.file} is missing.`) : ok(bytes);
}
