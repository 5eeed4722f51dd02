import type { ConnectorSource } from '../../api/index.ts';

/** The ways to begin, in the order they are offered. */
export const BEGINNINGS = [
  'file',
  'url',
  'github',
  'text',
  'curl',
  'har',
  'postman',
  'copy',
  'blank',
] as const;
export type Beginning = (typeof BEGINNINGS)[number];

export function readBeginning(value: string | undefined): Beginning {
  return BEGINNINGS.find((one) => one === value) ?? 'file';
}

/** A file with where it was in its folder. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** The source that reads files: one is a document or an archive, several belong together. */
export async function readFiles(files: readonly PickedFile[]): Promise<ConnectorSource> {
  const [first, ...others] = files;
  if (first === undefined) throw new Error('No file was chosen.');
  if (others.length === 0) return { fileName: first.file.name, base64: await readBase64(first.file) };
  return {
    files: await Promise.all(files.map(async ({ path, file }) => ({ path, base64: await readBase64(file) }))),
  };
}

async function readBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`, { cause: reader.error }));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

/** The path that GitHub's own pages have in their address, as the API takes it: `owner/repository@ref:path`. */
export function readGitHubPath(text: string): string {
  const [, repository, ref, path] =
    /^https:\/\/github\.com\/([^/\s]+\/[^/\s]+)(?:\/(?:blob|tree)\/([^/\s]+)(?:\/(\S*))?)?\/?$/.exec(
      text.trim(),
    ) ?? [];
  if (repository === undefined) return text.trim();
  return `${repository}${ref === undefined ? '' : `@${ref}`}:${path ?? ''}`;
}
