import { isJsonObject, type Json, type JsonObject, setOwn } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { FORM_PARAMETERS } from '../import/prepare-swagger.ts';
import { CARRIED_COOKIES, CARRIED_SERVERS } from '../import/read-carried.ts';
import { METHODS } from '../operations.ts';
import { sameTypes, toSwaggerBody } from './swagger-bodies.ts';
import { type SwaggerWork, toSwaggerParameter } from './swagger-parameters.ts';
import { collectProduces, toSwaggerResponse, toSwaggerResponses } from './swagger-responses.ts';
import { toSwaggerSchema } from './swagger-schemas.ts';
import { toSecurityDefinitions } from './swagger-security.ts';
import { readSchemes, toHost } from './swagger-servers.ts';

const JSON_TYPE = ['application/json'];

/**
 * Writes an OpenAPI 3.0 document as Swagger 2.0. `exact`: it came from Swagger, and reading the result again gives
 * the same definition. Otherwise what Swagger cannot say (cookies, callbacks, links, alternatives) is left out.
 */
export function downgradeToSwagger(document: JsonObject, exact: boolean, carries: boolean): JsonObject {
  const work: SwaggerWork = { document, exact, carries };
  const { openapi: _version, servers: _servers, components, paths, tags, ...rest } = document;
  const shared = isJsonObject(components) ? components : undefined;
  const responses = collectProduces(shared?.['responses']);
  const produces = responses.length > 0 ? responses : JSON_TYPE;
  const swagger: JsonObject = {
    swagger: '2.0',
    ...rest,
    ...toHost(document),
    consumes: JSON_TYPE,
    produces,
    paths: toPaths(paths, produces, work),
    ...toShared(shared, work),
    ...(tags === undefined ? {} : { tags }),
  };
  return rewriteReferences(swagger) as JsonObject;
}

function toPaths(paths: Json | undefined, produces: readonly string[], work: SwaggerWork): JsonObject {
  const entries = Object.entries(isJsonObject(paths) ? paths : {}).map(([path, item]) => {
    return [path, isJsonObject(item) ? toPathItem(item, produces, work) : item] as const;
  });
  return Object.fromEntries(entries);
}

function toPathItem(item: JsonObject, produces: readonly string[], work: SwaggerWork): JsonObject {
  const result: JsonObject = {};
  const source = work.exact ? item : resolvePathItem(item, work);
  for (const [key, member] of Object.entries(source)) {
    if (key === 'parameters') result[key] = toParameters(member, work);
    else if (isJsonObject(member) && (METHODS as readonly string[]).includes(key)) {
      if (work.exact || key !== 'trace')
        result[key] = { ...toOperation(member, produces, work), ...carryOperation(member, source, work) };
    } else if (work.exact || key.startsWith('x-')) result[key] = member;
  }
  return result;
}

/** Servers and cookies of an operation, for those who read them again. */
function carryOperation(operation: JsonObject, item: JsonObject, work: SwaggerWork): JsonObject {
  if (!work.carries || work.exact) return {};
  const servers = operation['servers'] ?? item['servers'];
  const isSaid = readSchemes(servers, work.document) !== undefined;
  const cookies = [item['parameters'] ?? [], operation['parameters'] ?? []].flat().flatMap((written) => {
    const parameter = resolveReference(written, work.document);
    return isJsonObject(parameter) && parameter['in'] === 'cookie' ? [parameter] : [];
  });
  return {
    ...(Array.isArray(servers) && servers.length > 0 && !isSaid ? { [CARRIED_SERVERS]: servers } : {}),
    ...(cookies.length === 0 ? {} : { [CARRIED_COOKIES]: cookies }),
  };
}

function resolvePathItem(item: JsonObject, work: SwaggerWork): JsonObject {
  const resolved = resolveReference(item, work.document);
  return isJsonObject(resolved) ? resolved : {};
}

function toParameters(parameters: Json | undefined, work: SwaggerWork): Json[] {
  return [parameters ?? []].flat().flatMap((written): Json[] => {
    if (!isJsonObject(written)) return [];
    const { $ref } = written;
    const parameter = resolveReference(written, work.document);
    if (!isJsonObject(parameter)) return [];
    if (!work.exact && parameter['in'] === 'cookie') return [];
    if (typeof $ref === 'string')
      return [{ $ref: $ref.replace('#/components/parameters/', '#/parameters/') }];
    return [toSwaggerParameter(parameter, work)];
  });
}

function toOperation(operation: JsonObject, produces: readonly string[], work: SwaggerWork): JsonObject {
  const { parameters, requestBody: _body, responses, [FORM_PARAMETERS]: _form, ...more } = operation;
  const { servers, ...placed } = more;
  const schemes = readSchemes(servers, work.document);
  const { callbacks: _callbacks, ...plain } = placed;
  const body = toSwaggerBody(operation, work);
  const all = [...toParameters(parameters, work), ...body.parameters];
  const types = collectProduces(responses);
  const isPlain = body.consumes === undefined || sameTypes(body.consumes, JSON_TYPE);
  return {
    ...(work.exact ? (schemes === undefined ? more : placed) : plain),
    ...schemes,
    ...(isPlain ? {} : { consumes: body.consumes ?? [] }),
    ...(types.length === 0 || sameTypes(types, produces) ? {} : { produces: types }),
    ...(all.length > 0 || (work.exact && parameters !== undefined) ? { parameters: all } : {}),
    ...toAnswers(responses, work),
  };
}

function toAnswers(responses: Json | undefined, work: SwaggerWork): JsonObject {
  if (isJsonObject(responses)) return { responses: toSwaggerResponses(responses, work) };
  return work.exact ? {} : { responses: { default: { description: 'The answer.' } } };
}

function toShared(components: JsonObject | undefined, work: SwaggerWork): JsonObject {
  if (components === undefined) return {};
  const { schemas, parameters, responses, securitySchemes } = components;
  const result: JsonObject = {};
  if (isJsonObject(schemas))
    result['definitions'] = mapObjects(schemas, (one) => toSwaggerSchema(one, work.exact));
  if (isJsonObject(parameters)) result['parameters'] = toSharedParameters(parameters, work);
  if (isJsonObject(responses))
    result['responses'] = mapObjects(responses, (one) => toSwaggerResponse(one, work));
  if (isJsonObject(securitySchemes))
    result['securityDefinitions'] = toSecurityDefinitions(securitySchemes, work);
  // What held nothing that is known is read as components that hold nothing.
  return Object.keys(result).length > 0 || !work.exact ? result : { parameters: {} };
}

function toSharedParameters(parameters: JsonObject, work: SwaggerWork): JsonObject {
  const fit = Object.entries(parameters).filter(([, one]) => {
    return work.exact || !(isJsonObject(one) && one['in'] === 'cookie');
  });
  return mapObjects(Object.fromEntries(fit), (one) => toSwaggerParameter(one, work));
}

function mapObjects(members: JsonObject, map: (member: JsonObject) => JsonObject): JsonObject {
  const entries = Object.entries(members).map(
    ([name, one]) => [name, isJsonObject(one) ? map(one) : one] as const,
  );
  return Object.fromEntries(entries);
}

function rewriteReferences(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewriteReferences);
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const isSchema =
      key === '$ref' && typeof member === 'string' && member.startsWith('#/components/schemas/');
    if (isSchema) result[key] = member.replace('#/components/schemas/', '#/definitions/');
    else setOwn(result, key, rewriteReferences(member));
  }
  return result;
}
