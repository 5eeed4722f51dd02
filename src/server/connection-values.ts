import type { Json, JsonObject } from '../base/index.ts';
import type { AuthenticationMethod, CompiledConnector, ConnectionParameter } from '../connector/index.ts';
import { ServerError } from './errors.ts';

/** A connection's parameter values, parted by who may see them. */
export interface ConnectionValues {
  readonly parameterSet: string | undefined;
  readonly parameters: JsonObject;
  readonly secrets: JsonObject;
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
 * missing and nothing is unknown. Values that are not given are taken from `known`.
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
  const parameters: JsonObject = {};
  const secrets: JsonObject = {};
  for (const parameter of method.parameters) {
    const { name, type, secret, defaultValue } = parameter;
    const value = given[name] ?? (secret ? undefined : (known.parameters[name] ?? defaultValue));
    if (type === 'oauthSetting' || type === 'gatewaySetting') continue;
    if (!isAsked(parameter, { ...known.parameters, ...given })) continue;
    if (value === undefined || value === null || value === '') assertOptional(parameter, known.secretNames);
    else if (!fits(parameter, value)) throw refuseValue(parameter);
    else if (secret) secrets[name] = value;
    else parameters[name] = value;
  }
  return { parameterSet: connector.authentication.length > 1 ? method.name : undefined, parameters, secrets };
}

/** Some parameters only count when others have certain values. */
function isAsked({ dependencies }: ConnectionParameter, values: JsonObject): boolean {
  return Object.entries(dependencies ?? {}).every(([name, allowed]) =>
    allowed.some((one) => String(one) === String(values[name] ?? '')),
  );
}

/** Texts that say a number or a truth value will do: definitions are not exact about it. */
function fits({ type, allowedValues }: ConnectionParameter, value: Json): boolean {
  if (allowedValues !== undefined) return allowedValues.some((one) => String(one.value) === String(value));
  if (type === 'int') return /^-?\d+$/.test(String(value));
  if (type === 'bool') return /^(?:true|false)$/i.test(String(value));
  return typeof value !== 'object';
}

function refuseValue({ name, title, type, allowedValues }: ConnectionParameter) {
  const wanted =
    allowedValues === undefined
      ? ({ int: 'a whole number', bool: 'true or false' } as Record<string, string>)[type]
      : `one of ${allowedValues.map((one) => String(one.value)).join(', ')}`;
  return new ServerError('CONNECTION_PARAMETERS', `The value of '${name}' (${title}) does not fit.`, {
    pointer: `/parameters/${name}`,
    fix: `Give ${wanted ?? 'a text'}.`,
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

function assertOptional(
  { name, title, required }: ConnectionParameter,
  secretNames: readonly string[],
): void {
  if (!required || secretNames.includes(name)) return;
  throw new ServerError('CONNECTION_PARAMETERS', `The parameter '${name}' (${title}) is missing.`, {
    pointer: `/parameters/${name}`,
    fix: 'Give it a value.',
  });
}
