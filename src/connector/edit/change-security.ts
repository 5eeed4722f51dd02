import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { AuthenticationKind } from '../types.ts';
import { readMember, setMember } from './members.ts';
import { numberParameters, type SecuritySet } from './security.ts';

/** The ways that can be chosen. */
export type SecurityKind = Exclude<AuthenticationKind, 'custom'>;

/** A new way to connect. */
export function createSecuritySet(kind: SecurityKind, taken: readonly SecuritySet[] = []): SecuritySet {
  const title = TITLES[kind];
  const names = new Set(taken.map(({ name }) => name));
  const base = kind === 'none' ? 'none' : `${kind.toLowerCase()}-auth`;
  let name = base;
  for (let count = 2; names.has(name); count += 1) name = `${base}-${count}`;
  const empty: SecuritySet = {
    name,
    title,
    description: '',
    kind: 'none',
    parameters: {},
    credentials: [],
    isCombined: false,
    written: {},
  };
  return setSecurityKind(empty, kind);
}

const TITLES: Readonly<Record<SecurityKind, string>> = {
  none: 'No authentication',
  apiKey: 'API key',
  basic: 'User name and password',
  bearer: 'Bearer token',
  oauth2: 'OAuth 2.0',
};

/** Another way in place of the one there is; extra parameters stay. */
export function setSecurityKind(set: SecuritySet, kind: SecurityKind): SecuritySet {
  const own = PARAMETERS[kind];
  const extra = Object.entries(set.parameters).filter(([name]) => !set.credentials.includes(name));
  const { place: _before, ...rest } = set;
  const isNamed = Object.values(TITLES).includes(set.title) || set.title === '';
  return {
    ...rest,
    kind,
    title: isNamed ? TITLES[kind] : set.title,
    ...(kind === 'apiKey' ? { place: set.place ?? { in: 'header' as const, name: 'X-API-Key' } } : {}),
    parameters: numberParameters({ ...own, ...Object.fromEntries(extra) }),
    credentials: Object.keys(own),
    isCombined: false,
  };
}

const PARAMETERS: Readonly<Record<SecurityKind, JsonObject>> = {
  none: {},
  apiKey: { api_key: createParameter('securestring', 'API key', 'The key that the service gave you.') },
  basic: {
    username: createParameter('string', 'User name', 'The name that you sign in to the service with.'),
    password: createParameter('securestring', 'Password', 'The password that belongs to it.'),
  },
  bearer: { token: createParameter('securestring', 'Token', 'Sent as Authorization: Bearer.') },
  oauth2: {
    token: {
      type: 'oauthSetting',
      oAuthSettings: {
        identityProvider: 'oauth2',
        clientId: '',
        scopes: [],
        redirectMode: 'Global',
        properties: { IsFirstParty: 'False' },
        customParameters: {},
      },
    },
  },
};

function createParameter(type: string, displayName: string, description: string): JsonObject {
  return {
    type,
    uiDefinition: {
      displayName,
      description,
      tooltip: description,
      constraints: { clearText: type !== 'securestring', required: 'true' },
    },
  };
}

/** What a parameter's form says of it. */
export interface ParameterForm {
  readonly type: string;
  readonly displayName: string;
  readonly description: string;
  readonly required: boolean;
  readonly defaultValue: string;
  /** One per line in the form: those that can be chosen. */
  readonly allowedValues: readonly string[];
}

export function readParameterForm(set: SecuritySet, name: string): ParameterForm {
  const written = readMember(set.parameters, name);
  const definition = readMember(written, 'uiDefinition');
  const constraints = readMember(definition, 'constraints');
  const allowed = constraints['allowedValues'] ?? written['allowedValues'];
  return {
    type: text(written['type']) || 'string',
    displayName: text(definition['displayName']),
    description: text(definition['description']),
    required: text(constraints['required']).toLowerCase() === 'true',
    defaultValue: text(written['defaultValue']),
    allowedValues: Array.isArray(allowed)
      ? allowed.map((one) => text(isJsonObject(one) ? (one['value'] ?? one['text']) : one))
      : [],
  };
}

/** Changes what a parameter's form says; what else is written of it stays. */
export function setParameterForm(
  set: SecuritySet,
  name: string,
  change: Partial<ParameterForm>,
): SecuritySet {
  const written = readMember(set.parameters, name);
  let definition = readMember(written, 'uiDefinition');
  let constraints = readMember(definition, 'constraints');
  if (change.displayName !== undefined) definition = { ...definition, displayName: change.displayName };
  if (change.description !== undefined)
    definition = { ...definition, description: change.description, tooltip: change.description };
  if (change.required !== undefined) constraints = { ...constraints, required: String(change.required) };
  if (change.allowedValues !== undefined)
    constraints = setMember(constraints, 'allowedValues', toAllowed(change.allowedValues));
  let parameter: JsonObject = { ...written, uiDefinition: { ...definition, constraints } };
  if (change.type !== undefined) parameter = { ...parameter, type: change.type };
  if (change.defaultValue !== undefined) {
    parameter = setMember(parameter, 'defaultValue', toDefault(change.defaultValue, text(parameter['type'])));
  }
  return { ...set, parameters: { ...set.parameters, [name]: parameter } };
}

function toAllowed(values: readonly string[]): Json | undefined {
  const filled = values.filter((value) => value.trim() !== '');
  return filled.length === 0 ? undefined : filled.map((value) => ({ text: value, value }));
}

function toDefault(value: string, type: string): Json | undefined {
  if (value === '') return undefined;
  if (type === 'int' && /^-?\d+$/.test(value.trim())) return Number(value);
  return type === 'bool' ? value === 'true' : value;
}

function text(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** Adds a parameter that people fill in when they connect. */
export function addConnectionParameter(set: SecuritySet): SecuritySet {
  let name = 'parameter';
  for (let count = 2; Object.hasOwn(set.parameters, name); count += 1) name = `parameter_${count}`;
  const added = createParameter('string', 'Parameter', '');
  return { ...set, parameters: numberParameters({ ...set.parameters, [name]: added }) };
}

export function removeConnectionParameter(set: SecuritySet, name: string): SecuritySet {
  return { ...set, parameters: numberParameters(setMember(set.parameters, name, undefined)) };
}

/** Moves a parameter by so many places in the form. */
export function moveConnectionParameter(set: SecuritySet, name: string, by: number): SecuritySet {
  const entries = Object.entries(set.parameters);
  const from = entries.findIndex(([key]) => key === name);
  const entry = entries[from];
  const to = Math.min(Math.max(from + by, 0), entries.length - 1);
  if (entry === undefined || to === from) return set;
  const others = entries.toSpliced(from, 1);
  return { ...set, parameters: numberParameters(Object.fromEntries(others.toSpliced(to, 0, entry))) };
}

/** @returns the set as it is when the name is taken or no name */
export function renameConnectionParameter(set: SecuritySet, name: string, next: string): SecuritySet {
  if (next === '' || next === '__proto__' || Object.hasOwn(set.parameters, next)) return set;
  const entries = Object.entries(set.parameters).map(
    ([key, value]) => [key === name ? next : key, value] as const,
  );
  const credentials = set.credentials.map((key) => (key === name ? next : key));
  return { ...set, parameters: Object.fromEntries(entries), credentials };
}

/** What a sign-in with OAuth is set to. */
export interface OAuthForm {
  readonly identityProvider: string;
  readonly scopes: readonly string[];
  /** Custom parameters by name: `authorizationUrl`, `tenantId`. */
  readonly custom: Readonly<Record<string, string>>;
}

export function readOAuthForm(set: SecuritySet): OAuthForm {
  const settings = readMember(readMember(set.parameters, set.credentials[0] ?? 'token'), 'oAuthSettings');
  const { scopes } = settings;
  const custom = Object.entries(readMember(settings, 'customParameters')).map(([name, entry]) => {
    return [name, text(isJsonObject(entry) ? entry['value'] : entry)] as const;
  });
  return {
    identityProvider: text(settings['identityProvider']) || 'oauth2',
    scopes: [scopes ?? []].flat().map(text).filter(Boolean),
    custom: Object.fromEntries(custom),
  };
}

/** Changes how people sign in; an emptied custom parameter is taken out. */
export function setOAuthForm(set: SecuritySet, change: Partial<OAuthForm>): SecuritySet {
  const name = set.credentials[0] ?? 'token';
  const parameter = readMember(set.parameters, name);
  let settings = readMember(parameter, 'oAuthSettings');
  if (change.identityProvider !== undefined)
    settings = { ...settings, identityProvider: change.identityProvider };
  if (change.scopes !== undefined) settings = { ...settings, scopes: [...change.scopes] };
  let custom = readMember(settings, 'customParameters');
  for (const [key, value] of Object.entries(change.custom ?? {})) {
    custom = setMember(custom, key, value === '' ? undefined : { ...readMember(custom, key), value });
  }
  settings = { ...settings, customParameters: custom };
  return { ...set, parameters: { ...set.parameters, [name]: { ...parameter, oAuthSettings: settings } } };
}
