import type { AuthenticationMethod, Connection, Connector } from '../../api/index.ts';

/** The way in which a connection authenticates. Undefined while the connector is not loaded. */
export function findMethod(
  connector: Connector | undefined,
  { parameterSet }: Connection,
): AuthenticationMethod | undefined {
  const methods = connector?.authentication ?? [];
  return methods.find((one) => one.parameterSet === parameterSet) ?? methods[0];
}
