import { describeMisfit, isEmptyValue, listCounting } from '../api/index.ts';
import type { JsonObject } from '../base/index.ts';
import type { AuthenticationMethod, CompiledConnector, ConnectionParameter } from '../connector/index.ts';
import { ServerError } from './errors.ts';

/** A connection's parameter values, parted by who may see them. */
export interface ConnectionValues {
  readonly parameterSet: string | undefined;
  readonly parameters: JsonObject;
  readonly secrets: JsonObject;
  /** Names of stored secrets that stay as they are. */
  readonly keptSecrets: readonly string[];
}

/**
 * The authentication method a connection asks for: by its parameter set, or the only one there is.
 *
 * @throws ServerError CONNECTION_PARAMETERS
 */
export function chooseMethod(
  connector: CompiledConnector,
  parameterSet: string | undefined,
): AuthenticationMethod {
  const { authentication } = connector;
  const [first] = authentication;
  const method =
    parameterSet === undefined ? first : authentication.find(({ name }) => name === parameterSet);
  if (method !== undefined) return method;
  const names = authentication.map(({ name }) => name).join(', ');
  throw new ServerError(
    'CONNECTION_PARAMETERS',
    `${connector.title} has no parameter set '${parameterSet}'.`,
    {
      pointer: '/parameterSet',
      fix: `Choose one of ${names}.`,
    },
  );
}

/**
 * Parts the given values into those that may be shown and those that are sealed, and checks that nothing is
 * missing and nothing is unknown. Values that are not given are taken from `known`; null and the empty text take one
 * away.
 *
 * @throws ServerError CONNECTION_PARAMETERS, AUTHENTICATION_UNSUPPORTED
 */
export function partValues(
  connector: CompiledConnector,
  method: AuthenticationMethod,
  given: JsonObject,
  known: { parameters: JsonObject; secretNames: readonly string[] } = { parameters: {}, secretNames: [] },
): ConnectionValues {
  const problem = method.credentials.find((rule) => rule.type === 'oauth2')?.plan.problem;
  if (problem !== undefined) {
    throw new ServerError('AUTHENTICATION_UNSUPPORTED', problem, {
      fix: "Add what is missing to the connector's definition, or choose another way to authenticate.",
    });
  }
  assertKnown(connector, method, given);
  const merged = mergeValues(method, given, known.parameters);
  const asked = listCounting(method.parameters.filter(isField).map(describeDemand), merged);
  const parameters: JsonObject = {};
  const secrets: JsonObject = {};
  const keptSecrets: string[] = [];
  for (const { parameter, ...demand } of asked) {
    const { name, secret } = parameter;
    const value = merged[name];
    const isKept = secret && given[name] === undefined && known.secretNames.includes(name);
    if (isKept) keptSecrets.push(name);
    else if (value === undefined || isEmptyValue(value)) assertOptional(parameter);
    else {
      const wanted = describeMisfit(demand, value);
      if (wanted !== undefined) throw refuseValue(parameter, wanted);
      (secret ? secrets : parameters)[name] = value;
    }
  }
  const parameterSet = connector.authentication.length > 1 ? method.name : undefined;
  return { parameterSet, parameters, secrets, keptSecrets };
}

/** Settings of OAuth and of gateways are no fields that somebody fills in. */
function isField({ type }: ConnectionParameter): boolean {
  return type !== 'oauthSetting' && type !== 'gatewaySetting';
}

/** What is given, else what is stored, else the default; stored secrets stay where they are. */
function mergeValues(method: AuthenticationMethod, given: JsonObject, stored: JsonObject): JsonObject {
  const entries = method.parameters.flatMap(({ name, secret, defaultValue }) => {
    const value = name in given ? given[name] : secret ? undefined : (stored[name] ?? defaultValue);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function describeDemand(parameter: ConnectionParameter) {
  const { name, type, required, allowedValues, dependencies } = parameter;
  return { parameter, name, type, required, allowed: allowedValues?.map((one) => one.value), dependencies };
}

function refuseValue({ name, title }: ConnectionParameter, wanted: string) {
  return new ServerError('CONNECTION_PARAMETERS', `The value of '${name}' (${title}) does not fit.`, {
    pointer: `/parameters/${name}`,
    fix: `Give ${wanted}.`,
  });
}

function assertKnown(connector: CompiledConnector, method: AuthenticationMethod, given: JsonObject): void {
  const names = method.parameters.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ServerError(
    'CONNECTION_PARAMETERS',
    `A connection to ${connector.title} has no parameter '${unknown}'.`,
    {
      pointer: `/parameters/${unknown}`,
      fix: names.length === 0 ? 'It needs no parameters.' : `It has ${names.join(', ')}.`,
    },
  );
}

function assertOptional({ name, title, required }: ConnectionParameter): void {
  if (!required) return;
  throw new ServerError('CONNECTION_PARAMETERS', `The parameter '${name}' (${title}) is missing.`, {
    pointer: `/parameters/${name}`,
    fix: 'Give it a value.',
  });
}
