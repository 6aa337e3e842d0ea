import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { WriterId } from '../../main/core/trail/model.ts';
import { placeNewFile } from '../files.ts';

/** This installation as a writer of entries. */
export interface Writer {
  readonly id: WriterId;
  /** Raw Ed25519 public key, 32 bytes in hexadecimal. */
  readonly publicKey: string;
  /** Ed25519 signature in hexadecimal. */
  readonly sign: (bytes: Uint8Array) => string;
}

/** The writer's id that belongs to a public key: nobody can use another's name without its key. */
export function writerIdOf(publicKey: string): WriterId {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
  return WriterId.parse(`w-${digest.slice(0, 32)}`);
}

/** Whether `signature` over `bytes` was made with the key of `publicKey` (both in hexadecimal). */
export function signatureHolds(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, bytes, key, Buffer.from(signature, 'hex'));
}

/**
 * Reads the key of this installation from `<dataDir>/keys/writer.pem`, or makes one there (mode 0600, in a folder of
 * mode 0700). Throws when the file cannot be read or is no Ed25519 key: it is never replaced silently.
 */
export function loadWriter(dataDir: string): Writer {
  const file = keyFile(dataDir);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (!fs.existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    // When another process made one in the meantime, that one stands.
    placeNewFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return writerOf(createPrivateKey(fs.readFileSync(file)), file);
}

/**
 * Lays the key aside, so that a new one is made at the next start. After a restore the old chain must not be continued:
 * the same sequence numbers would stand for different entries.
 */
export function retireWriter(dataDir: string): void {
  const file = keyFile(dataDir);
  if (!fs.existsSync(file)) return;
  const { id } = loadWriter(dataDir);
  fs.renameSync(file, path.join(path.dirname(file), `retired-${id}.pem`));
}

function keyFile(dataDir: string): string {
  return path.join(dataDir, 'keys', 'writer.pem');
}

function writerOf(key: KeyObject, file: string): Writer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined)
    throw new Error(`${file} is not an Ed25519 key`);
  const publicKey = Buffer.from(x, 'base64url').toString('hex');
  return {
    id: writerIdOf(publicKey),
    publicKey,
    sign: (bytes) => sign(null, bytes, key).toString('hex'),
  };
}
