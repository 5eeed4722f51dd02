#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { CommanderError } from 'commander';
import { createProcessOutput } from './output.ts';
import { createProgram } from './program.ts';
import { readSettings } from './settings.ts';

// A pattern of somebody's document may be one that a text keeps busy for ever; then the engine searches in linear time.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const program = createProgram({
  output: createProcessOutput(),
  version,
  settings: () => readSettings(process.env, process.cwd()),
  apiKey: process.env['PATCHBAY_API_KEY'],
});
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and the version were asked for; everything else is a command line that nobody understands.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
