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
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
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
 * mode 0700). `unreadable` when the file holds no Ed25519 key: it is never replaced silently.
 */
export function loadWriter(dataDir: string): Result<Writer> {
  const file = keyFile(dataDir);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (!fs.existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    // When another process made one in the meantime, that one stands.
    placeNewFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  const key = readKey(fs.readFileSync(file));
  if (key !== null) return ok(writerOf(key));
  const message = `The key in ${file} cannot be read. Put the right file back, or move it away to get a new key.`;
  return fail('unreadable', message, file);
}

/**
 * Lays the key aside, so that a new one is made at the next start. After a restore the old chain must not be continued:
 * the same sequence numbers would stand for different entries.
 */
export function retireWriter(dataDir: string): void {
  const file = keyFile(dataDir);
  if (!fs.existsSync(file)) return;
  const key = readKey(fs.readFileSync(file));
  const name = key === null ? `unreadable-${Date.now()}` : writerOf(key).id;
  fs.renameSync(file, path.join(path.dirname(file), `retired-${name}.pem`));
}

function keyFile(dataDir: string): string {
  return path.join(dataDir, 'keys', 'writer.pem');
}

/** The Ed25519 key in a PEM file, or null. */
function readKey(pem: Buffer): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

function writerOf(key: KeyObject): Writer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('an Ed25519 key has no public part');
  const publicKey = Buffer.from(x, 'base64url').toString('hex');
  return {
    id: writerIdOf(publicKey),
    publicKey,
    sign: (bytes) => sign(null, bytes, key).toString('hex'),
  };
}
