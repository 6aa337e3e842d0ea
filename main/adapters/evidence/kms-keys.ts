import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn, placeOfArn } from './finding.ts';
import { asObject, asText, type JsonObject, named } from './json.ts';

/**
 * Keys of AWS KMS: `describe-key` and `get-key-rotation-status`, one or many.
 * Fields: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
export const kmsKeys: EvidenceAdapter = {
  id: 'kms_keys',
  recognise({ paths }): Recognition | null {
    const found = (recognisedAs: string, list: boolean): Recognition => ({
      kind: 'records',
      recognisedAs,
      container: { kind: list ? 'list' : 'sequence' },
    });
    for (const list of [false, true]) {
      const at = list ? '[].' : '';
      if (paths.has(`${at}KeyMetadata.KeyState`)) return found('kms_key', list);
      if (paths.has(`${at}KeyRotationEnabled`)) return found('kms_rotation', list);
    }
    if (paths.has('Keys[].KeyArn') && paths.has('Keys[].KeyId')) {
      const note = 'A list of keys without their state: save the output of describe-key for each.';
      return { kind: 'skipped', recognisedAs: 'kms_list', note };
    }
    return null;
  },
  read(value, contentId) {
    const outer = asObject(value);
    const key = asObject(outer?.['KeyMetadata']);
    if (key !== null) return readKey(key);
    if (typeof outer?.['KeyRotationEnabled'] === 'boolean') return readRotation(outer, contentId);
    return rejected('no KeyMetadata or KeyRotationEnabled');
  },
  notes: () => [
    'What KMS prints does not say when it was asked: the state is of the moment the file was saved.',
  ],
};

/** States in which calls that need the key fail: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const UNUSABLE: Readonly<Record<string, string>> = {
  Disabled: 'A key is disabled',
  PendingDeletion: 'A key waits for its deletion',
  PendingReplicaDeletion: 'A key waits for its deletion',
  PendingImport: 'A key has no key material',
  Unavailable: 'A key is not available',
};

function readKey(key: JsonObject): FindingsTaken | NotTaken {
  const state = asText(key['KeyState']);
  const arn = asText(key['Arn']);
  if (state === '') return rejected('no KeyState');
  const place = placeOfArn(arn);
  const validTo = momentIn(key['ValidTo']);
  const gone = named(UNUSABLE, state);
  const deletion = asText(key['DeletionDate']);
  return {
    finding: findingOf({
      id: idFrom('kms_key', arn || asText(key['KeyId'])),
      source: 'kms_key',
      product: 'AWS KMS',
      // Imported key material that has expired takes the key with it at that very moment.
      since: state === 'PendingImport' ? validTo : null,
      status: gone === undefined ? 'passing' : 'failing',
      severity: gone === undefined ? 'info' : 'high',
      pattern: 'disabled_key',
      owner: asText(key['KeyManager']) === 'AWS' ? 'provider' : 'customer',
      title: gone ?? 'A key can be used',
      detail: [
        `state ${state}`,
        deletion === '' ? '' : `to be deleted ${deletion}`,
        validTo === null ? '' : `key material valid to ${validTo}`,
        asText(key['Description']),
      ]
        .filter((part) => part !== '')
        .join('; '),
      resource: arn || asText(key['KeyId']),
      region: place.region,
      account: asText(key['AWSAccountId']) || place.account,
      control: 'KeyState',
    }),
  };
}

function readRotation(rotation: JsonObject, contentId: () => string): FindingsTaken {
  const key = asText(rotation['KeyId']);
  const place = placeOfArn(key);
  const isOn = rotation['KeyRotationEnabled'] === true;
  const next = asText(rotation['NextRotationDate']);
  return {
    finding: findingOf({
      id: key === '' ? contentId() : idFrom('kms_rotation', key),
      source: 'kms_rotation',
      product: 'AWS KMS',
      status: isOn ? 'passing' : 'failing',
      // Hygiene: a key that is not rotated works.
      severity: isOn ? 'info' : 'low',
      pattern: 'unrotated_key',
      title: isOn ? 'A key is rotated' : 'A key is not rotated',
      detail: next === '' ? (key === '' ? 'The output does not say which key.' : '') : `next on ${next}`,
      resource: key,
      ...place,
      control: 'KeyRotationEnabled',
    }),
  };
}
