import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, it } from 'vitest';
import { exportCacao } from '../../../../main/core/playbook/cacao/export.ts';
import { importCacao } from '../../../../main/core/playbook/cacao/import.ts';
import { Playbook } from '../../../../main/core/playbook/definition.ts';
import { instantOf } from '../../../../main/core/time.ts';
import { recordings } from '../../../support/recordings.ts';
import { generalPlaybook } from '../general-playbook.ts';
import { smallDocument } from '../small-playbook.ts';
import { uuid } from './uuid.ts';

const general = generalPlaybook();
const small = Playbook.parse(smallDocument());
const OPTIONS = { uuid, modified: instantOf(Date.UTC(2026, 0, 2)) };
const PLAYBOOKS = [small, general];

/** A document as it is after having been written to a file and read again. */
function written(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}

/** Faults by the published schemas, read as draft-07; null in a clone without them. */
function schemaFaults(document: unknown): readonly string[] | null {
  const folder = recordings();
  if (folder === null) return null;
  const schemas = path.join(folder, 'cacao', 'schemas');
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  let root: AnySchemaObject = {};
  for (const name of readdirSync(schemas, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    // The published schemas are objects.
    const schema = JSON.parse(readFileSync(path.join(schemas, name), 'utf8')) as AnySchemaObject;
    if (name === 'playbook.json') root = schema;
    else ajv.addSchema(schema);
  }
  const validate = ajv.compile(root);
  void validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

describe('exportCacao', () => {
  it.each(PLAYBOOKS)('gives $id back identical, with nothing lost and nothing to warn of', (playbook) => {
    expect(importCacao(written(exportCacao(playbook, OPTIONS)), small)).toEqual({
      ok: true,
      value: { playbook, own: true, warnings: [], lost: [] },
    });
  });

  it.each(PLAYBOOKS)('gives $id back also when its keys were sorted on the way', (playbook) => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      );
    };
    const imported = importCacao(sorted(written(exportCacao(playbook, OPTIONS))), small);
    expect(imported.ok && imported.value.playbook).toEqual(playbook);
  });

  it.each(PLAYBOOKS)('writes $id as the published schemas want it', (playbook) => {
    expect(schemaFaults(written(exportCacao(playbook, OPTIONS))) ?? []).toEqual([]);
  });

  it('is a playbook of manual steps to a program that does not know our extension', () => {
    const foreign = { ...exportCacao(small, OPTIONS), playbook_extensions: undefined };
    const imported = importCacao(written(foreign), small);
    expect(
      imported.ok && imported.value.playbook.checks.map(({ title, howTo }) => [title, howTo.all[0]?.text]),
    ).toEqual([
      ['Status', 'What does the page say?'],
      ['Only in a context: Change', undefined],
      ['Change', 'Did we change something?'],
      ['Verdict', 'Decide whose side the cause is on.'],
      ['Whom to call', undefined],
      ['Call', 'Call the lead.'],
      ['Call', 'Call the lead.'],
      ['Call', 'Call the lead.'],
      ['Call', 'Call the lead.'],
      ['Call', 'Call the lead.'],
    ]);
  });

  it('takes what another program wrote into a step of ours', () => {
    const text = JSON.stringify(exportCacao(small, OPTIONS)).replaceAll(
      small.checks[0]?.title ?? '',
      'Renamed',
    );
    const imported = importCacao(JSON.parse(text), small);
    expect(imported.ok && imported.value.playbook.checks[0]?.title).toBe('Renamed');
  });
});
