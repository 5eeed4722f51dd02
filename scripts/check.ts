/** `npm run check`: types, style, directions of imports and dead code, side by side; exits 1 when one finds something. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const CHECKS = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
  { name: 'style', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'layers', command: ['depcruise', 'src', 'samples', '--output-type', 'err'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
];

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

const findings = await Promise.all(CHECKS.map(({ name, command }) => runCheck(name, command)));
for (const { name, output } of findings.filter((finding) => !finding.ok)) {
  console.log(`\n── ${name} ${'─'.repeat(90 - name.length)}\n${output.trim()}`);
}
console.log();
for (const { name, ok, seconds } of findings) {
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${seconds.toFixed(1)} s`);
}
process.exitCode = findings.every((finding) => finding.ok) ? 0 : 1;

function runCheck(name: string, [binary = '', ...args]: string[]): Promise<Finding> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`${ROOT}node_modules/.bin/${binary}`, args, { cwd: ROOT });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    const finish = (ok: boolean) => {
      resolve({ name, ok, seconds: (performance.now() - startedAt) / 1000, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}
