import type { Kysely } from 'kysely';
import { Secret } from '../../base/index.ts';
import {
  type AuthenticationMethod,
  type ConnectionValues,
  findFreeHost,
  type OAuthApplication,
  type OAuthPlan,
} from '../../connector/index.ts';
import {
  type Database,
  findOAuthClient,
  listDraftOAuthClients,
  type OAuthClient,
} from '../../store/index.ts';
import type { Vault } from '../../vault/index.ts';
import { CallFailure } from '../call-errors.ts';
import type { OpenConnection } from '../connection-cache.ts';
import { openClientSecret } from './client-secrets.ts';

/** The application that a connection signs in as, with what proves it. */
export interface Application extends OAuthApplication {
  /** Private key and certificate in PEM, in place of a secret. */
  readonly certificate: string | undefined;
}

/**
 * Finds the application: the connection's own where its connector asks for one, else the connector's, as an
 * administrator has set it, else the public one that the definition names.
 *
 * @param plan as the definition has it: what a provider publishes is not what the secret was entered for
 * @throws CallFailure OAuthNotSetUp, ConnectionBroken
 */
export async function loadApplication(
  { db, vault }: { readonly db: Kysely<Database>; readonly vault: Vault },
  connection: OpenConnection,
  method: AuthenticationMethod,
  plan: OAuthPlan,
): Promise<Application> {
  const own = readOwn(plan, connection.values);
  if (own !== undefined) return own;
  if (!plan.usesClient) return { clientId: '', clientSecret: undefined, certificate: undefined };
  const { environmentId, connector } = connection;
  const stored = await findClient(db, connection, method.name);
  const clientId = stored?.clientId || plan.clientId;
  if (clientId === undefined) throw describeMissing(connector.title);
  const owner = { environmentId, connectorId: connector.id, method: method.name };
  const sealed = stored?.sealed;
  const free = sealed && findFreeHost(plan, method.parameters, connection.values);
  if (free !== undefined) throw describeFree(connector.title, free);
  const secret = sealed && (await openClientSecret(vault, owner, sealed, plan).catch(refuseKey));
  if (sealed !== undefined && secret === undefined) throw describeMoved(connector.title);
  const isCertificate = stored?.secretKind === 'certificate';
  return {
    clientId,
    clientSecret: isCertificate ? undefined : secret?.reveal(),
    certificate: isCertificate ? secret?.reveal() : undefined,
    scopes: readScopes(stored?.scopes),
  };
}

/** As long as a connector was never saved, its application is its draft's. */
async function findClient(
  db: Kysely<Database>,
  { connector: { id }, latestVersion }: OpenConnection,
  method: string,
): Promise<OAuthClient | undefined> {
  if (latestVersion > 0) return findOAuthClient(db, id, method);
  return (await listDraftOAuthClients(db, id)).find((client) => client.method === method);
}

function readOwn(plan: OAuthPlan, values: ConnectionValues): Application | undefined {
  const clientId = readText(values, plan.clientIdParameter);
  if (clientId === undefined) return undefined;
  const clientSecret = readText(values, plan.clientSecretParameter);
  return { clientId, clientSecret, certificate: undefined };
}

function readText(values: ConnectionValues, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : values[name];
  const text = value instanceof Secret ? value.reveal() : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function readScopes(text: string | undefined): string[] | undefined {
  const scopes = text?.split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes === undefined || scopes.length === 0 ? undefined : scopes;
}

function describeMissing(title: string): CallFailure {
  return new CallFailure('OAuthNotSetUp', `Nobody has said as which application ${title} signs in.`);
}

/** Anybody could make a connection that has the secret sent to them. */
function describeFree(title: string, name: string): CallFailure {
  const message = `Each connection decides by its '${name}' at which host ${title} gets its tokens, so the secret of the connector's application is not sent there.`;
  return new CallFailure('OAuthNotSetUp', message, {
    fix: `Write the host, or the domain it ends in, into the token URL of the connector, or list the values of '${name}' (allowedValues).`,
  });
}

function describeMoved(title: string): CallFailure {
  const message = `The addresses at which ${title} signs in have changed since the secret of its application was entered; it is not sent there.`;
  return new CallFailure('OAuthNotSetUp', message, {
    fix: 'Check the addresses, then have an administrator or the maker of the connector enter the secret again on its Sign-in tab.',
  });
}

function refuseKey(cause: unknown): never {
  const message = 'The secret of the application cannot be opened with the master key of this installation.';
  throw new CallFailure('ConnectionBroken', message, {
    fix: 'Start Patchbay with the master key that sealed it, or enter it again on the Sign-in tab of the connector.',
    cause,
  });
}
