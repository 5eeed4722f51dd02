import { equalJson, isJsonObject, type Json, type JsonObject, joinPointer } from '../../../base/index.ts';
import { resolveReference } from '../../../schema/index.ts';
import { listOperations, type OperationPlace } from '../../operations.ts';
import { readSchemes } from '../swagger-servers.ts';
import type { Notes } from './notes.ts';

/** What an OpenAPI 3 document says outside of its schemas that Swagger 2.0 cannot. */
export function noteSwagger(document: JsonObject, notes: Notes, format: SwaggerFormat): void {
  if (format === 'swagger-2.0') noteServers(document['servers'], '/servers', notes);
  noteSecurity(document, notes, format);
  noteShared(document, notes);
  for (const place of listOperations(document)) noteOperation(place, document, notes, format);
}

type SwaggerFormat = 'swagger-2.0' | 'power-platform';

function noteServers(servers: Json | undefined, pointer: string, notes: Notes): void {
  if (!Array.isArray(servers)) return;
  if (servers.length > 1) {
    const message = `Swagger 2.0 has one host: of the ${servers.length} servers the first is kept.`;
    notes.add('EXPORT_SERVERS_LEFT_OUT', `${pointer}/1`, message);
  }
  const [first] = servers;
  if (isJsonObject(first) && isJsonObject(first['variables']) && Object.keys(first['variables']).length > 0) {
    const names = Object.keys(first['variables']).join(', ');
    const message = `The variables of the server (${names}) are filled in with their defaults.`;
    notes.add('EXPORT_SERVERS_LEFT_OUT', `${pointer}/0/variables`, message);
  }
}

function noteSecurity({ components }: JsonObject, notes: Notes, format: SwaggerFormat): void {
  const schemes = isJsonObject(components) ? components['securitySchemes'] : undefined;
  for (const [name, scheme] of Object.entries(isJsonObject(schemes) ? schemes : {})) {
    const found = isJsonObject(scheme) ? describeScheme(scheme, format) : undefined;
    if (found === undefined) continue;
    const pointer = joinPointer('/components/securitySchemes', name);
    notes.add(found.code, pointer, `${found.what} '${name}' ${found.means}`);
  }
}

function describeScheme(scheme: JsonObject, format: SwaggerFormat) {
  const { type, flows } = scheme;
  const changed = 'EXPORT_SECURITY_CHANGED' as const;
  const isPackage = format === 'power-platform';
  if (type === 'http' && !/^basic$/i.test(String(scheme['scheme']))) {
    if (isPackage && /^bearer$/i.test(String(scheme['scheme']))) return undefined;
    const means = 'becomes the header Authorization: its value must be given whole, such as "Bearer …".';
    return { code: changed, what: `The ${String(scheme['scheme'])} authentication`, means };
  }
  if (type === 'apiKey' && scheme['in'] === 'cookie') {
    if (isPackage) return undefined;
    const means = 'becomes the header Cookie: its value must be given whole, with the name of the cookie.';
    return { code: changed, what: 'The cookie', means };
  }
  if (type === 'openIdConnect' || type === 'mutualTLS') {
    const means = 'is unknown to Swagger 2.0 and left out.';
    return { code: 'EXPORT_SECURITY_LEFT_OUT' as const, what: `The ${type} authentication`, means };
  }
  if (type !== 'oauth2' || !isJsonObject(flows)) return undefined;
  const count = Object.values(flows).filter(isJsonObject).length;
  if (count > 1)
    return {
      code: changed,
      what: 'OAuth 2.0',
      means: `keeps one of its ${count} flows: Swagger 2.0 has one.`,
    };
  const hasRefresh = Object.values(flows).some(
    (flow) => isJsonObject(flow) && flow['refreshUrl'] !== undefined,
  );
  return hasRefresh ? { code: changed, what: 'OAuth 2.0', means: 'loses its refreshUrl.' } : undefined;
}

const PLACELESS = ['callbacks', 'examples', 'headers', 'links', 'pathItems', 'requestBodies'];

/** What is referred to is written out where it is used. */
function noteShared({ components, webhooks }: JsonObject, notes: Notes): void {
  if (isJsonObject(components)) {
    for (const key of PLACELESS) {
      const shared = components[key];
      if (!isJsonObject(shared) || Object.keys(shared).length === 0) continue;
      const message = `Swagger 2.0 does not share ${key}: each stands where it is used, and those that are not are left out.`;
      notes.add('EXPORT_COMPONENTS_LEFT_OUT', joinPointer('/components', key), message);
    }
  }
  if (isJsonObject(webhooks) && Object.keys(webhooks).length > 0)
    notes.add('EXPORT_MESSAGES_LEFT_OUT', '/webhooks', 'Swagger 2.0 has no webhooks.');
}

function noteOperation(
  place: OperationPlace,
  document: JsonObject,
  notes: Notes,
  format: SwaggerFormat,
): void {
  const { operation, pathItem, pointer, method } = place;
  const called = `${method.toUpperCase()} ${place.path}`;
  if (method === 'trace')
    notes.add(
      'EXPORT_OPERATION_LEFT_OUT',
      pointer,
      `Swagger 2.0 has no method TRACE; ${called} is left out.`,
    );
  const servers = operation['servers'] ?? pathItem['servers'];
  const isSaid = format === 'power-platform' || readSchemes(servers, document) !== undefined;
  if (Array.isArray(servers) && servers.length > 0 && !isSaid) {
    const message = `The server of ${called} itself is kept as an extension that only Patchbay reads; others call it at the host of the document.`;
    notes.add('EXPORT_SERVERS_LEFT_OUT', pointer, message);
  }
  if (isJsonObject(operation['callbacks']))
    notes.add(
      'EXPORT_MESSAGES_LEFT_OUT',
      joinPointer(pointer, 'callbacks'),
      `The callbacks of ${called} are left out.`,
    );
  for (const written of [pathItem['parameters'] ?? []].flat())
    noteCookie(written, pointer, called, document, notes, format);
  for (const [index, written] of [operation['parameters'] ?? []].flat().entries())
    noteCookie(written, `${pointer}/parameters/${index}`, called, document, notes, format);
  noteParameters(operation['parameters'], joinPointer(pointer, 'parameters'), called, document, notes);
  noteBody(operation['requestBody'], joinPointer(pointer, 'requestBody'), called, document, notes);
  noteResponses(operation['responses'], joinPointer(pointer, 'responses'), called, document, notes);
}

function noteCookie(
  written: Json | undefined,
  pointer: string,
  called: string,
  document: JsonObject,
  notes: Notes,
  format: SwaggerFormat,
): void {
  const parameter = resolveReference(written, document);
  if (!isJsonObject(parameter) || parameter['in'] !== 'cookie') return;
  const name = `The cookie '${String(parameter['name'])}' of ${called}`;
  if (format === 'power-platform') {
    const message = `${name} becomes a header, of which a policy makes the cookie; where it is not given, the cookie is sent empty.`;
    notes.add('EXPORT_PARAMETER_SIMPLIFIED', pointer, message);
  } else {
    const message = `${name} is unknown to Swagger 2.0; it is kept as an extension that only Patchbay reads.`;
    notes.add('EXPORT_PARAMETER_LEFT_OUT', pointer, message);
  }
}

function noteParameters(
  parameters: Json | undefined,
  pointer: string,
  called: string,
  document: JsonObject,
  notes: Notes,
): void {
  for (const [index, written] of (Array.isArray(parameters) ? parameters : []).entries()) {
    const parameter = resolveReference(written, document);
    if (!isJsonObject(parameter)) continue;
    const name = `The parameter '${String(parameter['name'])}' of ${called}`;
    const at = joinPointer(pointer, String(index));
    if (parameter['in'] === 'cookie') continue;
    const schema = resolveReference(parameter['schema'], document);
    const isObject = isJsonObject(schema) && schema['type'] === 'object';
    const reason =
      parameter['content'] !== undefined
        ? 'is written in a media type; it becomes a text.'
        : isObject || parameter['style'] === 'deepObject'
          ? 'is an object; it becomes a text.'
          : /^(?:label|matrix)$/.test(String(parameter['style']))
            ? `is written in the style '${String(parameter['style'])}', which Swagger 2.0 does not know.`
            : parameter['allowReserved'] === true
              ? 'keeps reserved characters, which Swagger 2.0 cannot say.'
              : parameter['deprecated'] === true
                ? 'is deprecated, which Swagger 2.0 cannot say of a parameter.'
                : undefined;
    if (reason !== undefined) notes.add('EXPORT_PARAMETER_SIMPLIFIED', at, `${name} ${reason}`);
  }
}

function noteBody(
  written: Json | undefined,
  pointer: string,
  called: string,
  document: JsonObject,
  notes: Notes,
): void {
  const body = resolveReference(written, document);
  if (!isJsonObject(body) || !isJsonObject(body['content'])) return;
  noteMediaTypes(body['content'], pointer, `the body of ${called}`, notes);
  for (const [type, media] of Object.entries(body['content'])) {
    if (!isJsonObject(media) || !isJsonObject(media['encoding'])) continue;
    const message = `How single fields of the body of ${called} are written is left out, but for how lists are joined.`;
    notes.add('EXPORT_PARAMETER_SIMPLIFIED', joinPointer(joinPointer(pointer, 'content'), type), message);
  }
}

function noteMediaTypes(content: JsonObject, pointer: string, what: string, notes: Notes): void {
  const types = Object.entries(content);
  const schemas = types.map(([, media]) => (isJsonObject(media) ? media['schema'] : undefined));
  const differ = schemas.some((schema) => !equalJson(schema, schemas[0]));
  if (!differ) return;
  const message = `Swagger 2.0 has one schema for ${what}, whatever its media type; of ${types.map(([type]) => type).join(', ')} one is described.`;
  notes.add('EXPORT_MEDIA_TYPES_MERGED', joinPointer(pointer, 'content'), message);
}

function noteResponses(
  responses: Json | undefined,
  pointer: string,
  called: string,
  document: JsonObject,
  notes: Notes,
): void {
  for (const [status, written] of Object.entries(isJsonObject(responses) ? responses : {})) {
    const response = resolveReference(written, document);
    if (!isJsonObject(response)) continue;
    const at = joinPointer(pointer, status);
    if (/^[1-5]XX$/i.test(status)) {
      const message = `Swagger 2.0 has no ranges: ${status} of ${called} becomes ${status[0]}00.`;
      notes.add('EXPORT_RESPONSE_CHANGED', at, message);
    }
    if (isJsonObject(response['links']))
      notes.add(
        'EXPORT_LINKS_LEFT_OUT',
        joinPointer(at, 'links'),
        `The links of ${status} of ${called} are left out.`,
      );
    if (!isJsonObject(response['content'])) continue;
    noteMediaTypes(response['content'], at, `the answer ${status} of ${called}`, notes);
    noteExamples(response['content'], at, `${status} of ${called}`, notes);
  }
}

function noteExamples(content: JsonObject, pointer: string, what: string, notes: Notes): void {
  for (const [type, media] of Object.entries(content)) {
    const examples = isJsonObject(media) ? media['examples'] : undefined;
    if (!isJsonObject(examples) || Object.keys(examples).length < 2) continue;
    const at = joinPointer(joinPointer(pointer, 'content'), type);
    const message = `Of the ${Object.keys(examples).length} examples of the answer ${what} the first is kept.`;
    notes.add('EXPORT_EXAMPLES_LEFT_OUT', at, message);
  }
}
