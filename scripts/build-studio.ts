/** Builds the studio when `dist/studio` is missing or older than what it is made from; otherwise says nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The studio, the pure folders that it imports, and how it is built. */
const SOURCES = [
  'src/{studio,client,base,schema,expression,connector,flow,api}/**/*',
  'vite.config.ts',
  'package-lock.json',
];

if (process.argv.includes('--force') || isStale()) build();

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
