/** Secrets under a passphrase: a file that may lie on the disk of the server, because it opens in a person's head only. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { SecretFile } from './secrets.ts';
import { Wrong } from './values.ts';

export type Secrets = Readonly<Partial<Record<SecretFile['name'], string>>>;

/** scrypt as its authors advise for what lies on a disk, four times over: 128 MiB and about half a second a guess. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 2 ** 20 } as const;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First line of the file; another version reads another one. */
const HEADER = 'pozirk-secrets 1';

/** The text of the file: AES-256-GCM under a key that scrypt makes of the passphrase. */
export function lockSecrets(secrets: Secrets, passphrase: string): string {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce);
  cipher.setAAD(Buffer.from(HEADER));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return `${HEADER}\n${Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64')}\n`;
}

/** Content of the file; `Wrong`: another file, or another passphrase. */
export function openSecrets(text: string, passphrase: string): Secrets | Wrong {
  const [header, body = ''] = text.split('\n');
  if (header !== HEADER)
    return new Wrong('is not a file of secrets', 'a file that `npm start -- secrets` wrote');
  const bytes = Buffer.from(body, 'base64');
  const [salt, nonce, tag] = [
    bytes.subarray(0, SALT_BYTES),
    bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES),
    bytes.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES),
  ];
  const sealed = bytes.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce);
    decipher.setAAD(Buffer.from(HEADER));
    decipher.setAuthTag(tag);
    const opened = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as Secrets;
  } catch {
    return new Wrong('does not open', 'the passphrase under which it was written');
  }
}

const keyOf = (passphrase: string, salt: Buffer): Buffer =>
  scryptSync(passphrase.normalize('NFC'), salt, 32, COST);
