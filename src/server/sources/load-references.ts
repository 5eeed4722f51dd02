import { type ImportSource, listFileReferences } from '../../connector/index.ts';
import { MAX_SOURCE_BYTES } from './fetch-file.ts';

/** More files than any published description has; each may refer to others, in circles too. */
const MAX_FILES = 200;
const MAX_DEPTH = 20;

/** Reads a file by its path or URL; `undefined` for what cannot or must not be read. */
export type LoadFile = (path: string) => Promise<Uint8Array | undefined>;

/**
 * Adds the files that a document refers to, and those these refer to. What is not found or too much is left out;
 * the importer warns of each reference that leads nowhere.
 */
export async function loadReferences(source: ImportSource, load: LoadFile): Promise<ImportSource> {
  const files = [...source.files];
  const asked = new Set(files.map((file) => file.path));
  let total = files.reduce((sum, file) => sum + file.bytes.length, 0);
  let pending = files;
  for (let depth = 0; pending.length > 0 && depth < MAX_DEPTH; depth++) {
    const wanted = pending.flatMap(listFileReferences).filter((path) => !asked.has(path));
    pending = [];
    for (const path of new Set(wanted)) {
      if (asked.size >= MAX_FILES) break;
      asked.add(path);
      const bytes = await load(path);
      if (bytes === undefined || total + bytes.length > MAX_SOURCE_BYTES) continue;
      total += bytes.length;
      pending.push({ path, bytes });
    }
    files.push(...pending);
  }
  if (files.length === source.files.length) return source;
  const [first] = source.files;
  const main = source.document ?? (source.files.length === 1 ? first?.path : undefined);
  return { ...source, files, ...(main === undefined ? {} : { document: main }) };
}
