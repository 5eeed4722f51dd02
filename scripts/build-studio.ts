/** Builds the studio when `dist/studio` is missing or older than what it is made from; otherwise says nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The studio, the pure folders that it imports, and how it is built. */
const SOURCES = [
  'src/{studio,client,base,schema,expression,connector,flow,api}/**/*',
  'vite.config.ts',
  'package-lock.json',
  'scripts/build-studio.ts',
];
/** Smaller files gain nothing. */
const MIN_BYTES = 1024;
/** The highest takes many times as long for a few percent. */
const BROTLI_QUALITY = 9;

if (process.argv.includes('--force') || isStale()) {
  build();
  await compress();
}

function isStale(): boolean {
  const page = join(ROOT, 'dist/studio/index.html');
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  return SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .some((path) => statSync(join(ROOT, path)).mtimeMs > builtAt);
}

function build(): void {
  console.error('Building the studio …');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2], // standard output belongs to the command that follows
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Puts `x.js.br` and `x.js.gz` beside each `x.js`: whoever loads the studio waits for no compression. */
async function compress(): Promise<void> {
  const folder = join(ROOT, 'dist/studio');
  const paths = globSync('**/*.{js,css,html,svg,ttf}', { cwd: folder }).map((path) => join(folder, path));
  await Promise.all(
    paths.map(async (path) => {
      const content = await readFile(path);
      if (content.length < MIN_BYTES) return;
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      };
      await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
      await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
    }),
  );
}
