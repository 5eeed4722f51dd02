import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Secret } from '../../base/index.ts';
import { StoreError } from '../errors.ts';

/** The database password of this home: made at the first start, kept in a file only its owner may read. */
export async function ensurePassword(home: string, clusterExists: boolean): Promise<Secret> {
  const file = path.join(home, 'postgres.password');
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new StoreError('STORE_HOME_NOT_WRITABLE', `${file} cannot be read (${error.code}).`, {
      cause: error,
    });
  });
  if (found !== undefined && found.trim() !== '') return new Secret(found.trim());
  if (clusterExists) throw new StoreError('STORE_PASSWORD_MISSING', `${file} is missing or empty.`);
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600, flush: true });
  return new Secret(password);
}
