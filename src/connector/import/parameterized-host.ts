import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** AutoRest's way to write an address with parts that are asked for, which Swagger itself has no words for. */
export const PARAMETERIZED_HOST = 'x-ms-parameterized-host';

/** Makes the server that the extension describes; `undefined` where the document has a host, or no such extension. */
export function readParameterizedHost(swagger: JsonObject): JsonObject | undefined {
  const extension = swagger[PARAMETERIZED_HOST];
  const template = isJsonObject(extension) ? extension['hostTemplate'] : undefined;
  if (!isJsonObject(extension) || typeof template !== 'string' || typeof swagger['host'] === 'string')
    return undefined;
  const declared = [extension['parameters'] ?? []].flat();
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const variables = names.map((name) => [name, readVariable(name, declared, swagger)] as const);
  return {
    url: startOf(swagger, template) + String(swagger['basePath'] ?? '').replace(/\/+$/, ''),
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
  };
}

/** The address without the base path. */
export function startOf(swagger: JsonObject, template: string): string {
  const extension = swagger[PARAMETERIZED_HOST];
  const isWhole = isJsonObject(extension) && extension['useSchemePrefix'] === false;
  return `${isWhole ? '' : 'https://'}${template}`.replace(/\/+$/, '');
}

function readVariable(name: string, declared: readonly Json[], swagger: JsonObject): JsonObject {
  const shared = isJsonObject(swagger['parameters']) ? swagger['parameters'] : {};
  const parameters = declared.map((one) => {
    const reference = isJsonObject(one) ? one['$ref'] : undefined;
    return typeof reference === 'string' ? shared[reference.replace('#/parameters/', '')] : one;
  });
  const found = parameters.filter(isJsonObject).find((one) => one['name'] === name) ?? {};
  const { default: fallback, enum: allowed, description } = found;
  return {
    default: typeof fallback === 'string' ? fallback : '',
    ...(Array.isArray(allowed) ? { enum: allowed.map(String) } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}
