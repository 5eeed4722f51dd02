import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../base/index.ts';
import { compileTemplate, createContextScope } from '../expression/index.ts';
import { type FlowDefinition, type FlowDocument, readFlowDocument } from '../flow/index.ts';
import { CliError } from './errors.ts';
import { type FlowSource, listFlowSources, parseSource, type ReadBeside } from './flow-source.ts';
import { readJsonFile } from './read-file.ts';

/** A flow from a file, with what stands beside it. */
export interface FlowFile {
  readonly definition: FlowDefinition;
  /** Where the definition stands in the document, as a JSON pointer. */
  readonly pointer: string;
  /** Values that a `parameters.json` beside the flow gives. */
  readonly parameters: JsonObject;
  /** The names that a `connections.json` beside the flow declares; `undefined` without one. */
  readonly connections: readonly string[] | undefined;
}

/**
 * Reads a flow. A Standard logic app keeps its parameters and connections in `parameters.json` and
 * `connections.json`, beside the workflow or one folder above, and application settings in `local.settings.json`.
 *
 * @throws CliError, FlowError when the file is no flow, or holds several
 */
export async function readFlow(path: string): Promise<FlowFile> {
  const { file, inner } = splitPath(path);
  const all = await listFlowSources(file);
  const sources = inner === undefined ? all : all.filter((one) => isCalled(one, inner));
  const [source, ...others] = sources;
  const names = all.map(({ label }) => label).join(', ');
  if (source === undefined) {
    const there = all.length === 0 ? '' : ` It holds ${names}.`;
    throw new CliError('FILE_NOT_FOUND', `There is no flow in ${path}.${there}`);
  }
  if (others.length > 0) {
    throw new CliError('INVALID_OPTION', `${path} holds several flows: name one of ${names}.`);
  }
  return describeFlow(readFlowDocument(parseSource(source)), source);
}

/** `package.zip:Workflows/Order.json` is a flow in an archive, as checks name it. */
function splitPath(path: string): { readonly file: string; readonly inner: string | undefined } {
  const [, file, inner] = /^(.+\.zip):(.+)$/i.exec(path) ?? [];
  return { file: file ?? path, inner };
}

/** By its path in the archive, its name, or the id at the end of that. */
function isCalled({ path }: FlowSource, name: string): boolean {
  return path === name || namesOf(path).includes(name.toLowerCase());
}

/** A flow of a document that was read, with what stands beside it. */
export async function describeFlow(
  { definition, pointer }: FlowDocument,
  { path, readBeside }: Pick<FlowSource, 'path' | 'readBeside'>,
): Promise<FlowFile> {
  const folders = [dirname(path), dirname(dirname(path))];
  const find = (name: string) => findJson(folders, name, readBeside);
  const [parameters, connections, settings] = await Promise.all([
    find('parameters.json'),
    find('connections.json'),
    find('local.settings.json'),
  ]);
  return {
    definition,
    pointer,
    parameters: readParameters(parameters, isJsonObject(settings?.Values) ? settings.Values : {}),
    connections: connections && listConnections(connections),
  };
}

async function findJson(
  folders: readonly string[],
  name: string,
  readBeside: ReadBeside,
): Promise<JsonObject | undefined> {
  for (const folder of folders) {
    try {
      const text = await readBeside(join(folder, name));
      const value = text === undefined ? undefined : parseJson(text);
      if (isJsonObject(value)) return value;
    } catch {
      // It is no JSON: somebody else's file of that name is none of ours.
    }
  }
  return undefined;
}

/**
 * Values of parameters: `{"name": {"type", "value"}}` as Standard logic apps write them, the same under `parameters`
 * as deployments do, or plain values. `@appsetting('…')` in them is looked up in the settings.
 */
export function readParameters(file: JsonObject | undefined, settings: JsonObject = {}): JsonObject {
  const entries = isJsonObject(file?.parameters) ? file.parameters : (file ?? {});
  const scope = createContextScope({ appSettings: settings });
  const values: JsonObject = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === '$schema' || name === 'contentVersion') continue;
    const value = isDeclaration(entry) ? entry.value : entry;
    try {
      values[name] = compileTemplate(value ?? null).evaluate(scope);
    } catch {
      values[name] = value ?? null;
    }
  }
  return values;
}

const DECLARATION_MEMBERS = new Set(['type', 'value', 'description', 'metadata', 'allowedValues']);

function isDeclaration(entry: Json | undefined): entry is JsonObject {
  return (
    isJsonObject(entry) &&
    Object.hasOwn(entry, 'value') &&
    Object.keys(entry).every((name) => DECLARATION_MEMBERS.has(name))
  );
}

function listConnections(file: JsonObject): string[] {
  const kinds = ['managedApiConnections', 'serviceProviderConnections', 'functionConnections'];
  return kinds.flatMap((kind) => (isJsonObject(file[kind]) ? Object.keys(file[kind]) : []));
}

/**
 * Finds flows that a flow runs: a folder of that name, a file of that name, or of that id, near the flow, or in the
 * archive that holds it.
 */
export async function indexFlows(path: string): Promise<(name: string) => FlowDefinition | undefined> {
  const { file } = splitPath(path);
  const sources = await listFlowSources(file);
  const known = new Map<string, FlowDefinition>();
  const add = async (place: string, read: () => Json | Promise<Json>) => {
    try {
      const { definition } = readFlowDocument(await read());
      for (const name of namesOf(place)) if (!known.has(name)) known.set(name, definition);
    } catch {
      // Not every JSON file is a flow.
    }
  };
  const packed = sources.filter((source) => source.path !== file);
  for (const source of packed) await add(source.path, () => parseSource(source));
  if (packed.length === 0) {
    for (const beside of await listFlowFiles(file)) await add(beside, () => readJsonFile(beside));
  }
  return (name) => known.get(name.toLowerCase());
}

const MAX_SIBLINGS = 200;

async function listFlowFiles(path: string): Promise<string[]> {
  const folder = dirname(path);
  const beside = (await listFolder(folder))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !isTest(entry.name))
    .map((entry) => join(folder, entry.name));
  const above = (await listFolder(dirname(folder)))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dirname(folder), entry.name, 'workflow.json'));
  const ofStandard = basename(path) === 'workflow.json' ? above : [];
  return [...ofStandard, ...beside].filter((file) => file !== path).slice(0, MAX_SIBLINGS);
}

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isTest(name: string): boolean {
  return name.endsWith('.flowtest.json');
}

/** `Name-1234….json` of a solution is known by its whole name and by its id; a package has a folder for each. */
function namesOf(file: string): string[] {
  const name = basename(file, '.json').toLowerCase();
  if (name === 'workflow' || name === 'definition') return [basename(dirname(file)).toLowerCase()];
  const id = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.exec(name)?.[0];
  return id === undefined ? [name] : [name, id];
}
