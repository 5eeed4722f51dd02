import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createScriptSkeleton, SCRIPT_TYPES } from '../../connector/index.ts';
import { CliError } from '../errors.ts';
import type { SourceSettings } from '../find-connectors.ts';
import { type Output, printJson } from '../output.ts';
import { readConnector } from '../read-connector.ts';

export interface ConnectorPortOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/**
 * `patchbay connector port PATH`: a `script.ts` to begin the port of a package's C# with, and the types that an editor
 * needs beside it. Files that are there stay as they are.
 */
export async function portConnector(
  path: string,
  { out, json = false }: ConnectorPortOptions,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const skeleton = createScriptSkeleton(await readConnector(path, settings));
  if (skeleton === undefined) throw new CliError('SCRIPT_NOT_FOUND', `${path} has no custom code in C#.`);
  if (out === undefined) {
    output.print(skeleton.trimEnd());
    return;
  }
  await mkdir(out, { recursive: true });
  const written = [
    await writeNew(out, 'script.ts', skeleton),
    await writeNew(out, 'script.d.ts', SCRIPT_TYPES),
  ];
  if (json) printJson(output, { path, written });
  else for (const one of written) output.note(`✓ ${one}`);
}

async function writeNew(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliError('INVALID_OPTION', `${file} exists already.`, { fix: 'Name another folder with -o.' });
  }
  return file;
}
