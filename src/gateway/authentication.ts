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
  readonly secret: Secret;
  readonly audience: string;
}

const NONE: HttpAuthentication = { header: undefined, secrets: [], description: undefined, kind: 'none' };

/** Kinds that Logic Apps knows and an Http action here cannot use. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  managedserviceidentity: 'A managed identity',
};

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
    default:
      throw new CallFailure(
        'UnsupportedAuthentication',
        `${UNSUPPORTED[type.toLowerCase()] ?? `The authentication type ${type}`} is not supported in an Http action.`,
        {
          fix: 'Use Basic, Raw (a whole Authorization header), ActiveDirectoryOAuth with a secret, ClientCertificate, or None, or make a connector with a connection.',
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

/** The file in base64, as Logic Apps takes it; `data:` in front of it is left away. */
function readCertificate(pfx: Json | undefined, password: Json | undefined): HttpAuthentication {
  const text = readText(pfx)
    ?.replace(/^data:[^,]*,/, '')
    .replace(/\s+/g, '');
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (text === undefined || bytes === undefined) {
    throw invalid('ClientCertificate authentication needs "pfx": the PKCS #12 file (.pfx, .p12) in base64.');
  }
  const passphrase = typeof password === 'string' ? password : '';
  return {
    header: undefined,
    secrets: [new Secret(text), new Secret(passphrase)],
    description: 'a client certificate',
    kind: 'certificate',
    certificate: createClientCertificate(bytes, passphrase),
  };
}

const ENTRA = 'https://login.microsoftonline.com';

/** A client that signs in with its secret; Logic Apps names the application by its tenant. */
function readEntra({ authority, tenant, clientId, secret, audience, pfx }: JsonObject): HttpAuthentication {
  if (pfx !== undefined && secret === undefined) {
    throw new CallFailure(
      'UnsupportedAuthentication',
      'Microsoft Entra ID OAuth with a certificate is not supported in an Http action.',
      {
        fix: 'Give a client secret, or make a connector with a connection that signs in with a certificate.',
      },
    );
  }
  const tokenUrl = `${readText(authority) ?? ENTRA}`.replace(/\/+$/, '');
  const given = { tenant, clientId, secret, audience };
  const missing = Object.entries(given).flatMap(([name, value]) =>
    readText(value) === undefined ? [name] : [],
  );
  if (missing.length > 0) throw invalid(`ActiveDirectoryOAuth authentication needs ${missing.join(', ')}.`);
  const client = new Secret(String(secret));
  return {
    header: undefined,
    secrets: [client],
    description: 'a token of Microsoft Entra ID',
    kind: 'bearer',
    grant: {
      tokenUrl: `${tokenUrl}/${encodeURIComponent(String(tenant))}/oauth2/token`,
      clientId: String(clientId),
      secret: client,
      audience: String(audience),
    },
  };
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function invalid(message: string): CallFailure {
  return new CallFailure('InvalidInputs', message);
}
