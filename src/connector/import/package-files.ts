import type { ImportFile } from '../definition-types.ts';

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** The file that is the API document: the only one, else the first whose name says so. */
export function findDocument(files: readonly ImportFile[]): ImportFile | undefined {
  if (files.length === 1) return files[0];
  const patterns = [/^(?:openapi|swagger)\.(?:json|ya?ml)$/i, /(?:openapi|swagger)/i, /\.(?:json|ya?ml)$/i];
  for (const pattern of patterns) {
    const found = files.find((file) => pattern.test(baseName(file.path)));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function findFile(files: readonly ImportFile[], name: string): ImportFile | undefined {
  return files.find((file) => baseName(file.path).toLowerCase() === name.toLowerCase());
}
