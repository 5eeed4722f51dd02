import { isJsonObject, type Json, type JsonObject, Secret } from '../base/index.ts';
import { decodeBase64, encodeBase64, type HeaderEntry } from '../connector/index.ts';
import { type ClientCertificate, createClientCertificate } from '../http/index.ts';
import { CallFailure } from './call-errors.ts';

export interface HttpAuthentication {
  readonly header: HeaderEntry | undefined;
  /** To be taken out of whatever comes back. */
  readonly secrets: readonly Secret[];
  /** How the credentials go out, as a clause. */
  readonly description: string | undefined;
  readonly kind: string;
  /** What a token has to be asked for with, before anything is sent. */
  readonly grant?: EntraGrant;
  /** What the connection itself is opened with. */
  readonly certificate?: ClientCertificate;
}

/** Who asks Microsoft Entra ID for a token for what. */
export interface EntraGrant {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly proof: EntraProof;
  readonly audience: string;
}

/** By what the application proves itself: its secret, or the private key of its certificate. */
export type EntraProof =
  | { readonly kind: 'secret'; readonly secret: Secret }
  | { readonly kind: 'certificate'; readonly pfx: Secret<Uint8Array>; readonly password: Secret };

const NONE: HttpAuthentication = { header: undefined, secrets: [], description: undefined, kind: 'none' };

const MANAGED_IDENTITY =
  'A managed identity (ManagedServiceIdentity) is the identity of a resource of Azure, and this server is none.';

/**
 * Reads the `authentication` of an Http action: None, Basic, Raw, ActiveDirectoryOAuth or ClientCertificate.
 *
 * @throws CallFailure UnsupportedAuthentication, InvalidInputs
 */
export function readAuthentication(value: Json | undefined): HttpAuthentication {
  if (value === undefined || value === null || value === '') return NONE;
  if (!isJsonObject(value)) throw invalid('The authentication must be an object with a type.');
  const type = typeof value['type'] === 'string' ? value['type'] : '';
  switch (type.toLowerCase()) {
    case '':
    case 'none':
      return NONE;
    case 'basic':
      return readBasic(value['username'], value['password']);
    case 'raw':
      return readRaw(value['value']);
    case 'activedirectoryoauth':
      return readEntra(value);
    case 'clientcertificate':
      return readCertificate(value['pfx'], value['password']);
    case 'managedserviceidentity':
      throw new CallFailure('UnsupportedAuthentication', MANAGED_IDENTITY, {
        fix: 'Register an application in Microsoft Entra ID, give it the roles that the identity has, and use ActiveDirectoryOAuth with its secret or certificate.',
      });
    default:
      throw new CallFailure(
        'UnsupportedAuthentication',
        `The authentication type ${type} is not supported in an Http action.`,
        {
          fix: 'Use Basic, Raw (a whole Authorization header), ActiveDirectoryOAuth, ClientCertificate, or None, or make a connector with a connection.',
        },
      );
  }
}

function readBasic(username: Json | undefined, password: Json | undefined): HttpAuthentication {
  if (typeof username !== 'string') throw invalid('Basic authentication needs a username.');
  const pass = typeof password === 'string' ? password : '';
  const pair = encodeBase64(new TextEncoder().encode(`${username}:${pass}`));
  return {
    header: { name: 'authorization', value: new Secret(`Basic ${pair}`) },
    secrets: [new Secret(pass), new Secret(pair)],
    description: 'a user name with password (Basic authentication)',
    kind: 'basic',
  };
}

function readRaw(value: Json | undefined): HttpAuthentication {
  if (typeof value !== 'string' || value === '') {
    throw invalid('Raw authentication needs a value: the whole Authorization header.');
  }
  const credentials = value.slice(value.indexOf(' ') + 1);
  return {
    header: { name: 'authorization', value: new Secret(value) },
    secrets: [new Secret(value), new Secret(credentials)],
    description: 'an Authorization header',
    kind: /^bearer /i.test(value) ? 'bearer' : /^basic /i.test(value) ? 'basic' : 'raw',
  };
}

function readCertificate(pfx: Json | undefined, password: Json | undefined): HttpAuthentication {
  const { text, bytes, passphrase } = readFile('ClientCertificate', pfx, password);
  return {
    header: undefined,
    secrets: [new Secret(text), new Secret(passphrase)],
    description: 'a client certificate',
    kind: 'certificate',
    certificate: createClientCertificate(bytes, passphrase),
  };
}

/** The file in base64, as Logic Apps takes it; `data:` in front of it is left away. */
function readFile(type: string, pfx: Json | undefined, password: Json | undefined) {
  const text = readText(pfx)
    ?.replace(/^data:[^,]*,/, '')
    .replace(/\s+/g, '');
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (text === undefined || bytes === undefined) {
    throw invalid(`${type} authentication needs "pfx": the PKCS #12 file (.pfx, .p12) in base64.`);
  }
  return { text, bytes, passphrase: typeof password === 'string' ? password : '' };
}

const ENTRA = 'https://login.microsoftonline.com';

/** A client that signs in with its secret or certificate; Logic Apps names the application by its tenant. */
function readEntra(value: JsonObject): HttpAuthentication {
  const { authority, tenant, clientId, secret, audience, pfx, password } = value;
  const tokenUrl = `${readText(authority) ?? ENTRA}`.replace(/\/+$/, '');
  const byCertificate = readText(secret) === undefined && pfx !== undefined;
  const given = { tenant, clientId, ...(byCertificate ? {} : { secret }), audience };
  const missing = Object.entries(given).flatMap(([name, entry]) =>
    readText(entry) !== undefined ? [] : name === 'secret' ? ['secret (or pfx and password)'] : [name],
  );
  if (missing.length > 0) throw invalid(`ActiveDirectoryOAuth authentication needs ${missing.join(', ')}.`);
  const { proof, secrets } = byCertificate ? readCertificateProof(pfx, password) : readSecretProof(secret);
  return {
    header: undefined,
    secrets,
    description: 'a token of Microsoft Entra ID',
    kind: 'bearer',
    grant: {
      tokenUrl: `${tokenUrl}/${encodeURIComponent(String(tenant))}/oauth2/token`,
      clientId: String(clientId),
      proof,
      audience: String(audience),
    },
  };
}

interface ProofRead {
  readonly proof: EntraProof;
  readonly secrets: readonly Secret[];
}

function readSecretProof(value: Json | undefined): ProofRead {
  const secret = new Secret(String(value));
  return { proof: { kind: 'secret', secret }, secrets: [secret] };
}

function readCertificateProof(pfx: Json | undefined, password: Json | undefined): ProofRead {
  const { text, bytes, passphrase } = readFile('ActiveDirectoryOAuth', pfx, password);
  return {
    proof: { kind: 'certificate', pfx: new Secret(bytes), password: new Secret(passphrase) },
    secrets: [new Secret(text), new Secret(passphrase)],
  };
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function invalid(message: string): CallFailure {
  return new CallFailure('InvalidInputs', message);
}
