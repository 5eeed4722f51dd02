/** docs/cli.md names every command and every option, so that nobody has to find one by trying. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../src/cli/program.ts';

const TEXT = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');

function listCommands(command: Command, before: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((child) => {
    const path = [...before, child.name()];
    return child.commands.length > 0
      ? listCommands(child, path)
      : [[path.join(' '), child] as [string, Command]];
  });
}

const program = createProgram({
  output: { print: () => {}, note: () => {}, setExitCode: () => {} },
  version: '0',
  settings: () => {
    throw new Error('No command is run.');
  },
  apiKey: undefined,
});

test.each(listCommands(program))('%s is in the table, with its options', (name, command) => {
  const rows = TEXT.split('\n').filter(
    (line) => line.startsWith(`| \`${name}\``) || line.startsWith(`| \`${name} `),
  );
  expect(rows).not.toEqual([]);
  // By its short name where it has one.
  const options = command.options
    .map((option) => option.short ?? option.long ?? '')
    .filter((option) => option !== '--json');
  expect(
    options.filter((long) => !rows.some((row) => row.includes(long)) && !TEXT.includes(`\`${long}`)),
  ).toEqual([]);
});
