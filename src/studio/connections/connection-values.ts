import type { AuthenticationMethod, ConnectionParameter } from '../../api/index.ts';
import type { Json, JsonObject } from '../../base/index.ts';

/** What has been entered, by parameter name, as text. */
export type Entered = Readonly<Record<string, string>>;

/** The parameters that a person fills in. */
export function listAskedParameters(method: AuthenticationMethod): ConnectionParameter[] {
  return method.parameters.filter((parameter) => !parameter.hidden);
}

/** What a form begins with: the values that are known, or the defaults. Secrets are never known. */
export function startEntering(method: AuthenticationMethod, known: JsonObject = {}): Entered {
  return Object.fromEntries(
    listAskedParameters(method).map(({ name, secret, default: preset }) => {
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
  return listAskedParameters(method)
    .filter(({ name, required }) => required && (entered[name] ?? '') === '' && !stored.includes(name))
    .map(({ name }) => name);
}

/** The values to send. What was left empty is left out: it is optional, or stays as it is stored. */
export function readEntered(method: AuthenticationMethod, entered: Entered): JsonObject {
  const values: JsonObject = {};
  for (const { name, type } of listAskedParameters(method)) {
    const text = entered[name] ?? '';
    if (text !== '') values[name] = convert(type, text);
  }
  return values;
}

function convert(type: ConnectionParameter['type'], text: string): Json {
  if (type === 'bool') return text === 'true';
  if (type === 'int' && /^-?\d+$/.test(text.trim())) return Number(text);
  return text;
}
