import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { compileAuthentication } from '../compile/compile-authentication.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { toParameter } from '../export/export-power-platform.ts';
import type { AuthenticationKind, AuthenticationMethod } from '../types.ts';
import { readMember, setMember } from './members.ts';
import { writeSchemes } from './security-schemes.ts';

/** One way to connect, as it is edited. */
export interface SecuritySet {
  /** What connections remember it by. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `custom`: its parameters reach calls through policies only. */
  readonly kind: AuthenticationKind;
  /** Of an API key: where it is sent. */
  readonly place?: { readonly in: 'header' | 'query' | 'cookie'; readonly name: string };
  /** As `connectionParameters` has them, in the order of the form. */
  readonly parameters: JsonObject;
  /** Those that carry the credentials; the others are extra. */
  readonly credentials: readonly string[];
  /** The document asks for several credentials at once, of which only the first can be edited. */
  readonly isCombined: boolean;
  /** The set as it is written, with what nobody knows. */
  readonly written: JsonObject;
}

/** How people connect, whatever says so: parameter sets, connection parameters, or the document's schemes. */
export function readSecurity(definition: ConnectorDefinition): SecuritySet[] {
  const methods = compileAuthentication(definition);
  const sets = readSets(definition.properties);
  const single = readMember(definition.properties, 'connectionParameters');
  return methods.map((method, index) => {
    const written = sets[index] ?? {};
    const derived = Object.fromEntries(method.parameters.map((one) => [one.name, toParameter(one)]));
    const stands = sets.length > 0 ? readMember(written, 'parameters') : single;
    return {
      name: method.name,
      title: method.title,
      description: method.description,
      kind: method.kind,
      ...readPlace(method),
      parameters: sets.length > 0 || Object.keys(single).length > 0 ? stands : derived,
      credentials: listCredentials(method),
      isCombined: method.credentials.length > 1,
      written,
    };
  });
}

function readSets(properties: JsonObject): JsonObject[] {
  const { values } = readMember(properties, 'connectionParameterSets');
  return Array.isArray(values) ? values.filter(isJsonObject) : [];
}

function readPlace({ credentials }: AuthenticationMethod): Pick<SecuritySet, 'place'> {
  const rule = credentials.find((one) => one.type === 'apiKey');
  return rule === undefined ? {} : { place: { in: rule.in, name: rule.name } };
}

function listCredentials({ credentials, parameters }: AuthenticationMethod): string[] {
  return credentials.flatMap((rule) => {
    if (rule.type === 'basic')
      return [rule.usernameParameter, rule.passwordParameter].filter((name) => name !== '');
    if (rule.type !== 'oauth2') return [rule.parameter];
    // What belongs to a sign-in is named after it: `token:tenantId`.
    const own = parameters.filter(({ name }) => name.startsWith(`${rule.parameter}:`));
    return [rule.parameter, ...own.map(({ name }) => name)];
  });
}

/**
 * Writes the ways to connect as Power Platform packages have them: one as `connectionParameters`, several as
 * `connectionParameterSets`, and what they send as the document's security schemes. Operations follow the document.
 */
export function setSecurity(
  definition: ConnectorDefinition,
  sets: readonly SecuritySet[],
): ConnectorDefinition {
  const { openapi, sets: named } = writeSchemes(definition.openapi, sets);
  return { ...definition, openapi, properties: writeParameters(definition.properties, named) };
}

function writeParameters(properties: JsonObject, sets: readonly SecuritySet[]): JsonObject {
  if (sets.length < 2) {
    const parameters = sets[0]?.parameters ?? {};
    return setMember(
      { ...properties, connectionParameters: parameters },
      'connectionParameterSets',
      undefined,
    );
  }
  const before = readMember(properties, 'connectionParameterSets');
  const definition = { displayName: 'Authentication type', description: 'How you connect.' };
  const values = sets.map(writeSet);
  return setMember(
    { ...properties, connectionParameterSets: { uiDefinition: definition, ...before, values } },
    'connectionParameters',
    undefined,
  );
}

function writeSet({ written, name, title, description, parameters }: SecuritySet): Json {
  const definition = { ...readMember(written, 'uiDefinition'), displayName: title, description };
  return { metadata: { allowSharing: true }, ...written, name, uiDefinition: definition, parameters };
}

/** A parameter with its form's order, so that where it stands is where it is shown. */
export function numberParameters(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, written], index) => {
      if (!isJsonObject(written)) return [name, written];
      const definition = readMember(written, 'uiDefinition');
      const constraints = { ...readMember(definition, 'constraints'), tabIndex: index + 1 };
      return [name, { ...written, uiDefinition: { ...definition, constraints } }];
    }),
  );
}
