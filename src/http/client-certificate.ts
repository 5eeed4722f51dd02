import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { Secret } from '../base/index.ts';
import { trustAlso } from './connector.ts';
import { HttpError } from './errors.ts';

/** A certificate with its private key (PKCS #12), by which a client proves who it is. */
export interface ClientCertificate {
  readonly pfx: Secret<Uint8Array>;
  readonly passphrase: Secret;
  /** The same for the same certificate: connections opened with it are used for nothing else. */
  readonly id: string;
}

export function createClientCertificate(pfx: Uint8Array, passphrase: string): ClientCertificate {
  const id = createHash('sha256').update(pfx).update('\0').update(passphrase).digest('base64url');
  return { pfx: new Secret(pfx), passphrase: new Secret(passphrase), id };
}

/**
 * What a connection to a service is opened with.
 *
 * @throws HttpError TLS_FAILURE; its message holds nothing of the certificate
 */
export function openSecureContext(
  { pfx, passphrase }: ClientCertificate,
  trustedCertificates: readonly string[],
  host: string,
): SecureContext {
  try {
    return createSecureContext({
      pfx: Buffer.from(pfx.reveal()),
      passphrase: passphrase.reveal(),
      ...trustAlso(trustedCertificates),
    });
  } catch (error) {
    const says = describeFault(String((error as Error).message));
    throw new HttpError(
      'TLS_FAILURE',
      `The client certificate for ${host} cannot be used: ${says}.`,
      'connect',
      {
        fix: 'Give the whole PKCS #12 file (.pfx, .p12) with its private key, and the password it was exported with.',
      },
    );
  }
}

/** OpenSSL speaks of MACs and digests. */
function describeFault(message: string): string {
  if (/mac verify|bad decrypt/i.test(message)) return 'its password is another one';
  if (/unsupported/i.test(message)) {
    return 'it is encrypted in an old way (RC2 or 3DES); export it again with AES';
  }
  return 'it is not a PKCS #12 file with a certificate and its private key';
}
