/**
 * Personal data is encrypted under a key per stream, in events and read models alike. Destroying the key erases it
 * everywhere at once, in backups too; what was erased reads as null. Passwords are hashed, which nobody can undo.
 */

import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { isEmpty } from './decider.ts';
import type { Key, Ledger } from './ports.ts';
import { words } from './values.ts';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

interface Sealed {
  readonly key: string;
  readonly sealed: string;
}

type Data = { readonly [property: string]: unknown };

export class Privacy {
  constructor(private readonly ledger: Ledger) {}

  /** Encrypts the personal properties of an event's data. */
  async seal(stream: string, data: Data, personal: readonly string[] = []): Promise<Data> {
    const values = Object.entries(data).filter(([name, value]) => personal.includes(name) && value !== undefined);
    if (values.length === 0) return data;
    const key = await this.ledger.key(stream, { id: randomUUID(), secret: randomBytes(32) });
    const sealed = values.map(([name, value]) => [name, { key: key.id, sealed: encrypt(value, key) }]);
    return { ...data, ...Object.fromEntries(sealed) };
  }

  /** Decrypts all that is sealed; null stands for what was erased. */
  async open<D extends Data>(all: readonly D[]): Promise<D[]> {
    const sealed = all.flatMap((data) => Object.values(data).filter(isSealed));
    if (sealed.length === 0) return [...all];
    const keys = await this.ledger.keys([...new Set(sealed.map((value) => value.key))]);
    const secrets = new Map(keys.map((key) => [key.id, key]));
    const open = (value: unknown) => (isSealed(value) ? decrypt(value.sealed, secrets.get(value.key)) : value);
    return all.map((data) => Object.fromEntries(Object.entries(data).map(([name, value]) => [name, open(value)])) as D);
  }

  erase(stream: string): Promise<void> {
    return this.ledger.destroyKey(stream);
  }
}

const isSealed = (value: unknown): value is Sealed => typeof value === 'object' && value !== null && 'sealed' in value;

function encrypt(value: unknown, { id, secret }: Key): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv(CIPHER, secret, iv, { authTagLength: TAG }).setAAD(Buffer.from(id));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

function decrypt(sealed: string, key: Key | undefined): unknown {
  if (!key) return null;
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv(CIPHER, key.secret, bytes.subarray(0, IV), { authTagLength: TAG });
  cipher.setAAD(Buffer.from(key.id)).setAuthTag(bytes.subarray(IV, IV + TAG));
  return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(IV + TAG)), cipher.final()]).toString('utf8'));
}

/** What OWASP recommends for scrypt with 16 MB. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const HASH_BYTES = 32;

const derive = (secret: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) =>
    scrypt(secret, salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash))),
  );

/** The hash of a password, with its salt. */
export async function hash(secret: unknown): Promise<string> {
  const salt = randomBytes(16);
  const derived = await derive(words(secret), salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), derived.toString('base64')].join('$');
}

/** Whether a password is the one that was hashed: for the login you write. */
export async function isHashOf(secret: string, hashed: string): Promise<boolean> {
  const [scheme, , , , salt, derived] = hashed.split('$');
  if (scheme !== 'scrypt' || !salt || !derived) return false;
  return timingSafeEqual(await derive(secret, Buffer.from(salt, 'base64')), Buffer.from(derived, 'base64'));
}

/** Replaces passwords by their hashes. */
export async function hashAll(data: Data, hashed: readonly string[] = []): Promise<Data> {
  const secrets = Object.entries(data).filter(([name, value]) => hashed.includes(name) && !isEmpty(value));
  const hashes = await Promise.all(secrets.map(async ([name, value]) => [name, await hash(value)]));
  return { ...data, ...Object.fromEntries(hashes) };
}
