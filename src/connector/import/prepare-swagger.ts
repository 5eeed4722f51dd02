import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { listOperations } from '../operations.ts';

/** Set on an operation whose form fields were parameters of their own: inputs name them directly. */
export const FORM_PARAMETERS = 'x-patchbay-form-parameters';
/** How an array is joined where OpenAPI 3 has no style for it. */
export const PARAMETER_STYLE = 'x-patchbay-style';
/** The name a body parameter had; OpenAPI 3 bodies have none, but flows name it. */
export const BODY_NAME = 'x-ms-requestBody-name';

/**
 * Makes a Swagger 2.0 document, in place, such that upgrading loses nothing: the upgrader drops the names of body
 * parameters, resolves no references to them, reads `parameters` of a path only before its operations, and takes
 * OpenAPI 3's defaults for Swagger's.
 */
export function prepareSwagger(document: JsonObject): void {
  prepareRoot(document);
  const { paths } = document;
  // Those without operations, too: what they share would refer to what is gone.
  const pathItems = new Set(Object.values(isJsonObject(paths) ? paths : {}).filter(isJsonObject));
  for (const { operation, pathItem } of listOperations(document)) {
    prepareOperation(document, pathItem, operation);
    pathItems.add(pathItem);
  }
  for (const pathItem of pathItems) {
    const shared = listParameters(pathItem).filter((written) => !isContent(resolve(document, written)));
    if (pathItem['parameters'] !== undefined)
      pathItem['parameters'] = shared.map((one) => prepareParameter(one));
  }
  prepareShared(document);
}

function prepareRoot(document: JsonObject): void {
  for (const key of ['consumes', 'produces', 'schemes']) {
    const value = document[key];
    if (typeof value === 'string') document[key] = [value];
    else if (!Array.isArray(value) || value.length === 0) delete document[key];
  }
  for (const key of ['components', 'definitions', 'parameters', 'responses', 'securityDefinitions']) {
    const members = document[key];
    if (members === undefined) continue;
    if (isJsonObject(members)) document[key] = onlyObjects(members);
    else delete document[key];
  }
  document['schemes'] = preferHttps(document['schemes']);
}

/** Swagger's default is the scheme the document came by; the web's is https. */
export function preferHttps(schemes: Json | undefined): Json {
  const known = Array.isArray(schemes) ? schemes.map((scheme) => String(scheme).toLowerCase()) : [];
  const http = known.filter((scheme) => scheme === 'https' || scheme === 'http');
  return http.length === 0 || http.includes('https') ? ['https'] : ['http'];
}

function onlyObjects(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => isJsonObject(member)));
}

/** Body and form parameters come to stand in the operation itself; the rest may stay shared. */
function prepareOperation(document: JsonObject, pathItem: JsonObject, operation: JsonObject): void {
  const own = listParameters(operation);
  const inherited = listParameters(pathItem).filter((written) => isContent(resolve(document, written)));
  const ownKeys = new Set(own.map((written) => keyOf(resolve(document, written))));
  const all = [...own, ...inherited.filter((written) => !ownKeys.has(keyOf(resolve(document, written))))];
  if (all.length > 0) {
    operation['parameters'] = all.map((written) => {
      const parameter = resolve(document, written);
      return isContent(parameter) ? prepareParameter(structuredClone(parameter)) : prepareParameter(written);
    });
  }
  prepareMediaTypes(document, operation);
  const { responses } = operation;
  for (const response of Object.values(isJsonObject(responses) ? responses : {}))
    if (isJsonObject(response) && !isJsonObject(response['headers'])) delete response['headers'];
}

function listParameters(owner: JsonObject): JsonObject[] {
  const { parameters } = owner;
  return Array.isArray(parameters) ? parameters.filter(isJsonObject) : [];
}

function resolve(document: JsonObject, written: JsonObject): JsonObject {
  const parameter = resolveReference(written, document);
  return isJsonObject(parameter) ? parameter : written;
}

function keyOf(parameter: JsonObject): string {
  return parameter['in'] === 'body' ? 'body' : `${String(parameter['in'])} ${String(parameter['name'])}`;
}

function isContent(parameter: JsonObject): boolean {
  return parameter['in'] === 'body' || parameter['in'] === 'formData';
}

function prepareParameter(parameter: JsonObject): JsonObject {
  if (parameter['in'] === 'body') {
    parameter[BODY_NAME] = parameter['name'] ?? 'body';
    parameter['schema'] ??= {};
  } else if (parameter['type'] === 'array') {
    // Swagger knows no list of files; what people write for one is told by its items.
    if (isJsonObject(parameter['items']) && parameter['items']['type'] === 'file')
      parameter['items'] = { ...parameter['items'], type: 'string', format: 'binary' };
    const written = String(parameter['collectionFormat'] ?? 'csv');
    const format = /^(?:csv|ssv|tsv|pipes|multi)$/.test(written) ? written : 'csv';
    parameter['collectionFormat'] = format;
    const style = { ssv: 'spaceDelimited', pipes: 'pipeDelimited', tsv: 'tabDelimited' }[format];
    if (style !== undefined) parameter[PARAMETER_STYLE] = style;
    nameItemFormats(parameter['items']);
  }
  return parameter;
}

/** Lists in a list are joined too, with commas where nothing else is said. */
function nameItemFormats(items: Json | undefined): void {
  if (!isJsonObject(items) || items['type'] !== 'array') return;
  items['collectionFormat'] ??= 'csv';
  nameItemFormats(items['items']);
}

function prepareMediaTypes(document: JsonObject, operation: JsonObject): void {
  for (const key of ['consumes', 'produces']) {
    const value = operation[key];
    if (typeof value === 'string') operation[key] = [value];
    // An empty list resets the document's; with nothing to reset to, the default is meant.
    else if (value !== undefined && (!Array.isArray(value) || value.length === 0)) delete operation[key];
  }
  const body = listParameters(operation).find((parameter) => parameter['in'] === 'body');
  if (body !== undefined && isBytes(resolveSchema(body['schema'], document))) {
    operation['consumes'] = ['application/octet-stream'];
    return;
  }
  const fields = listParameters(operation).filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return;
  operation[FORM_PARAMETERS] = true;
  const consumes = [operation['consumes'] ?? document['consumes'] ?? []].flat().map(String);
  const forms = consumes.filter((type) =>
    /^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type),
  );
  const hasFile = fields.some(
    ({ type, items }) => type === 'file' || (isJsonObject(items) && isBytes(items)),
  );
  const multipart = 'multipart/form-data';
  if (hasFile) operation['consumes'] = [multipart];
  else operation['consumes'] = forms.length > 0 ? forms : ['application/x-www-form-urlencoded'];
}

/** The upgrader drops `format: binary` of a whole body: from then on only the media type tells. */
function isBytes(schema: JsonObject): boolean {
  return schema['type'] === 'string' && schema['format'] === 'binary';
}

/** Shared body and form parameters were copied to where they are used. */
function prepareShared(document: JsonObject): void {
  const { parameters } = document;
  if (!isJsonObject(parameters)) return;
  const rest = Object.entries(parameters).filter(([, parameter]) => {
    return isJsonObject(parameter) && /^(?:header|path|query)$/.test(String(parameter['in']));
  });
  document['parameters'] = Object.fromEntries(rest);
  for (const [, parameter] of rest) if (isJsonObject(parameter)) prepareParameter(parameter);
}
