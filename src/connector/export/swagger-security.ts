import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { CARRIED_SCHEME } from '../import/read-carried.ts';
import type { SwaggerWork } from './swagger-parameters.ts';

const FLOWS: Readonly<Record<string, string>> = {
  authorizationCode: 'accessCode',
  clientCredentials: 'application',
};

/** The ways to authenticate. A bearer token, which Swagger does not know, is the header that carries it. */
export function toSecurityDefinitions(schemes: JsonObject, work: SwaggerWork): JsonObject {
  const entries = Object.entries(schemes).flatMap(([name, written]) => {
    const scheme = isJsonObject(written) ? toDefinition(written, work) : undefined;
    return scheme === undefined ? [] : [[name, scheme] as const];
  });
  return Object.fromEntries(entries);
}

function toDefinition(scheme: JsonObject, { exact, carries }: SwaggerWork): JsonObject | undefined {
  const { type, scheme: http, flows, bearerFormat: _format, ...rest } = scheme;
  if (type === 'oauth2' && isJsonObject(flows)) return { ...rest, ...toFlow(flows, exact) };
  if (type === 'http' && String(http).toLowerCase() === 'basic') return { ...rest, type: 'basic' };
  if (exact) return scheme;
  if (type === 'apiKey') return scheme['in'] === 'cookie' ? toHeader('Cookie', scheme, carries) : scheme;
  if (type === 'http') return toHeader('Authorization', scheme, carries);
  return undefined;
}

function toHeader(name: string, scheme: JsonObject, carries: boolean): JsonObject {
  const { description, ...kept } = scheme;
  return {
    type: 'apiKey',
    in: 'header',
    name,
    ...(description === undefined ? {} : { description }),
    ...(carries ? { [CARRIED_SCHEME]: kept } : {}),
  };
}

function toFlow(flows: JsonObject, exact: boolean): JsonObject {
  const names = ['authorizationCode', 'clientCredentials', 'implicit', 'password'];
  const name = names.find((one) => isJsonObject(flows[one])) ?? Object.keys(flows)[0] ?? 'implicit';
  const flow = isJsonObject(flows[name]) ? flows[name] : {};
  const { authorizationUrl, tokenUrl, scopes } = flow;
  return {
    type: 'oauth2',
    flow: FLOWS[name] ?? name,
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    ...(scopes === undefined ? (exact ? {} : { scopes: {} }) : { scopes }),
  };
}
