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
  findConnection,
  findConnector,
  listConnectionFlows,
  listConnections,
  updateConnection,
} from '../../store/index.ts';
import { abortWhenGone } from '../abort-when-gone.ts';
import { confirmAddresses, mayConfirm, sealForConnector, viewAddresses } from '../connection-addresses.ts';
import { chooseMethod, partValues } from '../connection-values.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { testAndView } from '../test-connection.ts';
import { throwUpstreamProblem } from '../upstream-problem.ts';
import { viewConnection, viewConnections } from '../views/connection-view.ts';

export const connectionRoutes: Route[] = [
  implement(endpoints.listConnections, async ({ query }, { db, environmentId }) => {
    const { connectorId, ...request } = query;
    const page = await listConnections(db, { environmentId, connectorId }, request);
    return { ...page, value: await viewConnections(page.value, { db }) };
  }),

  implement(endpoints.createConnection, async ({ body, caller }, services) => {
    const connector = await findConnector(services.db, body.connectorId);
    if (connector === undefined)
      throw new ServerError('NOT_FOUND', `There is no connector ${body.connectorId}.`);
    const compiled = await services.connectors.load(connector.id, connector.latestVersion);
    const method = chooseMethod(compiled, body.parameterSet);
    const { secrets, keptSecrets: _none, ...values } = partValues(compiled, method, body.parameters ?? {});
    const { parameters } = values;
    const id = createConnectionId();
    await createConnection(services.db, {
      ...values,
      id,
      environmentId: services.environmentId,
      connectorId: connector.id,
      name: body.name ?? connector.title,
      status: signsIn(method) ? 'needs-sign-in' : undefined,
      sealed: await sealForConnector(id, { compiled, method }, { parameters, secrets }, services),
      secretNames: Object.keys(secrets),
      createdBy: caller?.userId,
    });
    // Before somebody has signed in there is nothing to test.
    if (signsIn(method)) return viewConnection(await requireConnection(id, services), services);
    return testAndView(id, services);
  }),

  implement(endpoints.getConnection, async ({ params }, services) => {
    return viewConnection(await requireConnection(params.id, services), services);
  }),

  implement(endpoints.updateConnection, async ({ params, body, caller }, services) => {
    const connection = await requireConnection(params.id, services);
    const isChanged = changesValues(connection, body);
    const change = isChanged ? await changeValues(connection, body, caller, services) : {};
    const changed = await updateConnection(
      services.db,
      params.id,
      { ...change, name: body.name },
      connection.version,
    );
    // A token that was got with other values is not this connection's any more.
    if (isChanged) await forgetGrant(changed, services);
    services.gateway.invalidateConnection(params.id);
    if (body.parameters || body.parameterSet) return testAndView(params.id, services);
    return viewConnection(changed, services);
  }),

  implement(endpoints.listConnectionFlows, async ({ params }, services) => {
    await requireConnection(params.id, services);
    const flows = await listConnectionFlows(services.db, params.id);
    return { value: flows.map((flow) => ({ ...flow, references: [...flow.references] })) };
  }),

  implement(endpoints.deleteConnection, async ({ params }, { db, gateway }) => {
    await deleteConnection(db, params.id);
    gateway.invalidateConnection(params.id);
    return undefined;
  }),

  implement(endpoints.listConnectionAddresses, async ({ params, caller }, services) => {
    return viewAddresses(await requireConnection(params.id, services), caller, services);
  }),

  implement(endpoints.confirmConnectionAddresses, async ({ params, body, caller }, services) => {
    const connection = await requireConnection(params.id, services);
    await confirmAddresses(connection, body.addresses, caller, services);
    if (connection.status !== 'needs-sign-in') await testAndView(params.id, services);
    return viewAddresses(await requireConnection(params.id, services), caller, services);
  }),

  implement(endpoints.testConnection, async ({ params }, services) => {
    await requireConnection(params.id, services);
    return testAndView(params.id, services);
  }),

  implement(endpoints.callOperation, async ({ params, body, reply }, services) => {
    await requireConnection(params.id, services);
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

async function forgetGrant(connection: Connection, { db, connectors }: Services): Promise<void> {
  const connector = await findConnector(db, connection.connectorId);
  const compiled = await connectors.load(connection.connectorId, connector?.latestVersion ?? 1);
  const method = compiled.authenticationMethod(connection.parameterSet);
  const rule = method.credentials.find((one) => one.type === 'oauth2');
  if (rule !== undefined) await deleteConnectionToken(db, connection.id);
}

export async function requireConnection(id: string, { db }: Services): Promise<Connection> {
  const connection = await findConnection(db, id);
  if (connection === undefined) throw new ServerError('NOT_FOUND', `There is no connection ${id}.`);
  return connection;
}

/** New values beside those that stay; a changed parameter set begins with nothing. */
async function changeValues(
  connection: Connection,
  body: { parameterSet?: string; parameters?: JsonObject },
  caller: Principal | undefined,
  services: Services,
) {
  const connector = await findConnector(services.db, connection.connectorId);
  const compiled = await services.connectors.load(connection.connectorId, connector?.latestVersion ?? 1);
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
