import { type EvidenceAdapter, rejected } from './adapter.ts';
import { findingOf, momentIn } from './finding.ts';
import { asObject, asText } from './json.ts';
import { stateAdapter } from './state-source.ts';

/**
 * Certificates, keys and secrets of a Key Vault: `az keyvault certificate|key|secret list` and REST. Whether one has expired depends on when
 * is asked: `since` is its end, and a status is given only where it was switched off.
 * Fields: https://learn.microsoft.com/rest/api/keyvault/
 */
export const azureKeyVault: EvidenceAdapter = stateAdapter({
  id: 'azure_key_vault',
  keys: ['value'],
  isItem: (has, { text }) =>
    has('attributes.enabled') &&
    (has('id') || has('kid')) &&
    /\.(?:vault|managedhsm)\.(?:azure\.net|azure\.cn|usgovcloudapi\.net)\//i.test(text),
  read(item, contentId) {
    const attributes = asObject(item['attributes']);
    const id = asText(item['kid']) || asText(item['id']) || asText(item['sid']);
    const found = /^https:\/\/([^./]+)\.[^/]+\/(certificates|keys|secrets)\/([^/]+)/i.exec(id);
    if (attributes === null || found === null) return rejected('no attributes or id of a Key Vault');
    const [, vault = '', kinds = '', name = ''] = found;
    const kind = kinds.toLowerCase().slice(0, -1);
    const ends = momentIn(attributes['exp']) ?? momentIn(attributes['expires']);
    const off = attributes['enabled'] === false;
    const updated = momentIn(attributes['updated']);
    const begins = momentIn(attributes['nbf']) ?? momentIn(attributes['notBefore']);
    const expiry = ends === null ? 'has no end' : `ends ${ends}`;
    return findingOf({
      id: id || contentId(),
      source: 'azure_key_vault',
      product: 'Azure Key Vault',
      since: off ? updated : ends,
      status: off ? 'failing' : ends === null ? 'passing' : 'unknown',
      severity: off ? 'high' : 'unknown',
      pattern:
        off && kind === 'key'
          ? 'disabled_key'
          : kind === 'certificate'
            ? 'expiring_certificate'
            : 'secret_expired',
      title: off ? `The ${kind} ${name} is disabled` : `The ${kind} ${name} ${expiry}`,
      detail: [
        `vault ${vault}`,
        off && updated !== null ? `last changed ${updated}; ${expiry}` : '',
        begins === null ? '' : `valid from ${begins}`,
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: id,
      control: kind,
    });
  },
  notes: () => [
    'A list of a Key Vault is of one vault and one kind: certificates, keys and secrets are listed apart, and its reader must be allowed to list them.',
  ],
});
