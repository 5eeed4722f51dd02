import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as lookupAddress } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { rootCertificates, type SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import { describeForbiddenAddress } from './address.ts';
import { noteCertificate, watchCertificate } from './certificate.ts';
import { HttpError } from './errors.ts';
import { type ConnectTimings, noteConnection } from './measure.ts';

export interface ConnectorOptions {
  readonly connectTimeoutMs: number;
  readonly trustedCertificates: readonly string[];
  /** Holds a client certificate, and the authorities to trust. */
  readonly secureContext?: SecureContext;
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** Asked at every new connection. */
  readonly isAllowed: (hostname: string, port: string) => boolean;
  /** Told when a connection stands. */
  readonly onOpened: (at: number) => void;
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Makes the function that opens an origin's connections. The address check stands between resolution and the
 * socket: what was checked is what is connected to, so a name that resolves differently a moment later
 * (DNS rebinding) gains nothing.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const { trustedCertificates, secureContext } = options;
  let port = '';
  // The socket asks for the addresses in the same turn in which it is made.
  let opening: ConnectTimings = createTimings(false);
  const connect = buildConnector({
    allowH2: false, // one request per connection: limits, time-outs and cancellation stay those of one call
    timeout: options.connectTimeoutMs,
    autoSelectFamily: true,
    ...(secureContext === undefined ? trustAlso(trustedCertificates) : { secureContext }),
    lookup: (hostname: string, lookupOptions: LookupOptions, callback: LookupCallback) => {
      const timings = opening;
      resolveAllowed(hostname, port, options).then(
        (addresses) => {
          timings.resolvedAt = performance.now();
          if (lookupOptions.all === true) return callback(null, addresses);
          const [first] = addresses;
          callback(null, first?.address ?? '', first?.family);
        },
        (error: Error) => callback(error, ''),
      );
    },
  });
  return (target, callback) => {
    port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
    const timings = createTimings(target.protocol === 'https:');
    opening = timings;
    const refusal = checkLiteralAddress(target.hostname, port, options);
    if (refusal !== undefined) return callback(refusal, null);
    let shown: ReturnType<typeof watchCertificate> | undefined;
    // undici's own type leaves out what it gives back: the socket.
    const socket = connect(target, (...result) => {
      timings.endedAt = performance.now();
      options.onOpened(timings.endedAt);
      const [error] = result;
      if (error !== null && shown?.facts !== undefined) noteCertificate(error, shown.facts);
      callback(...result);
    }) as unknown as Socket | undefined;
    if (socket === undefined) return;
    if (timings.secure) shown = watchCertificate(socket);
    noteConnection(socket, timings);
    socket.once('connect', () => {
      timings.openedAt = performance.now();
    });
  };
}

/** The certificates of a connection's other end that count, beside those everybody trusts. */
export function trustAlso(certificates: readonly string[]) {
  return certificates.length === 0 ? {} : { ca: [...rootCertificates, ...certificates] };
}

function createTimings(secure: boolean): ConnectTimings {
  const startedAt = performance.now();
  return { startedAt, resolvedAt: startedAt, openedAt: startedAt, endedAt: startedAt, secure };
}

/** Sockets do not look literal addresses up, so the hook above never sees them. */
function checkLiteralAddress(
  hostname: string,
  port: string,
  options: ConnectorOptions,
): HttpError | undefined {
  if (isIP(hostname) === 0 || options.isAllowed(hostname, port)) return undefined;
  const reason = describeForbiddenAddress(hostname);
  return reason === undefined ? undefined : refuse(hostname, port, reason);
}

async function resolveAllowed(
  hostname: string,
  port: string,
  options: ConnectorOptions,
): Promise<LookupAddress[]> {
  const resolve = options.resolve ?? resolveBySystem;
  const addresses = await resolve(hostname);
  if (options.isAllowed(hostname, port)) return [...addresses];
  const allowed = addresses.filter(({ address }) => describeForbiddenAddress(address) === undefined);
  if (allowed.length > 0) return allowed;
  const reason = addresses[0] && describeForbiddenAddress(addresses[0].address);
  if (reason !== undefined) throw refuse(hostname, port, reason);
  throw new HttpError('DNS_FAILURE', `The host name ${hostname} has no address.`, 'connect');
}

function resolveBySystem(hostname: string): Promise<LookupAddress[]> {
  return lookupAddress(hostname, { all: true });
}

function refuse(hostname: string, port: string, reason: string): HttpError {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new HttpError(
    'ADDRESS_NOT_ALLOWED',
    `${host} was not called, because its address belongs to ${reason}.`,
    'connect',
    { fix: `If it is meant to be called, an administrator can add ${host}:${port} to the allowed hosts.` },
  );
}
