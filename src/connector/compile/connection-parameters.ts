import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectionParameter, ConnectionParameterType } from '../types.ts';
import { firstText } from './text.ts';

const TYPES = new Map<string, ConnectionParameterType>(
  (['string', 'securestring', 'int', 'bool', 'oauthSetting', 'gatewaySetting'] as const).map((type) => [
    type.toLowerCase(),
    type,
  ]),
)
  .set('secureobject', 'securestring')
  .set('integer', 'int')
  .set('number', 'int')
  .set('boolean', 'bool');

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
  const type = readType(written, definition);
  const allowedValues = readAllowedValues(
    find(constraints, 'allowedValues') ?? find(written, 'allowedValues'),
  );
  const settings = find(written, 'oAuthSettings');
  const dependencies = readDependencies(find(constraints, 'dependencies'));
  const hidden = isTrue(find(constraints, 'hidden')) || needsGateway(find(constraints, 'capability'));
  const defaultValue = find(written, 'defaultValue');
  return {
    name,
    type,
    title: firstText(find(definition, 'displayName'), name),
    description: firstText(find(definition, 'description'), readObject(definition, 'schema')['description']),
    tooltip: firstText(find(definition, 'tooltip')),
    // Nobody can fill in what is not shown.
    required: isTrue(find(constraints, 'required')) && !hidden,
    hidden,
    secret: type === 'securestring' || SECRET_NAME.test(name),
    ...(isTrue(find(constraints, 'clearText')) ? { clearText: true } : {}),
    ...(defaultValue === undefined || defaultValue === null ? {} : { defaultValue }),
    ...(allowedValues === undefined ? {} : { allowedValues }),
    ...(dependencies === undefined ? {} : { dependencies }),
    ...(isJsonObject(settings) ? { oAuthSettings: settings } : {}),
  };
}

/** Some definitions ask for the secret of an application as if it were any text. */
const SECRET_NAME = /client_?secret$/i;

function readType(written: JsonObject, definition: JsonObject): ConnectionParameterType {
  const type = firstText(find(written, 'type'), readObject(definition, 'schema')['type']).toLowerCase();
  return TYPES.get(type) ?? 'string';
}

/** Shown for on-premises gateways only, which are not there: `["gateway"]`. */
function needsGateway(capability: Json | undefined): boolean {
  const names = [capability ?? []].flat().map((one) => String(one).toLowerCase());
  return names.includes('gateway') && !names.includes('cloud');
}

function readObject(owner: JsonObject, key: string): JsonObject {
  const value = find(owner, key);
  return isJsonObject(value) ? value : {};
}

/** Authors vary the case of names: `displayname`, `allowedvalues`. */
function find(owner: JsonObject, key: string): Json | undefined {
  if (owner[key] !== undefined) return owner[key];
  const lower = key.toLowerCase();
  const name = Object.keys(owner).find((one) => one.toLowerCase() === lower);
  return name === undefined ? undefined : owner[name];
}

/** Written as a text by most, as certification wants it. */
function isTrue(value: Json | undefined): boolean {
  return value === true || String(value).toLowerCase() === 'true';
}

function tabIndexOf(written: JsonObject): number {
  const constraints = readObject(readObject(written, 'uiDefinition'), 'constraints');
  const index = Number(find(constraints, 'tabIndex') ?? Number.NaN);
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
      title: firstText(one['text'], find(readObject(one, 'uiDefinition'), 'displayName'), String(value)),
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
