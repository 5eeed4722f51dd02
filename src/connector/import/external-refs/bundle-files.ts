import { isJsonObject, type Json } from '../../../base/index.ts';
import type { ImportFile, ImportSource } from '../../definition-types.ts';
import { findDocument } from '../package-files.ts';
import { parseDocument } from '../parse-document.ts';
import { Problems } from '../problems.ts';
import { bundleReferences } from './bundle-references.ts';
import { resolvePath } from './resolve-path.ts';

/** The document that the others belong to: as the source says, else the first that names a version of OpenAPI. */
export function findMainDocument({ files, document }: ImportSource): ImportFile | undefined {
  const named = files.find((file) => file.path === document);
  if (named !== undefined || files.length === 1) return named ?? files[0];
  const roots = files.filter(looksLikeRoot);
  const depth = Math.min(...roots.map(depthOf));
  const highest = roots.filter((file) => depthOf(file) === depth);
  return findDocument(highest) ?? findDocument(files);
}

function looksLikeRoot({ path, bytes }: ImportFile): boolean {
  if (!/\.(?:json|ya?ml)$/i.test(path)) return false;
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(head);
}

function depthOf({ path }: ImportFile): number {
  return path.split(/[\\/]/).length;
}

/** Takes what a document refers to in files beside it into the document, in place. */
export function bundleFiles(document: Json, path: string, files: readonly ImportFile[]): void {
  if (!isJsonObject(document)) return;
  const byPath = new Map(files.map((file) => [resolvePath('', file.path), file]));
  const read = new Map<string, Json | undefined>();
  bundleReferences(document, resolvePath('', path), (wanted) => {
    if (!read.has(wanted)) read.set(wanted, tryParse(byPath.get(wanted)));
    return read.get(wanted);
  });
}

function tryParse(file: ImportFile | undefined): Json | undefined {
  if (file === undefined) return undefined;
  try {
    return parseDocument(file.path, file.bytes, new Problems()).value;
  } catch {
    return undefined; // the reference stays, and has a warning of its own
  }
}

/** A reference that does not begin with `#`, wherever it stands: parsing a large document takes longer. */
const EXTERNAL = /\$ref["']?\s*:\s*["']?\s*[^#"'\s]/;

/** Paths or URLs of the files that a file refers to, resolved against its own. Never throws. */
export function listFileReferences(file: ImportFile): string[] {
  if (!EXTERNAL.test(new TextDecoder().decode(file.bytes))) return [];
  const found = new Set<string>();
  collect(tryParse(file), (reference) => {
    const [target = ''] = reference.split('#');
    if (target !== '') found.add(resolvePath(resolvePath('', file.path), target));
  });
  return [...found];
}

function collect(value: Json | undefined, note: (reference: string) => void): void {
  const pending: (Json | undefined)[] = [value];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (Array.isArray(current)) pending.push(...current.filter(isContainer));
    else if (isJsonObject(current)) {
      if (typeof current['$ref'] === 'string') note(current['$ref']);
      for (const member of Object.values(current)) if (isContainer(member)) pending.push(member);
    }
  }
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
