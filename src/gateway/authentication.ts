import { isJsonObject, type Json, Secret } from '../base/index.ts';
import { encodeBase64, type HeaderEntry } from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';

export interface HttpAuthentication {
  readonly header: HeaderEntry | undefined;
  /** To be taken out of whatever comes back. */
  readonly secrets: readonly Secret[];
  /** How the credentials go out, as a clause. */
  readonly description: string | undefined;
  readonly kind: string;
}

const NONE: HttpAuthentication = { header: undefined, secrets: [], description: undefined, kind: 'none' };

/** Kinds that Logic Apps knows and an Http action here cannot use. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  activedirectoryoauth: 'Microsoft Entra ID OAuth',
  managedserviceidentity: 'A managed identity',
  clientcertificate: 'A client certificate',
};

/**
 * Reads the `authentication` of an Http action: None, Basic or Raw.
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
    default:
      throw new CallFailure(
        'UnsupportedAuthentication',
        `${UNSUPPORTED[type.toLowerCase()] ?? `The authentication type ${type}`} is not supported in an Http action.`,
        {
          fix: 'Use Basic, Raw (a whole Authorization header) or None, or make a connector with a connection.',
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

function invalid(message: string): CallFailure {
  return new CallFailure('InvalidInputs', message);
}
