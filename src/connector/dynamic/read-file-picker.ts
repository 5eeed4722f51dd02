import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { readArguments, readPath } from './read-arguments.ts';
import type { DynamicArgument, TreeLevel, TreeSource } from './types.ts';

/**
 * The older file picker: `x-ms-dynamic-values` with `capability: "file-picker"` refers to the operations under
 * `x-ms-capabilities` of the document. What they take as `{parameter}` is looked up among the field's own
 * `parameters`, which hold values or name inputs.
 */
export function readFilePicker(values: JsonObject, document: JsonObject): TreeSource | undefined {
  const picker = findCapability(document, firstText(values['capability']));
  if (picker === undefined) return undefined;
  const given = readArguments(values['parameters']);
  const open = readLevel(picker, 'open', values, given);
  const browse = readLevel(picker, 'browse', values, given);
  if (open === undefined && browse === undefined) return undefined;
  const isFolder = readSetting(given, 'isFolder');
  const filter = readSetting(given, 'fileFilter');
  const mediaPath = readPath(picker, 'value-media-property');
  return {
    kind: 'tree',
    ...(open === undefined ? {} : { open }),
    ...(browse === undefined ? {} : { browse }),
    parentsSelectable: isFolder !== false,
    leavesSelectable: isFolder !== true,
    filter: Array.isArray(filter) ? filter.map(String) : [],
    ...(mediaPath === undefined ? {} : { mediaPath }),
  };
}

function findCapability({ 'x-ms-capabilities': all }: JsonObject, name: string): JsonObject | undefined {
  const capability = isJsonObject(all) ? all[name] : undefined;
  return isJsonObject(capability) ? capability : undefined;
}

function readLevel(
  picker: JsonObject,
  name: 'open' | 'browse',
  values: JsonObject,
  given: readonly DynamicArgument[],
): TreeLevel | undefined {
  const level = picker[name];
  if (!isJsonObject(level) || firstText(level['operationId']) === '') return undefined;
  const paths = {
    items: readPath(picker, 'value-collection'),
    value: readPath(values, 'value-path') ?? readPath(picker, 'value-path'),
    title: readPath(values, 'value-title') ?? readPath(picker, 'value-title'),
  };
  const isParent = readPath(picker, 'value-folder-property');
  return {
    operationId: firstText(level['operationId']),
    arguments: readArguments(level['parameters']).map((one) => substitute(one, given)),
    paths: Object.fromEntries(Object.entries(paths).filter(([, path]) => path !== undefined)),
    ...(isParent === undefined ? {} : { isParent }),
  };
}

/** A capability's `{parameter: "dataset"}` means the field's own argument of that name, if it has one. */
function substitute(argument: DynamicArgument, given: readonly DynamicArgument[]): DynamicArgument {
  if (argument.from !== 'input') return argument;
  const found = given.find(({ name }) => name === argument.reference);
  return found === undefined ? argument : { ...found, name: argument.name };
}

function readSetting(given: readonly DynamicArgument[], name: string) {
  const found = given.find((one) => one.name === name);
  return found?.from === 'value' ? found.value : undefined;
}
