import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * What a path is to be written as: a folder that exists, a zip by its name, a file; `remote` for what is on no disk.
 * The folders above it are made.
 */
export async function describePath(path: string): Promise<'folder' | 'zip' | 'file' | 'remote'> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return 'folder';
  if (found === undefined && /^https?:\/\/|^[\w.-]+\/[\w.-]+(?:@[^:]+)?:/i.test(path)) return 'remote';
  await mkdir(dirname(path), { recursive: true });
  return /\.zip$/i.test(path) ? 'zip' : 'file';
}
