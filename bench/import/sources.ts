import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportSource } from '../../src/connector/index.ts';

const OWN = new URL('../../test/documents/', import.meta.url).pathname;
const SHIPPING = new URL('../../samples/shipping/', import.meta.url).pathname;

/** One API document, with the files that belong to it. */
export interface Document {
  /** Where it lies, for those who read files themselves. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly source: ImportSource;
}

export interface DocumentSet {
  readonly name: string;
  readonly documents: readonly Document[];
}

/** The packages in the folder `connectors` of PATCHBAY_CORPUS; without one, documents of our own. */
export function readDocuments(corpus: string | undefined): DocumentSet {
  if (corpus === undefined) {
    const documents = [
      readFile(join(OWN, 'library.yaml')),
      readFile(join(OWN, 'workshop.swagger.json')),
      readFile(join(SHIPPING, 'openapi.yaml')),
      ...readPackage(join(OWN, 'glasshouse')),
    ];
    return { name: 'documents of our own', documents };
  }
  const root = join(corpus, 'connectors');
  const documents = readdirSync(root).flatMap((name) => readPackage(join(root, name)));
  return { name: `packages in ${root}`, documents };
}

function readFile(path: string): Document {
  const bytes = new Uint8Array(readFileSync(path));
  return { path, bytes, source: { name: path, files: [{ path, bytes }] } };
}

function readPackage(folder: string): Document[] {
  const files = readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }));
  const document = files.find(({ path }) => /^apiDefinition.*\.json$/i.test(path));
  if (document === undefined) return [];
  const path = join(folder, document.path);
  return [{ path, bytes: document.bytes, source: { name: folder, files } }];
}
