import { zipSync } from 'fflate';
import type { ExportedFile } from './types.ts';

/** Zip keeps no year before 1980; the same files always make the same archive. */
const TIME = new Date(1980, 0, 1);

/** Packs files into a zip archive: the same files give the same bytes. */
export function packFiles(files: readonly ExportedFile[]): Uint8Array {
  return zipSync(Object.fromEntries(files.map((file) => [file.path, file.bytes])), { mtime: TIME });
}
