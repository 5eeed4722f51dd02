import { isJsonObject, type JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { assignOperationIds } from './assign-operation-ids.ts';
import { checkMeaning } from './check-meaning.ts';
import { checkParameters } from './check-parameters.ts';
import { checkPathParameters } from './check-path-parameters.ts';
import { checkReferences } from './check-references.ts';
import { checkServers } from './check-servers.ts';
import { cleanHost } from './clean-host.ts';
import { cleanPathTemplates } from './clean-path-templates.ts';
import { cleanPaths } from './clean-paths.ts';
import { cleanServers } from './clean-servers.ts';
import { type DocumentFormat, detectVersion } from './detect-version.ts';
import { readOperationSchemes } from './operation-schemes.ts';
import { readParameterizedHost } from './parameterized-host.ts';
import type { ParsedDocument } from './parse-document.ts';
import { prepareSwagger } from './prepare-swagger.ts';
import { type Problems, UnusableInput } from './problems.ts';
import { readCarried } from './read-carried.ts';
import { repairExtensions } from './repair-extensions.ts';
import { stripConnectionId } from './strip-connection-id.ts';
import { upgradeDocument } from './upgrade/upgrade-document.ts';

/**
 * Makes a definition of an OpenAPI 3.0, 3.1 or Swagger 2.0 document. References stay references, so circles cost
 * nothing. The parsed document is used up.
 *
 * @param readFrom the address of the document, if it has one
 *
 * @throws UnusableInput when there is nothing to call.
 */
export function importOpenApi(
  name: string,
  parsed: ParsedDocument,
  problems: Problems,
  onFormat: (format: DocumentFormat) => void,
  readFrom?: string,
): ConnectorDefinition {
  const document = asObject(name, parsed);
  const format = detectVersion(name, document, problems);
  onFormat(format);
  const references = repairExtensions(document, problems);
  checkReferences(document, references, problems);
  cleanPaths(document, problems);
  cleanPathTemplates(document, problems);
  stripConnectionId(document);
  checkOperations(name, document, problems);
  checkParameters(document, problems);
  assignOperationIds(document, problems);
  if (format === 'swagger-2.0') {
    cleanHost(document, problems);
    prepareSwagger(document);
  }
  const templated = format === 'swagger-2.0' ? readParameterizedHost(document) : undefined;
  const openapi = withInfo(name, upgradeDocument(name, document));
  if (templated !== undefined) openapi['servers'] = [templated];
  if (format === 'swagger-2.0') {
    readCarried(openapi);
    readOperationSchemes(openapi, problems);
  }
  cleanServers(openapi, readFrom, problems);
  checkPathParameters(openapi, problems);
  checkServers(openapi, problems, format === 'swagger-2.0' ? '/schemes' : '/servers/0/url');
  checkMeaning(openapi, problems);
  return { openapi, properties: {}, source: { format, fileName: name }, files: {} };
}

function asObject(name: string, { value }: ParsedDocument): JsonObject {
  if (isJsonObject(value)) return value;
  const what = Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'plain text' : 'a single value';
  throw new UnusableInput(
    'CONNECTOR_NOT_AN_API',
    `${name} is no API document: it is ${what}, not an object.`,
    { line: 1 },
  );
}

function checkOperations(name: string, document: JsonObject, problems: Problems): void {
  if (!listOperations(document).next().done) return;
  const { webhooks, 'x-webhooks': extension } = document;
  const count = [webhooks, extension].filter(isJsonObject).flatMap(Object.keys).length;
  if (count === 0) {
    const pointer = document['paths'] === undefined ? '' : '/paths';
    throw new UnusableInput(
      'CONNECTOR_NO_OPERATIONS',
      `${name} describes no operations: its 'paths' are empty.`,
      {
        pointer,
      },
    );
  }
  const message = `${name} describes ${count} messages that the API sends, but no operation that can be called.`;
  problems.add('CONNECTOR_WEBHOOKS_ONLY', message, { pointer: '/paths' });
}

function withInfo(name: string, document: JsonObject): JsonObject {
  const info = isJsonObject(document['info']) ? document['info'] : {};
  const { title, version } = info;
  const titled = typeof title === 'string' && title.trim() !== '' ? title : name;
  return {
    ...document,
    info: { ...info, title: titled, version: version === undefined ? '1' : String(version) },
  };
}
