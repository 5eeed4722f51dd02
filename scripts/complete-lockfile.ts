/**
 * Adds to package-lock.json the optional packages for platforms that the registry at hand does not offer.
 *
 * Some mirrors carry only the binaries of their own platform. npm leaves the others out of the lockfile without a
 * word, and `npm ci` then refuses the file as incomplete, everywhere. Run this after `npm install` behind such a
 * mirror; elsewhere it finds nothing to add.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockedPackage {
  version?: string;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}

const FILE = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, LockedPackage> };
const added: string[] = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = readPlatform(name);
    if (platform === undefined || isLocked(path, name)) continue;
    const { cpu, libc, os } = platform;
    lock.packages[`node_modules/${name}`] = { version, cpu, dev, libc, optional: true, os };
    added.push(`${name}@${version}`);
  }
}
if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
}
console.log(added.length === 0 ? 'The lockfile is complete.' : `Added ${added.join(', ')}.`);

/** From the name, as all these packages carry it: `@swc/core-linux-arm64-musl`. */
function readPlatform(name: string): Pick<LockedPackage, 'cpu' | 'os' | 'libc'> | undefined {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : undefined;
  return { cpu: [cpu], os: [os], ...(libc ? { libc } : {}) };
}

/** Whether a package that asks for another finds it: in its own folder or in one above. */
function isLocked(path: string, name: string): boolean {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}
