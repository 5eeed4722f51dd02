import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import layers from './layers.json' with { type: 'json' };
import { parseSourceFile, ROOT, readSourceFiles, type SourceFile } from './source-files.ts';

/** The rules of ARCHITECTURE.md, "The house", proved from the imports. */

const levels: Record<string, number | undefined> = layers.levels;
const only: Record<string, string[] | undefined> = layers.only;
const files = readSourceFiles();

/** What a pure file may not touch: everything that answers differently the next time, or that lasts. */
const IMPURE = [
  /(?<![.\w])fetch\(/,
  /(?<![.\w])process\./,
  /(?<![.\w])console\./,
  /(?<![.\w])set(?:Timeout|Interval|Immediate)\(/,
  /\bMath\.random\b/,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /(?<![.\w])performance\./,
  /\bcrypto\.(?:randomUUID|getRandomValues)\b/,
  /\b(?:DateTime|Interval)\.(?:now|utc|local)\(\)/,
];

test('every folder of src has a level, and ARCHITECTURE.md says the same', () => {
  const documented = Object.fromEntries(
    [...readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| `(\w+)\/` \| (\d+) \|/gm)].map(
      ([, folder, level]) => [folder, Number(level)],
    ),
  );
  expect(documented).toEqual(levels);
  expect(files.filter((file) => levels[file.folder] === undefined).map((file) => file.path)).toEqual([]);
});

test('a folder imports only from folders of a smaller level', () => {
  expect(files.flatMap(findUpwardImports)).toEqual([]);
});

test('outside a folder only its index.ts is imported', () => {
  expect(files.flatMap(findDeepImports)).toEqual([]);
});

test('inside a folder nobody imports its own index.ts', () => {
  expect(files.flatMap(findOwnBarrelImports)).toEqual([]);
});

test('an index.ts lists what it exports by name', () => {
  const stars = files.filter(
    (file) => /^src\/\w+\/index\.tsx?$/.test(file.path) && /export \*/.test(file.code),
  );
  expect(stars.map((file) => file.path)).toEqual([]);
});

test('the studio imports pure folders and the client only', () => {
  expect(files.flatMap(findForbiddenFolders)).toEqual([]);
});

test('pure folders touch no clock, no chance, no timer and no world', () => {
  expect(files.flatMap(findImpurities)).toEqual([]);
});

test('each rule catches what it is for', () => {
  const parse = (path: string, text: string) => parseSourceFile(path, text);
  expect(findUpwardImports(parse('src/base/x.ts', `import { a } from '../flow/index.ts';`))).toHaveLength(1);
  expect(
    findUpwardImports(parse('src/http/x.ts', `export {\n  a,\n} from '../store/index.ts';`)),
  ).toHaveLength(1);
  expect(findDeepImports(parse('src/flow/x.ts', `import type { A } from '../base/json.ts';`))).toHaveLength(
    1,
  );
  expect(findDeepImports(parse('src/flow/x.ts', `const a = await import('../base/json.ts');`))).toHaveLength(
    1,
  );
  expect(findOwnBarrelImports(parse('src/flow/check/x.ts', `import { a } from '../index.ts';`))).toHaveLength(
    1,
  );
  expect(
    findForbiddenFolders(parse('src/studio/x.tsx', `import { a } from '../gateway/index.ts';`)),
  ).toHaveLength(1);
  for (const code of [
    `import 'node:fs';`,
    'const a = fetch(url);',
    'Date.now();',
    'new Date()',
    'Math.random()',
  ]) {
    expect(findImpurities(parse('src/base/x.ts', code)), code).toHaveLength(1);
  }
  expect(findImpurities(parse('src/base/x.ts', `// new Date()\nconst a = 'fetch(';\nnew Date(0);`))).toEqual(
    [],
  );
});

function findUpwardImports(file: SourceFile): string[] {
  const own = levels[file.folder] ?? Number.POSITIVE_INFINITY;
  return listForeign(file)
    .filter(({ folder }) => (levels[folder] ?? Number.POSITIVE_INFINITY) >= own)
    .map(({ target }) => `${file.path} imports ${target}`);
}

function findDeepImports(file: SourceFile): string[] {
  return listForeign(file)
    .filter(({ target }) => !/^src\/\w+\/index\.tsx?$/.test(target))
    .map(({ target }) => `${file.path} imports ${target}`);
}

function findOwnBarrelImports(file: SourceFile): string[] {
  if (file.isTest) return [];
  return file.imports
    .filter(({ target }) => target === `src/${file.folder}/index.ts`)
    .map(({ target }) => `${file.path} imports ${target}`);
}

function findForbiddenFolders(file: SourceFile): string[] {
  const allowed = only[file.folder];
  if (allowed === undefined) return [];
  return listForeign(file)
    .filter(({ folder }) => (levels[folder] ?? 0) > layers.highestPureLevel && !allowed.includes(folder))
    .map(({ target }) => `${file.path} imports ${target}`);
}

function findImpurities(file: SourceFile): string[] {
  if (file.isTest || (levels[file.folder] ?? 0) > layers.highestPureLevel) return [];
  const modules = file.imports
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier }) => `${file.path} imports ${specifier}`);
  const globals = IMPURE.map((pattern) => pattern.exec(file.code)?.[0])
    .filter((found) => found !== undefined)
    .map((found) => `${file.path} uses ${found}`);
  return [...modules, ...globals];
}

function listForeign(file: SourceFile): { target: string; folder: string }[] {
  return file.imports.flatMap(({ target }) => {
    if (target === undefined) return [];
    const [root, folder] = target.split('/');
    if (root !== 'src') return file.isTest ? [] : [{ target, folder: target }];
    return folder === undefined || folder === file.folder ? [] : [{ target, folder }];
  });
}
