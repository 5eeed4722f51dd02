import { Secret } from '../base/index.ts';
import { type CompiledConnector, findUnconfirmed, listAddresses } from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';
import type { OpenConnection } from './connection-cache.ts';

/** Connectors that a connection was found to send only where it may, as long as both are in memory. */
const checked = new WeakMap<OpenConnection, WeakSet<CompiledConnector>>();

/**
 * What a connection keeps secret goes to the hosts it was made for. Whoever may change a connector, or a draft of it,
 * could otherwise have it sent to a server of their own.
 *
 * @throws CallFailure NeedsConfirmation
 */
export function assertConfirmed(connection: OpenConnection, connector: CompiledConnector): void {
  if (checked.get(connection)?.has(connector) === true) return;
  const [first, ...more] = listUnconfirmed(connection, connector);
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    const message = `${connector.title} sends to ${first}${others}, for which the connection ${connection.name} was not made, so its credentials are not sent there.`;
    throw new CallFailure('NeedsConfirmation', message);
  }
  const known = checked.get(connection) ?? new WeakSet();
  checked.set(connection, known.add(connector));
}

/** Where a connector would send what this connection keeps secret, although nobody has confirmed it. */
export function listUnconfirmed(
  connection: Pick<OpenConnection, 'connector' | 'latestVersion' | 'parameterSet' | 'values' | 'addresses'>,
  connector: CompiledConnector,
): string[] {
  const { addresses, values, parameterSet } = connection;
  // Made before addresses were kept: bound when the connector is next saved.
  if (addresses === undefined || connection.connector.kind === 'builtin') return [];
  // Never saved: nobody but the maker of the connection, and administrators, can change it.
  if (connection.latestVersion === 0) return [];
  const method = connector.authenticationMethod(parameterSet);
  const keepsSecrets =
    method.credentials.length > 0 || Object.values(values).some((value) => value instanceof Secret);
  return keepsSecrets ? findUnconfirmed(listAddresses(connector, method, values), addresses) : [];
}
