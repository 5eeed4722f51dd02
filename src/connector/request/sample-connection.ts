import { isJsonObject, type Json } from '../../base/index.ts';
import { SERVER_URL, serverVariable } from '../compile/server-parameters.ts';
import type { AuthenticationMethod, CompiledConnector, ConnectionParameter } from '../types.ts';

const ADDRESS = 'https://service.example';

/**
 * Values for a connection that nobody has: defaults, first allowed values, places that make an address, and for
 * secrets a text that says whose place it holds.
 */
export function makeSampleConnection(
  connector: CompiledConnector,
  method: AuthenticationMethod,
): Record<string, Json> {
  const places = findPlaces(connector);
  const values = method.parameters.map(({ name, ...parameter }) => {
    return [name, sampleValue(name, parameter, places.get(name.toLowerCase()))] as const;
  });
  const variables = [...places].filter(([name]) => !values.some(([known]) => known.toLowerCase() === name));
  return Object.fromEntries([...values, ...variables]);
}

function sampleValue(
  name: string,
  parameter: Omit<ConnectionParameter, 'name'>,
  place: Json | undefined,
): Json {
  const { type, defaultValue, allowedValues, secret } = parameter;
  if (defaultValue !== undefined && defaultValue !== '' && defaultValue !== null) return defaultValue;
  const [first] = allowedValues ?? [];
  if (first !== undefined) return first.value;
  if (place !== undefined) return place;
  if (type === 'bool') return true;
  if (type === 'int') return 1;
  if (name === SERVER_URL) return ADDRESS;
  if (!secret && type !== 'oauthSetting' && /ur[li]|host|server|endpoint|domain/i.test(name)) return ADDRESS;
  return `sample-${name}`;
}

/** Parameters that are a part of the service's address, with a value that makes one of what stands around them. */
function findPlaces(connector: CompiledConnector): Map<string, Json> {
  const places = new Map<string, Json>();
  for (const template of listHostTemplates(connector)) {
    const reference = /@\{?connectionParameters\('([^']+)'(?:\s*,[^)]*)?\)\}?/gi;
    for (const match of template.matchAll(reference)) {
      addPlace(places, match[1] ?? '', template, match.index, match[0].length);
    }
  }
  for (const server of connector.servers) {
    for (const match of server.url.matchAll(/\{([^{}]+)\}/g)) {
      const name = match[1] ?? '';
      const variable = server.variables[name];
      const fallback = variable?.default || variable?.enum?.[0];
      const key = serverVariable(name).toLowerCase();
      if (fallback === undefined) addPlace(places, key, server.url, match.index, match[0].length);
    }
  }
  return places;
}

function addPlace(places: Map<string, Json>, name: string, template: string, at: number, length: number) {
  const before = template.slice(0, at);
  const after = template.slice(at + length);
  places.set(name.toLowerCase(), samplePlace(name, before, after));
}

/** `https://{x}.example.com`, `https://{x}/v1`, `{x}/v1`, `https://example.com/{x}`. */
function samplePlace(name: string, before: string, after: string): string {
  if (/^(?:server_)?(?:scheme|protocol)$/i.test(name)) return 'https';
  if (/^(?:server_)?port$/i.test(name) || /:\/\/[^/]*:$/.test(before)) return '443';
  if (/:\/\/[^/]*\//.test(before)) return 'sample';
  if (/^[.-]/.test(after) || /[.-]$/.test(before)) return 'service';
  if (/[a-z\d]$/i.test(before)) return '.example';
  return before.includes('://') ? 'service.example' : ADDRESS;
}

function listHostTemplates(connector: CompiledConnector): string[] {
  const policies = connector.definition.properties['policyTemplateInstances'];
  if (!Array.isArray(policies)) return [];
  return policies.flatMap((policy) => {
    if (!isJsonObject(policy) || !/^dynamic/i.test(String(policy['templateId']))) return [];
    const parameters = isJsonObject(policy['parameters']) ? Object.values(policy['parameters']) : [];
    return parameters.filter((value) => typeof value === 'string');
  });
}
