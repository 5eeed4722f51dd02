import type { FastifyRequest } from 'fastify';
import { type ConnectorSignIns, endpoints } from '../../api/index.ts';
import type { Principal } from '../../identity/index.ts';
import { type StoredConnectorDraft, saveDraftOAuthClient } from '../../store/index.ts';
import { listSignInClients, readSignInPlan } from '../carry-sign-ins.ts';
import { requireDraft } from '../connector-drafts.ts';
import { ServerError } from '../errors.ts';
import { readRedirectUrl } from '../redirect-url.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { chooseSignIn, mayChangeSignIn, readClientSecret, viewSignInMethods } from './oauth.ts';

export const draftSignInRoutes: Route[] = [
  implement(endpoints.getDraftSignIns, ({ params, caller, request }, services) =>
    viewSignIns(params.id, caller, request, services),
  ),

  implement(endpoints.updateDraftSignIn, async ({ params, body, caller, request }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    if (!(await mayChange(draft, caller, services))) {
      throw new ServerError('FORBIDDEN', 'Only administrators and whoever made the connector may set this.');
    }
    const method = chooseSignIn(services.connectors.compileDraft(draft), body.method);
    const before = (await listSignInClients(draft, services)).find((client) => client.method === method.name);
    const keeps = body.clientSecret === undefined && body.certificate === undefined;
    await saveDraftOAuthClient(services.db, draft.id, method.name, {
      clientId: body.clientId?.trim() ?? before?.clientId ?? '',
      scopes: body.scopes === undefined ? before?.scopes : body.scopes.trim() || undefined,
      ...(keeps
        ? { sealed: before?.sealed, secretKind: before?.secretKind }
        : await readClientSecret(draft.connectorId ?? draft.id, method, body, services)),
      updatedBy: caller?.userId,
    });
    return viewSignIns(params.id, caller, request, services);
  }),

  implement(endpoints.checkDraftRedirect, async ({ params, body, caller, request }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    const method = chooseSignIn(services.connectors.compileDraft(draft), body.method);
    const plan = readSignInPlan(method);
    const client = (await listSignInClients(draft, services)).find((one) => one.method === method.name);
    const clientId = client?.clientId || plan?.clientId;
    if (plan === undefined || plan.grant !== 'authorization-code')
      return {
        result: 'unknown' as const,
        message: 'Nobody is sent back: the application signs in by itself.',
      };
    if (clientId === undefined)
      return {
        result: 'unknown' as const,
        message: 'Enter the client ID first: the redirect URL belongs to it.',
      };
    return services.gateway.signIns.checkRedirect({
      plan,
      clientId,
      scopes: client?.scopes?.split(/\s+/),
      redirectUrl: readRedirectUrl(request, services.publicUrl),
    });
  }),
];

async function mayChange(
  draft: StoredConnectorDraft,
  caller: Principal | undefined,
  services: Services,
): Promise<boolean> {
  // Whoever may work on the draft of a new connector makes the connector.
  return draft.connectorId === undefined || mayChangeSignIn(draft.connectorId, caller, services);
}

async function viewSignIns(
  id: string,
  caller: Principal | undefined,
  request: FastifyRequest,
  services: Services,
): Promise<ConnectorSignIns> {
  const draft = await requireDraft(id, caller, services);
  const clients = await listSignInClients(draft, services);
  const compiled = services.connectors.compileDraft(draft);
  return {
    redirectUrl: readRedirectUrl(request, services.publicUrl),
    mayChange: await mayChange(draft, caller, services),
    methods: await viewSignInMethods(compiled, draft.connectorId ?? draft.id, clients, services),
  };
}
