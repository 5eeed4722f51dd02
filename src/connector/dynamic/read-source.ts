import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { readArguments, readPath } from './read-arguments.ts';
import { readFilePicker } from './read-file-picker.ts';
import type {
  DynamicSource,
  ItemPaths,
  OptionsSource,
  SchemaSource,
  TreeLevel,
  TreeSource,
} from './types.ts';

/**
 * How the values or the shape of a parameter or schema are found out, when it says so. A tree goes before a list: it
 * is written beside one for old designers only. Of the older and the newer form of the same thing the older is
 * taken, unless the newer one names an input within a body, which the older cannot.
 *
 * @param owner a parameter's extensions or a schema, references followed
 * @param document where `x-ms-capabilities` describes the file picker
 */
export function readDynamicSource(owner: JsonObject, document: JsonObject): DynamicSource | undefined {
  return readTree(owner) ?? readOptions(owner, document) ?? readSchema(owner);
}

/** The shape only: a field may be chosen from a list and be described by another operation. */
export function readSchemaSource(owner: JsonObject): SchemaSource | undefined {
  return readSchema(owner);
}

function readOptions(owner: JsonObject, document: JsonObject): OptionsSource | TreeSource | undefined {
  const values = asObject(owner['x-ms-dynamic-values']);
  const list = asObject(owner['x-ms-dynamic-list']);
  if (values !== undefined && firstText(values['capability']) !== '') {
    return readFilePicker(values, document) ?? (list && toOptions(list));
  }
  const chosen = pickForm(values, list);
  return chosen === undefined ? undefined : toOptions(chosen);
}

function readSchema(owner: JsonObject): SchemaSource | undefined {
  const schema = asObject(owner['x-ms-dynamic-schema']);
  const properties = asObject(owner['x-ms-dynamic-properties']);
  const chosen = pickForm(schema, properties);
  const operationId = firstText(chosen?.['operationId']);
  if (chosen === undefined || operationId === '') return undefined;
  const path = readPath(chosen, 'value-path', 'itemValuePath');
  return {
    kind: 'schema',
    operationId,
    arguments: readArguments(chosen['parameters']),
    ...(path === undefined ? {} : { path }),
    isMap: path === undefined && chosen === schema,
  };
}

function readTree(owner: JsonObject): TreeSource | undefined {
  const tree = asObject(owner['x-ms-dynamic-tree']);
  if (tree === undefined) return undefined;
  const settings = asObject(tree['settings']);
  const open = readLevel(tree['open']);
  const browse = readLevel(tree['browse']);
  if (open === undefined && browse === undefined) return undefined;
  return {
    kind: 'tree',
    ...(open === undefined ? {} : { open }),
    ...(browse === undefined ? {} : { browse }),
    parentsSelectable: settings?.['canSelectParentNodes'] !== false,
    leavesSelectable: settings?.['canSelectLeafNodes'] !== false,
    filter: [],
  };
}

function readLevel(written: Json | undefined): TreeLevel | undefined {
  const level = asObject(written);
  const operationId = firstText(level?.['operationId']);
  if (level === undefined || operationId === '') return undefined;
  const fullTitle = readPath(level, 'itemFullTitlePath');
  const isParent = level['itemIsParent'];
  return {
    operationId,
    arguments: readArguments(level['parameters']),
    paths: { ...readPaths(level), ...(fullTitle === undefined ? {} : { fullTitle }) },
    ...(isParent === undefined || isParent === null ? {} : { isParent: String(isParent) }),
  };
}

function toOptions(written: JsonObject): OptionsSource | undefined {
  const operationId = firstText(written['operationId']);
  if (operationId === '') return undefined;
  return {
    kind: 'options',
    operationId,
    arguments: readArguments(written['parameters']),
    paths: readPaths(written),
  };
}

/** Both spellings of each path: people mix them. */
function readPaths(written: JsonObject): ItemPaths {
  const paths = {
    items: readPath(written, 'itemsPath', 'value-collection'),
    value: readPath(written, 'itemValuePath', 'value-path'),
    title: readPath(written, 'itemTitlePath', 'value-title'),
    description: readPath(written, 'itemDescriptionPath', 'value-description'),
    selectable: readPath(written, 'itemSelectablePath', 'value-selectable'),
  };
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => path !== undefined));
}

function pickForm(older: JsonObject | undefined, newer: JsonObject | undefined): JsonObject | undefined {
  if (older === undefined || firstText(older['operationId']) === '') return newer ?? older;
  return newer !== undefined && firstText(newer['operationId']) !== '' && namesBody(newer) ? newer : older;
}

function namesBody({ parameters }: JsonObject): boolean {
  return readArguments(parameters).some((one) => one.from === 'input' && one.reference.includes('/'));
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
