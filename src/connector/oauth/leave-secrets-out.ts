import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';

/**
 * Properties of a connector without the client secrets of OAuth applications that somebody wrote into them. A
 * definition is shown, compared and exported; a secret is kept sealed, for the connector. `places` are the pointers of
 * what was left out.
 */
export function leaveSecretsOut(properties: JsonObject): { properties: JsonObject; places: string[] } {
  const places: string[] = [];
  const clean = (written: JsonObject, pointer: string) =>
    mapObject(written, (parameter, name) => cleanParameter(parameter, joinPointer(pointer, name), places));
  const { connectionParameters, connectionParameterSets: sets } = properties;
  const cleaned: JsonObject = { ...properties };
  if (isJsonObject(connectionParameters)) {
    cleaned['connectionParameters'] = clean(connectionParameters, '/connectionParameters');
  }
  if (isJsonObject(sets) && Array.isArray(sets['values'])) {
    const values = sets['values'].map((set, index) => {
      if (!isJsonObject(set) || !isJsonObject(set['parameters'])) return set;
      const pointer = `/connectionParameterSets/values/${index}/parameters`;
      return { ...set, parameters: clean(set['parameters'], pointer) };
    });
    cleaned['connectionParameterSets'] = { ...sets, values };
  }
  return places.length === 0 ? { properties, places } : { properties: cleaned, places };
}

/** A definition that may be kept. */
export function withoutSecrets(definition: ConnectorDefinition): ConnectorDefinition {
  const { properties, places } = leaveSecretsOut(definition.properties);
  return places.length === 0 ? definition : { ...definition, properties };
}

function cleanParameter(parameter: Json, pointer: string, places: string[]): Json {
  const settings = isJsonObject(parameter) ? parameter['oAuthSettings'] : undefined;
  if (!isJsonObject(parameter) || !isJsonObject(settings)) return parameter;
  const { clientSecret, ...rest } = settings;
  if (typeof clientSecret !== 'string' || clientSecret === '') return parameter;
  places.push(`${pointer}/oAuthSettings/clientSecret`);
  return { ...parameter, oAuthSettings: rest };
}

function mapObject(object: JsonObject, map: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]));
}
