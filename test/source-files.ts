import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface SourceFile {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string;
  /** The folder of `src/` that the file belongs to. */
  readonly folder: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  /** The text without comments and without the content of quoted strings. */
  readonly code: string;
}

interface Import {
  readonly specifier: string;
  /** Path from the root of what a relative import names; `undefined` for packages and `node:`. */
  readonly target: string | undefined;
}

/** Every TypeScript file under `src/`. */
export function readSourceFiles(): SourceFile[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: ROOT })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.endsWith('.d.ts'))
    .sort()
    .map((path) => parseSourceFile(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function parseSourceFile(path: string, text: string): SourceFile {
  const uncommented = stripComments(text);
  return {
    path,
    folder: path.split('/')[1] ?? '',
    isTest: /\.test\.tsx?$/.test(path),
    imports: findImports(uncommented, path),
    code: uncommented.replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''").replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""'),
  };
}

/** Static, side-effect and dynamic imports, and re-exports. */
const IMPORTS = [
  /^\s*(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
];

function findImports(code: string, path: string): Import[] {
  return IMPORTS.flatMap((pattern) => [...code.matchAll(pattern)]).map(([, specifier = '']) => ({
    specifier,
    target: resolveImport(path, specifier),
  }));
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return normalize(join(dirname(from), specifier.replace(/\?.*$/, '')))
    .split(sep)
    .join('/');
}

function stripComments(text: string): string {
  return text.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}
