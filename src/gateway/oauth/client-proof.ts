import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi';
import { CallFailure } from '../call-errors.ts';
import type { Application } from './application.ts';

/**
 * How a request proves which application sends it: by certificate (RFC 7523, with Entra ID's thumbprints), by
 * secret in the header or the form, or not at all.
 *
 * @throws CallFailure OAuthNotSetUp for a certificate that cannot be used
 */
export async function createClientProof(
  { clientSecret, certificate }: Application,
  { basic, tokenUrl }: { readonly basic: boolean; readonly tokenUrl: string },
): Promise<ClientAuth> {
  if (certificate !== undefined) return createCertificateProof(certificate, tokenUrl);
  if (clientSecret === undefined) return None();
  return basic ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);
}

async function createCertificateProof(pem: string, tokenUrl: string): Promise<ClientAuth> {
  const { key, thumbprints } = readCertificate(pem);
  const privateKey = await crypto.subtle.importKey(
    'pkcs8',
    key,
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return PrivateKeyJwt(privateKey, {
    [modifyAssertion]: (header, payload) => {
      Object.assign(header, thumbprints);
      // The endpoint itself, which both Entra ID and RFC 7523 take.
      payload.aud = tokenUrl;
    },
  });
}

/**
 * Takes a PEM text with private key and certificate apart.
 *
 * @throws CallFailure OAuthNotSetUp
 */
export function readCertificate(pem: string): {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly thumbprints: Readonly<Record<string, string>>;
} {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError('the key is no RSA key');
    const der = new X509Certificate(pem).raw;
    const digest = (algorithm: string) => createHash(algorithm).update(der).digest('base64url');
    return {
      key: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
      thumbprints: { x5t: digest('sha1'), 'x5t#S256': digest('sha256') },
    };
  } catch {
    // What the parser says may quote the key.
    throw new CallFailure('OAuthNotSetUp', 'The certificate of the application cannot be used.', {
      fix: 'Enter the RSA private key without a passphrase and its certificate, both as PEM, one below the other.',
    });
  }
}
