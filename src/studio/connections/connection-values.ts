import {
  type AuthenticationMethod,
  type ConnectionParameter,
  describeMisfit,
  isEmptyValue,
  listCounting,
} from '../../api/index.ts';
import type { Json, JsonObject } from '../../base/index.ts';

/** What has been entered, by parameter name, as text. */
export type Entered = Readonly<Record<string, string>>;

/** The parameters that a person fills in, as far as the others that they depend on ask for them. */
export function listAskedParameters(method: AuthenticationMethod, entered: Entered): ConnectionParameter[] {
  const hidden = method.parameters.filter((parameter) => parameter.hidden);
  const values = { ...Object.fromEntries(hidden.map((one) => [one.name, one.default])), ...entered };
  const asked = method.parameters.filter((parameter) => !parameter.hidden).map(describeDemand);
  return listCounting(asked, values).map(({ parameter }) => parameter);
}

function describeDemand(parameter: ConnectionParameter) {
  const { name, type, required, dependencies, options } = parameter;
  return { parameter, name, type, required, dependencies, allowed: options?.map(({ value }) => value) };
}

/** What a form begins with: the values that are known, or the defaults. Secrets are never known. */
export function startEntering(method: AuthenticationMethod, known: JsonObject = {}): Entered {
  return Object.fromEntries(
    method.parameters
      .filter((parameter) => !parameter.hidden)
      .map(({ name, secret, default: preset }) => {
        const value = secret ? undefined : (known[name] ?? preset);
        return [name, value === undefined || value === null ? '' : String(value)];
      }),
  );
}

/** Names of required parameters that are still empty; a stored secret need not be entered again. */
export function listMissing(
  method: AuthenticationMethod,
  entered: Entered,
  stored: readonly string[] = [],
): string[] {
  return listAskedParameters(method, entered)
    .filter(({ name, required }) => required && isEmptyValue(entered[name]) && !stored.includes(name))
    .map(({ name }) => name);
}

/** What is wrong with the text of a field, as a sentence; undefined while it is empty or fits. */
export function describeFault(parameter: ConnectionParameter, text: string): string | undefined {
  const wanted = isEmptyValue(text) ? undefined : describeMisfit(describeDemand(parameter), text);
  return wanted && `Enter ${wanted}.`;
}

export function hasFault(method: AuthenticationMethod, entered: Entered): boolean {
  return listAskedParameters(method, entered).some(
    (parameter) => describeFault(parameter, entered[parameter.name] ?? '') !== undefined,
  );
}

/** The values of a new connection. What was left empty is left out. */
export function readEntered(method: AuthenticationMethod, entered: Entered): JsonObject {
  const values: JsonObject = {};
  for (const { name, type } of listAskedParameters(method, entered)) {
    const text = entered[name] ?? '';
    if (text !== '') values[name] = convert(type, text);
  }
  return values;
}

/**
 * The values that differ from those a connection has. A secret that was left empty stays; another value that was
 * emptied is taken away.
 */
export function readChanges(method: AuthenticationMethod, entered: Entered, known: JsonObject): JsonObject {
  const values: JsonObject = {};
  for (const { name, type, secret } of listAskedParameters(method, entered)) {
    const text = entered[name] ?? '';
    const before = secret || isEmptyValue(known[name]) ? '' : String(known[name]);
    if (text !== before) values[name] = text === '' ? null : convert(type, text);
  }
  return values;
}

function convert(type: ConnectionParameter['type'], text: string): Json {
  if (type === 'bool') return text === 'true';
  if (type === 'int' && /^\s*-?\d+\s*$/.test(text)) return Number(text);
  return text;
}
