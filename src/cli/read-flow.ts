import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compileTemplate, createContextScope } from '../expression/index.ts';
import { type FlowDefinition, readFlowDocument } from '../flow/index.ts';
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
 * @throws CliError, FlowError when the file is no flow
 */
export async function readFlow(path: string): Promise<FlowFile> {
  return describeFlow(await readJsonFile(path), path);
}

/** The same for a document that was read. */
export async function describeFlow(document: Json, path: string): Promise<FlowFile> {
  const { definition, pointer } = readFlowDocument(document);
  const folders = [dirname(path), dirname(dirname(path))];
  const [parameters, connections, settings] = await Promise.all([
    findJson(folders, 'parameters.json'),
    findJson(folders, 'connections.json'),
    findJson(folders, 'local.settings.json'),
  ]);
  return {
    definition,
    pointer,
    parameters: readParameters(parameters, isJsonObject(settings?.Values) ? settings.Values : {}),
    connections: connections && listConnections(connections),
  };
}

async function findJson(folders: readonly string[], name: string): Promise<JsonObject | undefined> {
  for (const folder of folders) {
    try {
      const value = await readJsonFile(join(folder, name));
      if (isJsonObject(value)) return value;
    } catch {
      // It is not there, or no JSON: somebody else's file of that name is none of ours.
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

/** Finds flows that a flow runs: a folder of that name, a file of that name, or of that id, near the flow. */
export async function indexFlows(path: string): Promise<(name: string) => FlowDefinition | undefined> {
  const known = new Map<string, FlowDefinition>();
  for (const file of await listFlowFiles(path)) {
    try {
      const { definition } = readFlowDocument(await readJsonFile(file));
      for (const name of namesOf(file)) if (!known.has(name)) known.set(name, definition);
    } catch {
      // Not every JSON file is a flow.
    }
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

/** `Name-1234….json` of a solution is known by its whole name and by its id. */
function namesOf(file: string): string[] {
  const name = basename(file, '.json').toLowerCase();
  if (name === 'workflow') return [basename(dirname(file)).toLowerCase()];
  const id = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.exec(name)?.[0];
  return id === undefined ? [name] : [name, id];
}
