import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectorFormat } from '../definition-types.ts';
import { type Problems, UnusableInput } from './problems.ts';

export type DocumentFormat = Extract<ConnectorFormat, 'openapi-3.1' | 'openapi-3.0' | 'swagger-2.0'>;

/**
 * Says which version of OpenAPI a document is in, and writes it, in place, as the upgrader expects it.
 *
 * @throws UnusableInput for what is no API document, or of a version that cannot be read.
 */
export function detectVersion(name: string, document: JsonObject, problems: Problems): DocumentFormat {
  const { openapi, swagger } = document;
  if (openapi !== undefined) return detectOpenApi(name, document, toVersion(openapi), problems);
  if (swagger !== undefined) {
    const version = toVersion(swagger);
    if (version.startsWith('2')) return markSwagger(document);
    const message = `${name} is Swagger ${version}; Swagger 2.0 and OpenAPI 3.0 and 3.1 can be imported.`;
    throw new UnusableInput('CONNECTOR_VERSION_UNSUPPORTED', message, { pointer: '/swagger' });
  }
  return guess(name, document, problems);
}

/** YAML reads an unquoted `3.0` as the number 3. */
function toVersion(value: Json): string {
  return Number.isInteger(value) ? `${String(value)}.0` : String(value).trim();
}

function markSwagger(document: JsonObject): DocumentFormat {
  document['swagger'] = '2.0';
  return 'swagger-2.0';
}

function detectOpenApi(
  name: string,
  document: JsonObject,
  version: string,
  problems: Problems,
): DocumentFormat {
  const [major, minor] = version.split('.');
  if (major === '3' && minor === '0') {
    document['openapi'] = /^3\.0\.\d/.test(version) ? version : '3.0.3';
    return 'openapi-3.0';
  }
  if (major !== '3') {
    const message = `${name} says it is OpenAPI '${version}'; Swagger 2.0 and OpenAPI 3.0 and 3.1 can be imported.`;
    throw new UnusableInput('CONNECTOR_VERSION_UNSUPPORTED', message, { pointer: '/openapi' });
  }
  if (minor !== '1') {
    problems.add('CONNECTOR_VERSION_ASSUMED', `${name} says it is OpenAPI '${version}'; it is read as 3.1.`, {
      pointer: '/openapi',
    });
  }
  document['openapi'] = /^3\.1\.\d/.test(version) ? version : '3.1.1';
  return 'openapi-3.1';
}

function guess(name: string, document: JsonObject, problems: Problems): DocumentFormat {
  if (!isJsonObject(document['paths'])) throw notAnApi(name, document);
  const isSwagger = ['basePath', 'definitions', 'host', 'securityDefinitions'].some(
    (key) => document[key] !== undefined,
  );
  const assumed = isSwagger ? 'Swagger 2.0' : 'OpenAPI 3.1';
  problems.add('CONNECTOR_VERSION_ASSUMED', `${name} names no version; it is read as ${assumed}.`, {
    pointer: '',
  });
  if (isSwagger) return markSwagger(document);
  document['openapi'] = '3.1.1';
  return 'openapi-3.1';
}

/** What people upload instead, told by a member only that format has. */
const OTHERS: readonly (readonly [(document: JsonObject) => boolean, string])[] = [
  [
    (it) => isJsonObject(it['info']) && ('_postman_id' in it['info'] || 'schema' in it['info']),
    'a Postman collection',
  ],
  [(it) => isJsonObject(it['log']) && Array.isArray(it['log']['entries']), 'a HAR recording'],
  [(it) => 'asyncapi' in it, 'an AsyncAPI document'],
  [(it) => 'swaggerVersion' in it, 'a Swagger 1.2 document'],
  [(it) => 'baseUri' in it || 'resourceTypes' in it, 'a RAML document'],
  [(it) => isJsonObject(it['__schema']) || isJsonObject(it['data']), 'an answer of an API'],
  [(it) => isJsonObject(it['definition']) && 'triggers' in it['definition'], 'a flow'],
  [(it) => 'triggers' in it && 'actions' in it, 'a flow'],
  [
    (it) => isJsonObject(it['properties']) && 'connectionParameters' in it['properties'],
    'an apiProperties.json',
  ],
  [(it) => '$schema' in it, 'a JSON Schema'],
];

function notAnApi(name: string, document: JsonObject): UnusableInput {
  const what = OTHERS.find(([isOne]) => isOne(document))?.[1];
  const found = what === undefined ? `has neither 'openapi' nor 'swagger' nor 'paths'` : `looks like ${what}`;
  const code = what === undefined ? 'CONNECTOR_NOT_AN_API' : 'CONNECTOR_FORMAT_UNSUPPORTED';
  const message = `${name} is no API document: it ${found}. OpenAPI, Swagger 2.0, Postman collections, HAR recordings and curl commands can be imported.`;
  return new UnusableInput(code, message, { pointer: '' });
}
