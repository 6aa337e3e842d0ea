import { type EvidenceAdapter, rejected } from '../../main/adapters/evidence/adapter.ts';
import { ADAPTERS } from '../../main/adapters/evidence/adapters.ts';
import { asObject, asText, type Json } from '../../main/adapters/evidence/json.ts';
import { parseInstant } from '../../main/core/time.ts';

/** Does what a faulty adapter does where the records of a file, one a line, say `{"faulty": WHERE}`. */
const faulty: EvidenceAdapter = {
  id: 'faulty',
  recognise(head) {
    if (!head.paths.has('faulty')) return null;
    failAt('recognise', asObject(JSON.parse(head.text.split('\n', 1).join('')) as Json)?.['faulty']);
    return { kind: 'records', recognisedAs: 'faulty', container: { kind: 'sequence' } };
  },
  read(value) {
    const record = asObject(value);
    failAt('read', record?.['faulty']);
    if (record?.['faulty'] === 'memory') useAllMemory();
    if (record?.['faulty'] === 'exit') process.exit(3);
    const at = parseInstant(asText(record?.['at']));
    if (at === null) return rejected('no time');
    return {
      ...{ id: asText(record?.['id']), at, source: 'faulty', name: 'Sound', region: '', account: '' },
      ...{ principal: 'ana', actor: 'person', sourceIp: '', userAgent: '', readOnly: false },
      ...{ errorCode: null, errorMessage: null, resources: [], flags: [], detail: '' },
    };
  },
  notes({ tail }) {
    failAt('notes', /"faulty":"notes"/.test(tail) ? 'notes' : '');
    return [];
  },
};

function failAt(place: string, wanted: Json | undefined): void {
  if (wanted === place) throw new TypeError(`a fault in ${place}`);
}

function useAllMemory(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(new Array(1_000_000).fill(null));
}

(ADAPTERS as EvidenceAdapter[]).unshift(faulty);
