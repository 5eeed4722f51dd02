import type { FastifyRequest } from 'fastify';
import { type ConnectorSignIns, endpoints } from '../../api/index.ts';
import type { AuthenticationMethod, CompiledConnector, OAuthPlan } from '../../connector/index.ts';
import { openClientSecret, readCertificate, sealClientSecret } from '../../gateway/index.ts';
import type { Principal } from '../../identity/index.ts';
import {
  findConnectorMaker,
  findOAuthClient,
  listOAuthClients,
  type OAuthClient,
  saveOAuthClient,
} from '../../store/index.ts';
import { readSignInPlan } from '../carry-sign-ins.ts';
import { ServerError } from '../errors.ts';
import { loadConnector } from '../load-connector.ts';
import { readRedirectUrl } from '../redirect-url.ts';
import { requireConnection } from '../require-connection.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';

export const oauthRoutes: Route[] = [
  implement(endpoints.getConnectorSignIns, async ({ params, caller, request }, services) =>
    viewSignIns(params.id, caller, request, services),
  ),

  implement(endpoints.updateConnectorSignIn, async ({ params, body, caller, request }, services) => {
    const { connector: compiled } = await loadConnector({ connectorId: params.id }, caller, services);
    if (!(await mayChangeSignIn(params.id, caller, services))) {
      throw new ServerError('FORBIDDEN', 'Only administrators and whoever made the connector may set this.');
    }
    const method = chooseSignIn(compiled, body.method);
    const before = await findOAuthClient(services.db, params.id, method.name);
    await saveOAuthClient(services.db, params.id, method.name, {
      clientId: body.clientId?.trim() ?? before?.clientId ?? '',
      scopes: body.scopes === undefined ? before?.scopes : body.scopes.trim() || undefined,
      ...(await readClientSecret(params.id, method, body, services)),
      ...(body.clientSecret === undefined && body.certificate === undefined
        ? { sealed: before?.sealed, secretKind: before?.secretKind }
        : {}),
      updatedBy: caller?.userId,
    });
    return viewSignIns(params.id, caller, request, services);
  }),

  implement(endpoints.signInConnection, async ({ params, caller, request }, services) => {
    await requireConnection(params.id, caller, services);
    if (caller === undefined) throw new ServerError('NOT_FOUND', `There is no connection ${params.id}.`);
    const { authorizationUrl, expiresAt } = await services.gateway.signIns.begin({
      connectionId: params.id,
      userId: caller.userId,
      sessionId: caller.sessionId,
      redirectUrl: readRedirectUrl(request, services.publicUrl),
    });
    return { authorizationUrl, expiresAt: new Date(expiresAt).toISOString() };
  }),
];

export async function mayChangeSignIn(
  id: string,
  caller: Principal | undefined,
  { db }: Services,
): Promise<boolean> {
  if (caller?.role === 'admin') return true;
  return caller !== undefined && (await findConnectorMaker(db, id)) === caller.userId;
}

/** @throws ServerError INVALID_INPUT */
export function chooseSignIn({ title, authentication }: CompiledConnector, name: string | undefined) {
  const methods = authentication.filter((method) => readSignInPlan(method) !== undefined);
  const [only] = methods;
  const found = name === undefined && methods.length === 1 ? only : methods.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = methods.map((method) => method.name).join(', ');
  throw new ServerError('INVALID_INPUT', `${title} has no such way to sign in.`, {
    pointer: '/method',
    fix: names === '' ? 'It does not sign in with OAuth.' : `Choose one of ${names}.`,
  });
}

export async function readClientSecret(
  connectorId: string,
  method: AuthenticationMethod,
  { clientSecret, certificate }: { clientSecret?: string; certificate?: string },
  { vault, environmentId }: Services,
) {
  const text = certificate || clientSecret || '';
  if (certificate) readCertificate(certificate);
  const plan = readSignInPlan(method);
  if (text === '' || plan === undefined) return { sealed: undefined, secretKind: undefined };
  const owner = { environmentId, connectorId, method: method.name };
  const sealed = await sealClientSecret(vault, owner, text, plan);
  return { sealed, secretKind: certificate ? ('certificate' as const) : ('secret' as const) };
}

async function viewSignIns(
  id: string,
  caller: Principal | undefined,
  request: FastifyRequest,
  services: Services,
): Promise<ConnectorSignIns> {
  const { connector: compiled } = await loadConnector({ connectorId: id }, caller, services);
  const clients = await listOAuthClients(services.db, id);
  return {
    redirectUrl: readRedirectUrl(request, services.publicUrl),
    mayChange: await mayChangeSignIn(id, caller, services),
    methods: await viewSignInMethods(compiled, id, clients, services),
  };
}

/** Secrets are not shown: only that there is one that will be used. */
export async function viewSignInMethods(
  compiled: CompiledConnector,
  connectorId: string,
  clients: readonly OAuthClient[],
  { vault, environmentId }: Pick<Services, 'vault' | 'environmentId'>,
) {
  const views = compiled.authentication.map(async (method) => {
    const plan = readSignInPlan(method);
    if (plan === undefined) return [];
    const client = clients.find((one) => one.method === method.name);
    const owner = { environmentId, connectorId, method: method.name };
    return [
      {
        method: method.name,
        title: method.title,
        provider: plan.title,
        docsUrl: plan.docs,
        needsPerson: plan.grant === 'authorization-code',
        usesClient: plan.usesClient && plan.clientIdParameter === undefined,
        takesCertificate: plan.proof === 'certificate',
        clientId: client?.clientId || plan.clientId,
        scopes: client?.scopes ?? plan.scopes.join(' '),
        hasSecret: await hasUsableSecret(vault, owner, client?.sealed, plan),
        problem: plan.problem,
      },
    ];
  });
  return (await Promise.all(views)).flat();
}

/** One that was entered for other addresses is none; one sealed with another key is there, and a call says so. */
async function hasUsableSecret(
  vault: Services['vault'],
  owner: Parameters<typeof openClientSecret>[1],
  sealed: Uint8Array | undefined,
  plan: OAuthPlan,
): Promise<boolean> {
  if (sealed === undefined) return false;
  try {
    return (await openClientSecret(vault, owner, sealed, plan)) !== undefined;
  } catch {
    return true;
  }
}
