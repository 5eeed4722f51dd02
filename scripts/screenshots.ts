/** Makes the pictures of the documentation anew; see e2e/screenshots.ts for what can be set. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'e2e/screenshots.config.ts'],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exit(status ?? 1);
