import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { type ClientAuth, ClientSecretPost, modifyAssertion, None, PrivateKeyJwt } from 'oauth4webapi';
import { CallFailure } from '../call-errors.ts';
import type { Application } from './application.ts';

/**
 * How a request proves which application sends it: by certificate (RFC 7523, with the thumbprint Entra ID finds it by), by
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
  return basic ? createBasicProof(clientSecret) : ClientSecretPost(clientSecret);
}

/**
 * RFC 6749, section 2.3.1, with no more encoded than forms encode: many providers do not decode, and then the dash of
 * a client id must be a dash.
 */
function createBasicProof(clientSecret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const credentials = [client.client_id, clientSecret].map(encodeForm).join(':');
    headers.set('authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`);
  };
}

function encodeForm(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

async function createCertificateProof(pem: string, tokenUrl: string): Promise<ClientAuth> {
  const { key, thumbprints } = readCertificate(pem);
  // AD FS knows neither the newer signature nor the newer thumbprint.
  const isOld = /\/adfs\//i.test(new URL(tokenUrl).pathname);
  const name = isOld ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
  const privateKey = await crypto.subtle.importKey('pkcs8', key, { name, hash: 'SHA-256' }, false, ['sign']);
  const thumbprint = isOld ? { x5t: thumbprints.sha1 } : { 'x5t#S256': thumbprints.sha256 };
  return PrivateKeyJwt(privateKey, {
    [modifyAssertion]: (header, payload) => {
      Object.assign(header, thumbprint);
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
  /** Base64url. */
  readonly thumbprints: { readonly sha1: string; readonly sha256: string };
} {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError('the key is no RSA key');
    const der = new X509Certificate(pem).raw;
    const digest = (algorithm: string) => createHash(algorithm).update(der).digest('base64url');
    return {
      key: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
      thumbprints: { sha1: digest('sha1'), sha256: digest('sha256') },
    };
  } catch {
    // What the parser says may quote the key.
    throw new CallFailure('OAuthNotSetUp', 'The certificate of the application cannot be used.', {
      fix: 'Enter the RSA private key without a passphrase and its certificate, both as PEM, one below the other.',
    });
  }
}
