import type { Json } from '../base/index.ts';

/** What a connection parameter demands of its value, as the definition and the form both know it. */
export interface ParameterDemand {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The only values there are. */
  readonly allowed?: readonly Json[] | undefined;
  /** Counts only when each named parameter has one of the values. */
  readonly dependencies?: Readonly<Record<string, readonly Json[]>> | undefined;
}

type Values = Readonly<Record<string, Json | undefined>>;

/**
 * The parameters that count with these values: a dependency on one that does not count itself is not met. A circle
 * of dependencies counts as met.
 */
export function listCounting<Demand extends ParameterDemand>(
  demands: readonly Demand[],
  values: Values,
): Demand[] {
  const byName = new Map(demands.map((demand) => [demand.name, demand]));
  const counts = (demand: Demand, under: ReadonlySet<string>): boolean =>
    Object.entries(demand.dependencies ?? {}).every(([name, wanted]) => {
      if (!wanted.some((one) => isSame(one, values[name]))) return false;
      const other = byName.get(name);
      return other === undefined || under.has(name) || counts(other, new Set([...under, name]));
    });
  return demands.filter((demand) => counts(demand, new Set([demand.name])));
}

/** What a value should have been: "a whole number"; undefined where it fits. Empty values are another's question. */
export function describeMisfit({ type, allowed }: ParameterDemand, value: Json): string | undefined {
  if (allowed !== undefined && allowed.length > 0) {
    const fits = allowed.some((one) => String(one) === String(value));
    return fits ? undefined : `one of ${allowed.map(String).join(', ')}`;
  }
  if (type === 'int') return isWholeNumber(value) ? undefined : 'a whole number';
  if (type === 'bool') return /^(?:true|false)$/i.test(String(value)) ? undefined : 'true or false';
  return typeof value === 'object' ? 'a text' : undefined;
}

export function isEmptyValue(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** Texts that say a number will do: definitions are not exact about it. */
function isWholeNumber(value: Json): boolean {
  return typeof value !== 'object' && /^-?\d{1,15}$/.test(String(value).trim());
}

/** `true` and "True" are the same to authors. */
function isSame(wanted: Json, value: Json | undefined): boolean {
  return String(wanted).toLowerCase() === String(value ?? '').toLowerCase();
}
