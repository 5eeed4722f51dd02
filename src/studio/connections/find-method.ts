import type { AuthenticationMethod, Connection } from '../../api/index.ts';

/** The way in which a connection authenticates. Undefined while the connector is not loaded. */
export function findMethod(
  connector: { readonly authentication: readonly AuthenticationMethod[] } | undefined,
  { parameterSet }: Connection,
): AuthenticationMethod | undefined {
  const methods = connector?.authentication ?? [];
  return methods.find((one) => one.parameterSet === parameterSet) ?? methods[0];
}
