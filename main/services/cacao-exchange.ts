import { createHash } from 'node:crypto';
import { exportCacao } from '../core/playbook/cacao/export.ts';
import { importCacao } from '../core/playbook/cacao/import.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import type { Instant } from '../core/time.ts';
import type { CacaoReport } from '../../preload/contract/views.ts';

/** True for parsed JSON that calls itself a CACAO playbook, of whatever version. */
export function isCacao(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('spec_version' in json)) return false;
  return typeof json.spec_version === 'string' && json.spec_version.startsWith('cacao-');
}

/** A CACAO document as one of ours, null where it is refused, with what came of it. */
export function fromCacao(
  json: unknown,
  base: Playbook,
): { readonly playbook: Playbook | null; readonly report: CacaoReport } {
  const read = importCacao(json, base);
  if (!read.ok) {
    const { faults } = read.error;
    return { playbook: null, report: { own: false, faults, warnings: [], lost: [] } };
  }
  const { playbook, own, warnings, lost } = read.value;
  return { playbook, report: { own, faults: [], warnings, lost } };
}

/** A playbook as the text of a CACAO 2.0 document; the same playbook always has the same ids in it. */
export function cacaoText(playbook: Playbook, modified: Instant): string {
  return JSON.stringify(cacaoOf(playbook, modified), null, 2);
}

/** A playbook as a CACAO 2.0 document. */
export function cacaoOf(playbook: Playbook, modified: Instant): ReturnType<typeof exportCacao> {
  return exportCacao(playbook, { uuid: nameUuid, modified });
}

/** A UUID of version 5 in the name space of URLs (RFC 9562): the same name always has the same. */
function nameUuid(name: string): string {
  const space = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
  const hash = createHash('sha1').update(space).update(`urn:demarc:${name}`).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
