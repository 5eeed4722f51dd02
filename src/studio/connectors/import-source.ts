import type { ImportRequest } from '../../api/index.ts';

export type SourceKind = 'file' | 'url' | 'text';

/** What has been entered in the import dialog; each kind keeps its own while one looks at the others. */
export interface Source {
  readonly kind: SourceKind;
  readonly files: readonly File[];
  readonly url: string;
  readonly text: string;
}

export const EMPTY_SOURCE: Source = { kind: 'file', files: [], url: '', text: '' };

export function isSourceGiven({ kind, files, url, text }: Source): boolean {
  if (kind === 'file') return files.length > 0;
  return (kind === 'url' ? url : text).trim() !== '';
}

/** The request that imports what was entered; one file is a document, several are a package. */
export async function readImportSource(source: Source): Promise<ImportRequest> {
  if (source.kind === 'url') return { url: source.url.trim() };
  if (source.kind === 'text') return { text: source.text };
  const [file, ...others] = source.files;
  if (file && others.length === 0) return { fileName: file.name, base64: await readBase64(file) };
  return {
    files: await Promise.all(
      source.files.map(async (each) => ({ path: each.name, base64: await readBase64(each) })),
    ),
  };
}

async function readBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
