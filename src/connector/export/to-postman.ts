import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';
import type {
  AuthenticationMethod,
  CompiledBody,
  CompiledConnector,
  CompiledOperation,
  CompiledParameter,
  ConnectorDefinition,
  CredentialRule,
} from '../types.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A Postman 2.1 collection: a folder per tag, credentials and the address as variables, inputs from the schemas. */
export function toPostman(definition: ConnectorDefinition): JsonObject {
  const connector = compileConnector(definition);
  const method = connector.authenticationMethod();
  const { name, variables } = describeCredentials(method);
  return {
    info: {
      name: connector.title,
      description: connector.description,
      version: connector.version,
      schema: SCHEMA,
    },
    item: groupByTag(connector),
    ...(name === undefined ? {} : { auth: name }),
    variable: [{ key: 'baseUrl', value: connector.baseUrl, type: 'string' }, ...variables],
  };
}

function groupByTag(connector: CompiledConnector): JsonObject[] {
  const folders = new Map<string, JsonObject[]>();
  const items: JsonObject[] = [];
  for (const operation of connector.operations) {
    const item = toItem(connector, operation);
    const [tag] = operation.tags;
    if (tag === undefined) items.push(item);
    else folders.set(tag, [...(folders.get(tag) ?? []), item]);
  }
  return [...[...folders].map(([name, item]): JsonObject => ({ name, item })), ...items];
}

function toItem(connector: CompiledConnector, operation: CompiledOperation): JsonObject {
  const sample = makeSampleInputs(connector, operation);
  const headers = operation.parameters
    .filter((one) => one.in === 'header')
    .map((one) => toEntry(one, sample));
  const body = operation.body && toBody(operation.body, sample);
  const contentType = operation.body !== undefined && body?.['mode'] === 'raw';
  const type = { key: 'Content-Type', value: operation.body?.mediaType ?? '' };
  return {
    name: operation.summary,
    request: {
      method: operation.method,
      header: contentType ? [type, ...headers] : headers,
      ...(body === undefined ? {} : { body }),
      url: toUrl(operation, sample),
      description: operation.description,
    },
    response: [],
  };
}

/** Optional ones are there, but not sent. */
function toEntry(parameter: CompiledParameter, sample: JsonObject): JsonObject {
  const { name, description, required } = parameter;
  return {
    key: name,
    value: toText(sample[name]),
    ...(description === '' ? {} : { description }),
    ...(required ? {} : { disabled: true }),
  };
}

function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : stringifyJson(value);
}

function toUrl(operation: CompiledOperation, sample: JsonObject): JsonObject {
  const path = operation.path.replace(/\{([^{}]+)\}/g, ':$1');
  const query = operation.parameters.filter((one) => one.in === 'query').map((one) => toEntry(one, sample));
  const variable = operation.parameters
    .filter((one) => one.in === 'path')
    .map(({ name, description }): JsonObject => ({ key: name, value: toText(sample[name]), description }));
  const sent = query.filter((one) => one['disabled'] !== true);
  const search = sent
    .map((one) => `${String(one['key'])}=${encodeURIComponent(String(one['value']))}`)
    .join('&');
  return {
    raw: `{{baseUrl}}${path}${search === '' ? '' : `?${search}`}`,
    host: ['{{baseUrl}}'],
    path: path.split('/').slice(1),
    ...(query.length === 0 ? {} : { query }),
    ...(variable.length === 0 ? {} : { variable }),
  };
}

function toBody(body: CompiledBody, sample: JsonObject): JsonObject {
  if (body.fields !== undefined) {
    const values = body.asParameters ? sample : sample[body.name];
    const given = isJsonObject(values) ? values : {};
    const mode = body.kind === 'form' ? 'urlencoded' : 'formdata';
    return { mode, [mode]: body.fields.map((field) => toField(field, given, mode)) };
  }
  if (body.kind === 'binary') return { mode: 'file', file: { src: '' } };
  const value = sample[body.name];
  if (body.kind === 'text')
    return { mode: 'raw', raw: toText(value), options: { raw: { language: 'text' } } };
  return { mode: 'raw', raw: stringifyJson(value ?? {}, 2), options: { raw: { language: 'json' } } };
}

function toField(field: CompiledParameter, values: JsonObject, mode: string): JsonObject {
  const { value, ...entry } = toEntry(field, values);
  if (field.file && mode === 'formdata') return { ...entry, type: 'file', src: '' };
  return { ...entry, value: value ?? '', type: 'text' };
}

interface Credentials {
  readonly name: JsonObject | undefined;
  readonly variables: JsonObject[];
}

/** Postman's `auth` of a collection; the values stand in variables that are left empty. */
function describeCredentials(method: AuthenticationMethod): Credentials {
  const [rule] = method.credentials;
  if (rule === undefined) return { name: undefined, variables: [] };
  const names = parametersOf(rule);
  const variables = names.map((key): JsonObject => ({ key, value: '', type: 'string' }));
  return { name: toAuth(rule), variables };
}

function parametersOf(rule: CredentialRule): string[] {
  return rule.type === 'basic' ? [rule.usernameParameter, rule.passwordParameter] : [rule.parameter];
}

function toAuth(rule: CredentialRule): JsonObject {
  const entry = (key: string, value: string): JsonObject => ({ key, value, type: 'string' });
  switch (rule.type) {
    case 'apiKey': {
      // Postman has no place for a cookie but the header.
      const [name, value] =
        rule.in === 'cookie'
          ? ['Cookie', `${rule.name}={{${rule.parameter}}}`]
          : [rule.name, `{{${rule.parameter}}}`];
      const place = rule.in === 'query' ? 'query' : 'header';
      return { type: 'apikey', apikey: [entry('key', name), entry('value', value), entry('in', place)] };
    }
    case 'basic': {
      const username = entry('username', `{{${rule.usernameParameter}}}`);
      return { type: 'basic', basic: [username, entry('password', `{{${rule.passwordParameter}}}`)] };
    }
    case 'bearer':
      return { type: 'bearer', bearer: [entry('token', `{{${rule.parameter}}}`)] };
    case 'oauth2':
      return { type: 'oauth2', oauth2: toOAuth(rule.settings, entry) };
  }
}

function toOAuth(settings: JsonObject, entry: (key: string, value: string) => JsonObject): JsonObject[] {
  const custom = isJsonObject(settings['customParameters']) ? settings['customParameters'] : {};
  const read = (name: string): string => {
    const found = Object.entries(custom).find(([key]) => key.toLowerCase().startsWith(name))?.[1];
    return isJsonObject(found) && typeof found['value'] === 'string' ? found['value'] : '';
  };
  const scopes = [settings['scopes'] ?? []].flat().map(String).join(' ');
  return [
    entry('grant_type', 'authorization_code'),
    entry('authUrl', read('authorizationurl')),
    entry('accessTokenUrl', read('tokenurl')),
    entry('scope', scopes),
    entry('addTokenTo', 'header'),
  ];
}
