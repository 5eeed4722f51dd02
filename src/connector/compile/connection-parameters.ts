import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectionParameter, ConnectionParameterType } from '../types.ts';
import { firstText } from './text.ts';

const TYPES = new Map<string, ConnectionParameterType>(
  (['string', 'securestring', 'int', 'bool', 'oauthSetting', 'gatewaySetting'] as const).map((type) => [
    type.toLowerCase(),
    type,
  ]),
);

/** A parameter the importer makes itself, for what a document's security schemes and servers ask. */
export function createConnectionParameter(
  given: Pick<ConnectionParameter, 'name' | 'type' | 'title'> & Partial<ConnectionParameter>,
): ConnectionParameter {
  return {
    description: '',
    tooltip: '',
    required: true,
    hidden: false,
    secret: given.type === 'securestring',
    ...given,
  };
}

/** Reads `connectionParameters`, or the `parameters` of a set, in the order the form shows them. */
export function readConnectionParameters(written: Json | undefined): ConnectionParameter[] {
  if (!isJsonObject(written)) return [];
  const read = Object.entries(written).flatMap(([name, parameter]) => {
    return isJsonObject(parameter)
      ? [{ parameter: readParameter(name, parameter), tabIndex: tabIndexOf(parameter) }]
      : [];
  });
  return read.sort((a, b) => a.tabIndex - b.tabIndex).map(({ parameter }) => parameter);
}

function readParameter(name: string, written: JsonObject): ConnectionParameter {
  const definition = readObject(written, 'uiDefinition');
  const constraints = readObject(definition, 'constraints');
  const type = TYPES.get(String(written['type'] ?? '').toLowerCase()) ?? 'string';
  const allowedValues = readAllowedValues(constraints['allowedValues'] ?? written['allowedValues']);
  const settings = written['oAuthSettings'] ?? written['oauthSettings'];
  const dependencies = readDependencies(constraints['dependencies']);
  return {
    name,
    type,
    title: firstText(definition['displayName'], definition['displayname'], name),
    description: firstText(definition['description']),
    tooltip: firstText(definition['tooltip']),
    required: isTrue(constraints['required']),
    hidden: isTrue(constraints['hidden']),
    secret: type === 'securestring',
    ...(written['defaultValue'] === undefined ? {} : { defaultValue: written['defaultValue'] }),
    ...(allowedValues === undefined ? {} : { allowedValues }),
    ...(dependencies === undefined ? {} : { dependencies }),
    ...(isJsonObject(settings) ? { oAuthSettings: settings } : {}),
  };
}

function readObject(owner: JsonObject, key: string): JsonObject {
  const value = owner[key];
  return isJsonObject(value) ? value : {};
}

/** Written as a text by most, as certification wants it. */
function isTrue(value: Json | undefined): boolean {
  return value === true || String(value).toLowerCase() === 'true';
}

function tabIndexOf(written: JsonObject): number {
  const index = Number(
    readObject(readObject(written, 'uiDefinition'), 'constraints')['tabIndex'] ?? Number.NaN,
  );
  return Number.isNaN(index) ? 1000 : index; // without one: after the others, in the order written
}

/** Two dialects: `{text, value}` and `{value, uiDefinition: {displayName}}`. */
function readAllowedValues(written: Json | undefined): ConnectionParameter['allowedValues'] {
  if (!Array.isArray(written) || written.length === 0) return undefined;
  return written.map((one) => {
    if (!isJsonObject(one)) return { value: one, title: String(one) };
    const value = one['value'] ?? one['text'] ?? null;
    return {
      value,
      title: firstText(one['text'], readObject(one, 'uiDefinition')['displayName'], String(value)),
    };
  });
}

function readDependencies(written: Json | undefined): ConnectionParameter['dependencies'] {
  if (!isJsonObject(written)) return undefined;
  const entries = Object.entries(written).map(([name, rule]) => {
    const values = isJsonObject(rule) ? rule['values'] : rule;
    return [name, Array.isArray(values) ? values : []] as const;
  });
  return Object.fromEntries(entries);
}
