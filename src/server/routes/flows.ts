import {
  type ConnectionReferences,
  endpoints,
  type FlowSummary,
  type Flow as FlowView,
  type RunStatus,
} from '../../api/index.ts';
import { formatPointer, type JsonObject, stringifyJson } from '../../base/index.ts';
import { compileFlowWithProblems, FlowError } from '../../flow/index.ts';
import {
  createFlow,
  deleteFlow,
  type Flow,
  findConnection,
  findConnector,
  findFlow,
  findFlowVersion,
  findLatestFlowVersions,
  findLatestRuns,
  type LatestRun,
  listFlows,
  listFlowVersions,
  saveFlowVersion,
  updateFlow,
} from '../../store/index.ts';
import { ServerError } from '../errors.ts';
import { checkFlowText, type ReadFlow, readFlow, viewTriggers } from '../flow-check.ts';
import { implement, type Route, setEtag } from '../route.ts';
import type { Services } from '../services.ts';

export const flowRoutes: Route[] = [
  implement(endpoints.listFlows, async ({ query }, { db, environmentId }) => {
    const page = await listFlows(db, environmentId, query);
    const ids = page.value.map((flow) => flow.id);
    const [versions, runs] = await Promise.all([findLatestFlowVersions(db, ids), findLatestRuns(db, ids)]);
    const summaries = page.value.map((flow) =>
      viewSummary(flow, readFlow(versions.get(flow.id)?.definition ?? ''), runs.get(flow.id)),
    );
    return { ...page, value: summaries };
  }),

  implement(endpoints.createFlow, async ({ body, caller, reply }, services) => {
    const read = requireDocument(readFlow(toText(body.definition)));
    const flow = await createFlow(services.db, {
      environmentId: services.environmentId,
      name: body.name,
      definition: read.text,
      connectionReferences: await pinReferences(body.connectionReferences ?? {}, services),
      savedBy: caller?.userId,
    });
    await services.engine.flowChanged(flow.id);
    setEtag(reply, flow.latestVersion);
    return viewFlow(flow, services);
  }),

  implement(endpoints.checkFlow, ({ body }, services) =>
    checkFlowText(readFlow(toText(body.definition)), body.connectionReferences, services.gateway),
  ),

  implement(endpoints.getFlow, async ({ params, reply }, services) => {
    const flow = await requireFlow(params.id, services);
    setEtag(reply, flow.latestVersion);
    return viewFlow(flow, services);
  }),

  implement(endpoints.updateFlow, async ({ params, body, ifMatch, caller, reply }, services) => {
    const before = await requireFlow(params.id, services);
    const latest = await requireVersion(params.id, undefined, services);
    const text = body.definition === undefined ? latest.definition : toText(body.definition);
    const read = requireDocument(readFlow(text));
    const given = body.connectionReferences ?? (latest.connectionReferences as ConnectionReferences);
    const connectionReferences = await pinReferences(given, services);
    if (before.state === 'on') await assertRunnable(read, connectionReferences, services);
    const content = { definition: read.text, connectionReferences, note: body.note, savedBy: caller?.userId };
    const saved = await saveFlowVersion(services.db, params.id, content, ifMatch);
    const flow =
      body.name === undefined ? saved : await updateFlow(services.db, params.id, { name: body.name });
    await services.engine.flowChanged(flow.id);
    setEtag(reply, flow.latestVersion);
    return viewFlow(flow, services);
  }),

  implement(endpoints.patchFlow, async ({ params, body, reply }, services) => {
    await requireFlow(params.id, services);
    if (body.state === 'on') {
      const { definition, connectionReferences } = await requireVersion(params.id, undefined, services);
      await assertRunnable(readFlow(definition), connectionReferences as ConnectionReferences, services);
    }
    const flow = await updateFlow(services.db, params.id, body);
    await services.engine.flowChanged(flow.id);
    setEtag(reply, flow.latestVersion);
    return viewFlow(flow, services);
  }),

  implement(endpoints.deleteFlow, async ({ params }, services) => {
    await requireFlow(params.id, services);
    await deleteFlow(services.db, params.id);
    await services.engine.flowChanged(params.id);
    return undefined;
  }),

  implement(endpoints.runFlow, async ({ params, body }, services) => {
    const { definition, connectionReferences } = await requireVersion(params.id, undefined, services);
    await assertRunnable(readFlow(definition), connectionReferences as ConnectionReferences, services);
    return services.engine.runNow(params.id, body.inputs ?? null, body.triggerName);
  }),

  implement(endpoints.listFlowVersions, async ({ params }, services) => {
    await requireFlow(params.id, services);
    return { value: await listFlowVersions(services.db, params.id) };
  }),

  implement(endpoints.getFlowVersion, async ({ params }, services) => {
    const {
      flowId: _flow,
      definition,
      connectionReferences,
      ...version
    } = await requireVersion(params.id, params.version, services);
    return {
      ...version,
      definitionText: definition,
      connectionReferences: connectionReferences as ConnectionReferences,
    };
  }),

  implement(endpoints.listTriggers, async ({ params, request }, services) => {
    await requireFlow(params.id, services);
    const origin = services.publicUrl ?? `${request.protocol}://${request.host}`;
    const reports = await services.engine.listTriggers(params.id);
    return {
      value: reports.map(({ urlPath, nextAt, expiresAt, endings, ...report }) => ({
        ...report,
        nextAt: nextAt === undefined ? undefined : new Date(nextAt).toISOString(),
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
        endings: endings.map((ending) => ({ ...ending, nextAt: new Date(ending.nextAt).toISOString() })),
        url: urlPath === undefined ? undefined : origin + urlPath,
      })),
    };
  }),

  implement(endpoints.getTriggerUrl, async ({ params, query, request }, services) => {
    const { definition } = await requireVersion(params.id, undefined, services);
    const triggers = listTriggers(readFlow(definition)).filter(
      ({ type }) => type.toLowerCase() === 'request',
    );
    const trigger = triggers.find(
      ({ name }) => query.triggerName === undefined || name === query.triggerName,
    );
    if (trigger === undefined) {
      throw new ServerError('FLOW_NO_REQUEST_TRIGGER', 'The flow has no Request trigger of this name.');
    }
    const path = await services.engine.triggerUrlPath(params.id, trigger.name);
    const origin = services.publicUrl ?? `${request.protocol}://${request.host}`;
    return { url: origin + path, method: trigger.method, triggerName: trigger.name };
  }),
];

async function requireFlow(id: string, { db }: Services): Promise<Flow> {
  const flow = await findFlow(db, id);
  if (flow === undefined) throw new ServerError('NOT_FOUND', `There is no flow ${id}.`);
  return flow;
}

async function requireVersion(id: string, version: number | undefined, { db }: Services) {
  const found = await findFlowVersion(db, id, version);
  if (found !== undefined) return found;
  throw new ServerError(
    'NOT_FOUND',
    version === undefined ? `There is no flow ${id}.` : `There is no version ${version}.`,
  );
}

/** Text is kept to the byte. */
function toText(definition: JsonObject | string): string {
  return typeof definition === 'string' ? definition : stringifyJson(definition, 2);
}

/** A flow with mistakes may be kept; text that holds no flow at all may not. */
function requireDocument(read: ReadFlow): ReadFlow {
  if (read.problem === undefined) return read;
  throw new FlowError('FLOW_INVALID', read.problem.message, {
    status: 422,
    extra: { problems: [read.problem] },
  });
}

async function assertRunnable(
  read: ReadFlow,
  references: ConnectionReferences,
  services: Services,
): Promise<void> {
  const { ok, errors } = await checkFlowText(read, references, services.gateway);
  if (ok) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more.` : '';
  throw new FlowError('FLOW_INVALID', `${errors[0]?.message ?? 'The flow cannot run.'}${more}`, {
    status: 422,
    pointer: errors[0]?.pointer,
    extra: { problems: errors },
  });
}

/** A reference that names no version keeps, from now on, the connector's latest. */
async function pinReferences(
  references: ConnectionReferences,
  { db }: Services,
): Promise<ConnectionReferences> {
  const pinned: ConnectionReferences = {};
  for (const [name, reference] of Object.entries(references)) {
    if (reference.connectorVersion !== undefined) {
      pinned[name] = reference;
      continue;
    }
    const connection = await findConnection(db, reference.connectionId);
    const connector = connection && (await findConnector(db, connection.connectorId));
    if (connection !== undefined && connector === undefined) {
      const message = `The connection ${connection.name} is one of a connector that was never saved.`;
      throw new ServerError('INVALID_INPUT', message, {
        pointer: formatPointer(['connectionReferences', name]),
        fix: 'Save the connector first: its connections stay.',
      });
    }
    pinned[name] = { ...reference, connectorVersion: connector?.latestVersion };
  }
  return pinned;
}

async function viewFlow(flow: Flow, services: Services): Promise<FlowView> {
  const [{ definition, connectionReferences }, runs] = await Promise.all([
    requireVersion(flow.id, flow.latestVersion, services),
    findLatestRuns(services.db, [flow.id]),
  ]);
  const read = readFlow(definition);
  const references = connectionReferences as ConnectionReferences;
  return {
    ...viewSummary(flow, read, runs.get(flow.id)),
    definition: read.document?.definition ?? {},
    definitionText: definition,
    connectionReferences: references,
    check: await checkFlowText(read, references, services.gateway),
  };
}

function viewSummary(flow: Flow, read: ReadFlow, lastRun: LatestRun | undefined): FlowSummary {
  const { id, name, state, latestVersion, createdAt, updatedAt } = flow;
  return {
    id,
    name,
    state,
    version: latestVersion,
    triggers:
      read.document === undefined ? [] : viewTriggers(compileFlowWithProblems(read.document.definition).flow),
    lastRun: lastRun && { ...lastRun, status: lastRun.status as RunStatus },
    createdAt,
    updatedAt,
  };
}

function listTriggers({ document }: ReadFlow): { name: string; type: string; method: string }[] {
  if (document === undefined) return [];
  return compileFlowWithProblems(document.definition).flow.triggers.map(({ name, type, definition }) => {
    const { method } = (definition['inputs'] ?? {}) as { method?: string };
    return { name, type, method: method?.toUpperCase() ?? 'POST' };
  });
}
