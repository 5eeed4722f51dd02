import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Secret } from '../base/index.ts';
import { KEY_LENGTH } from './envelope.ts';
import { VaultError } from './errors.ts';

export interface MasterKeyOptions {
  readonly home: string;
  /** The key as text (base64, base64url or hexadecimal); without it the home's file is used. */
  readonly masterKey?: Secret | undefined;
}

/**
 * The master key: the one given, or the one in `<home>/master.key`, made at the first start with mode 0600.
 *
 * @throws VaultError VAULT_KEY_INVALID, VAULT_KEY_FILE
 */
export async function loadMasterKey({ home, masterKey }: MasterKeyOptions): Promise<Uint8Array> {
  if (masterKey !== undefined) return parseKey(masterKey.reveal(), 'The given master key');
  const file = path.join(home, 'master.key');
  const text = await readKeyFile(file);
  return parseKey(text ?? (await makeKeyFile(file)), `The master key in ${file}`);
}

/** @param what names the key in the message; the key itself never stands there */
function parseKey(text: string, what: string): Uint8Array {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : parseBase64(trimmed);
  if (key.length === KEY_LENGTH) return key;
  throw new VaultError('VAULT_KEY_INVALID', `${what} is not ${KEY_LENGTH} bytes in base64 or hexadecimal.`);
}

function parseBase64(text: string): Buffer {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
}

async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new VaultError('VAULT_KEY_FILE', `${file} cannot be read: ${describeError(cause)}.`, { cause });
  }
}

/** Writes a new key whole and on disk before it gets its name; of two that do so at once the first one's holds. */
async function makeKeyFile(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(KEY_LENGTH).toString('base64')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(path.dirname(file)); // a key that power could take away again must seal nothing
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new VaultError('VAULT_KEY_FILE', `${file} cannot be made: ${describeError(cause)}.`, { cause });
  } finally {
    await rm(draft, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
