/**
 * Loaded before a server that is measured (`--expose-gc --import`): at SIGUSR2 it collects garbage and writes what is
 * left, in bytes, to the file named by BENCH_MEMORY_FILE.
 */
import { renameSync, writeFileSync } from 'node:fs';

process.on('SIGUSR2', () => {
  const file = process.env.BENCH_MEMORY_FILE;
  if (file === undefined) return;
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(`${file}.new`, JSON.stringify({ keptBytes: heapUsed + external }));
  renameSync(`${file}.new`, file);
});
