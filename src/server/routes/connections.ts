import type { FastifyReply } from 'fastify';
import { endpoints, type OperationResult } from '../../api/index.ts';
import { type JsonObject, stringifyJson } from '../../base/index.ts';
import { type AuthenticationMethod, type CompiledConnector, listAddresses } from '../../connector/index.ts';
import { type OperationCall, openConnectionSecrets, sealConnectionSecrets } from '../../gateway/index.ts';
import type { Principal } from '../../identity/index.ts';
import {
  type Connection,
  createConnection,
  createConnectionId,
  deleteConnection,
  deleteConnectionToken,
  ensureDraftConnector,
  listConnectionFlows,
  listConnections,
  updateConnection,
  withTransaction,
} from '../../store/index.ts';
import { abortWhenGone } from '../abort-when-gone.ts';
import { confirmAddresses, mayConfirm, sealForConnector, viewAddresses } from '../connection-addresses.ts';
import { chooseMethod, partValues } from '../connection-values.ts';
import { ServerError } from '../errors.ts';
import { loadConnector } from '../load-connector.ts';
import { loadConnectorOf, mayReach, requireConnection } from '../require-connection.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { testAndView } from '../test-connection.ts';
import { throwUpstreamProblem } from '../upstream-problem.ts';
import { viewConnection, viewConnections } from '../views/connection-view.ts';

export const connectionRoutes: Route[] = [
  implement(endpoints.listConnections, async ({ query, caller }, services) => {
    const { db, environmentId } = services;
    const { connectorId, ...request } = query;
    if (connectorId !== undefined && !(await mayReach(connectorId, caller, services))) return { value: [] };
    const page = await listConnections(db, { environmentId, connectorId }, request);
    return { ...page, value: await viewConnections(page.value, { db }) };
  }),

  implement(endpoints.createConnection, async ({ body, caller }, services) => {
    const { connectorId } = body;
    const { connector: compiled, isDraft } = await loadConnector(body, caller, services);
    const method = chooseMethod(compiled, body.parameterSet);
    const { secrets, keptSecrets: _none, ...values } = partValues(compiled, method, body.parameters ?? {});
    const { parameters } = values;
    const id = createConnectionId();
    const connection = {
      ...values,
      id,
      environmentId: services.environmentId,
      connectorId,
      name: body.name ?? compiled.title,
      status: signsIn(method) ? ('needs-sign-in' as const) : undefined,
      sealed: await sealForConnector(id, { compiled, method }, { parameters, secrets }, services),
      secretNames: Object.keys(secrets),
      createdBy: caller?.userId,
    };
    const made = await withTransaction(services.db, async (db) => {
      if (body.draftId === connectorId) await ensureDraftConnector(db, connectorId);
      return createConnection(db, connection);
    });
    // Before somebody has signed in there is nothing to test.
    if (signsIn(method)) return viewConnection(made, services);
    return testAndView(id, services, isDraft ? compiled : undefined);
  }),

  implement(endpoints.getConnection, async ({ params, caller }, services) => {
    return viewConnection(await requireConnection(params.id, caller, services), services);
  }),

  implement(endpoints.updateConnection, async ({ params, body, caller }, services) => {
    const connection = await requireConnection(params.id, caller, services);
    const { connector, isDraft } = await loadConnectorOf(connection, body.draftId, caller, services);
    const isChanged = changesValues(connection, body);
    const change = isChanged ? await changeValues(connection, body, connector, caller, services) : {};
    const changed = await updateConnection(
      services.db,
      params.id,
      { ...change, name: body.name },
      connection.version,
    );
    // A token that was got with other values is not this connection's any more.
    if (isChanged) await forgetGrant(changed, connector, services);
    services.gateway.invalidateConnection(params.id);
    if (body.parameters || body.parameterSet)
      return testAndView(params.id, services, isDraft ? connector : undefined);
    return viewConnection(changed, services);
  }),

  implement(endpoints.listConnectionFlows, async ({ params, caller }, services) => {
    await requireConnection(params.id, caller, services);
    const flows = await listConnectionFlows(services.db, params.id);
    return { value: flows.map((flow) => ({ ...flow, references: [...flow.references] })) };
  }),

  implement(endpoints.deleteConnection, async ({ params, caller }, services) => {
    await requireConnection(params.id, caller, services);
    await deleteConnection(services.db, params.id);
    services.gateway.invalidateConnection(params.id);
    return undefined;
  }),

  implement(endpoints.listConnectionAddresses, async ({ params, caller }, services) => {
    return viewAddresses(await requireConnection(params.id, caller, services), caller, services);
  }),

  implement(endpoints.confirmConnectionAddresses, async ({ params, body, caller }, services) => {
    const connection = await requireConnection(params.id, caller, services);
    await confirmAddresses(connection, body.addresses, caller, services);
    if (connection.status !== 'needs-sign-in') await testAndView(params.id, services);
    return viewAddresses(await requireConnection(params.id, caller, services), caller, services);
  }),

  implement(endpoints.testConnection, async ({ params, query, caller }, services) => {
    const connection = await requireConnection(params.id, caller, services);
    const { connector, isDraft } = await loadConnectorOf(connection, query.draftId, caller, services);
    return testAndView(params.id, services, isDraft ? connector : undefined);
  }),

  implement(endpoints.callOperation, async ({ params, body, caller, reply }, services) => {
    await requireConnection(params.id, caller, services);
    if (body.confirm !== true) await assertNoConfirmation(params, body.version, services);
    const call = {
      connectionId: params.id,
      connectorVersion: body.version,
      operation: { operationId: params.operationId },
      inputs: body.parameters ?? {},
      pages: body.pages,
    };
    return callAndView(call, reply, services);
  }),
];

/** Calls an operation for somebody who waits for the answer. @throws PatchbayError as the gateway says what failed */
export async function callAndView(
  call: Omit<OperationCall, 'signal'>,
  reply: FastifyReply,
  { gateway }: Services,
): Promise<OperationResult> {
  const startedAt = performance.now();
  const outcome = await gateway.callOperation({ ...call, signal: abortWhenGone(reply) });
  if (outcome.error !== undefined || outcome.outputs === undefined) throwUpstreamProblem(outcome);
  const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  return { ...outcome.outputs, durationMs, ...(outcome.pages && { pages: outcome.pages }) };
}

/** @throws ServerError CONFIRMATION_REQUIRED. An operation that is not there is the call's to refuse. */
async function assertNoConfirmation(
  { id, operationId }: { id: string; operationId: string },
  version: number | undefined,
  { gateway }: Services,
): Promise<void> {
  const facts = await gateway.describeOperation(id, version, { operationId }).catch(() => undefined);
  if (facts?.requiresConfirmation !== true) return;
  throw new ServerError('CONFIRMATION_REQUIRED', `${facts.summary} is only called when a person agrees.`);
}

function signsIn({ credentials }: AuthenticationMethod): boolean {
  return credentials.some((rule) => rule.type === 'oauth2' && rule.plan.grant === 'authorization-code');
}

/** Whether something is given that is not stored already; of secrets nobody says. */
function changesValues(
  connection: Connection,
  { parameterSet, parameters = {} }: { parameterSet?: string; parameters?: JsonObject },
): boolean {
  if (parameterSet !== undefined && parameterSet !== connection.parameterSet) return true;
  return Object.entries(parameters).some(([name, value]) => {
    const stored = connection.parameters[name];
    return stored === undefined || stringifyJson(stored) !== stringifyJson(value);
  });
}

async function forgetGrant(
  connection: Connection,
  compiled: CompiledConnector,
  { db }: Services,
): Promise<void> {
  const method = compiled.authenticationMethod(connection.parameterSet);
  const rule = method.credentials.find((one) => one.type === 'oauth2');
  if (rule !== undefined) await deleteConnectionToken(db, connection.id);
}

/** New values beside those that stay; a changed parameter set begins with nothing. */
async function changeValues(
  connection: Connection,
  body: { parameterSet?: string; parameters?: JsonObject },
  compiled: CompiledConnector,
  caller: Principal | undefined,
  services: Services,
) {
  const parameterSet = body.parameterSet ?? connection.parameterSet;
  const stays = parameterSet === connection.parameterSet;
  const method = chooseMethod(compiled, parameterSet);
  const {
    secrets: given,
    keptSecrets,
    ...values
  } = partValues(compiled, method, body.parameters ?? {}, stays ? connection : undefined);
  const kept = keptSecrets.length === 0 ? {} : await openKept(connection, keptSecrets, services);
  const secrets = { ...kept, ...given };
  const sealed =
    keptSecrets.length === 0 || (await mayConfirm(connection, caller, services))
      ? sealForConnector(connection.id, { compiled, method }, { ...values, secrets }, services)
      : sealAsBefore(connection, { compiled, method }, secrets, services);
  return { ...values, sealed: await sealed, secretNames: Object.keys(secrets) };
}

/** Somebody else's secrets do not go elsewhere because another value makes another host. */
async function sealAsBefore(
  { id, environmentId, parameters, sealed }: Connection,
  connector: { compiled: CompiledConnector; method: AuthenticationMethod },
  secrets: JsonObject,
  services: Services,
): Promise<Buffer> {
  const { vault } = services;
  const owner = { environmentId, connectionId: id };
  const { addresses } = await openConnectionSecrets(vault, owner, sealed);
  if (addresses !== undefined) return sealConnectionSecrets(vault, owner, secrets, addresses);
  const before = listAddresses(connector.compiled, connector.method, parameters);
  return sealConnectionSecrets(vault, owner, secrets, before);
}

async function openKept(
  { id, environmentId, sealed }: Connection,
  names: readonly string[],
  { vault }: Services,
): Promise<JsonObject> {
  const { secrets } = await openConnectionSecrets(vault, { environmentId, connectionId: id }, sealed);
  const kept = names.flatMap((name) => {
    const secret = secrets[name];
    return secret === undefined ? [] : [[name, secret.reveal()] as const];
  });
  return Object.fromEntries(kept);
}
