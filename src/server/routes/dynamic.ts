import { type DynamicContent, endpoints } from '../../api/index.ts';
import { parsePointer } from '../../base/index.ts';
import { checkInputs, type DynamicAnswer, readInputs } from '../../connector/index.ts';
import { CallFailure, type CallOutcome } from '../../gateway/index.ts';
import { loadConnector, requireOperation } from '../load-connector.ts';
import { requireConnection } from '../require-connection.ts';
import { implement, type Route } from '../route.ts';
import { throwUpstreamProblem } from '../upstream-problem.ts';

/** More than anybody reads; a search finds the rest. */
const MAX_SHOWN = 1000;

export const dynamicRoutes: Route[] = [
  implement(endpoints.readDynamicContent, async ({ params, body, caller }, services) => {
    const { connectorId } = await requireConnection(params.id, caller, services);
    const { parameter, pointer, response, extension, want, inputs = {}, selection, search, version } = body;
    const { draftId } = body;
    const draft =
      draftId === undefined ? undefined : await loadConnector({ connectorId, draftId }, caller, services);
    const outcome = await services.gateway.loadDynamic({
      connectionId: params.id,
      ...(draft === undefined ? { connectorVersion: version } : { connector: draft.connector }),
      operation: { operationId: params.operationId },
      path: readPath(parameter, pointer),
      response,
      extension,
      want,
      inputs,
      selection,
    });
    if (!outcome.ok) return throwUpstreamProblem({ ...outcome.outcome, ok: false, error: outcome.error });
    return viewAnswer(outcome.answer, outcome.operationId, search ?? '');
  }),

  implement(endpoints.checkOperationInputs, async ({ params, body, caller }, services) => {
    const { version, draftId, parameters = {} } = body;
    const state = { connectorId: params.id, version, draftId };
    const { connector } = await loadConnector(state, caller, services);
    const operation = requireOperation(connector, params.operationId);
    return { problems: checkInputs(connector, operation, readInputs(connector, operation, parameters)) };
  }),

  implement(endpoints.simulateTrigger, async ({ params, body, caller }, services) => {
    await requireConnection(params.id, caller, services);
    const startedAt = performance.now();
    const outcome = await services.gateway
      .simulate({
        connectionId: params.id,
        connectorVersion: body.version,
        operation: { operationId: params.operationId },
        inputs: body.parameters ?? {},
      })
      .catch((error: unknown): CallOutcome => {
        if (error instanceof CallFailure) return { ok: false, error: error.error };
        throw error;
      });
    if (outcome.error !== undefined || outcome.outputs === undefined) throwUpstreamProblem(outcome);
    return { ...outcome.outputs, durationMs: Math.round((performance.now() - startedAt) * 10) / 10 };
  }),
];

function readPath(parameter: string | undefined, pointer: string | undefined): string[] {
  if (pointer !== undefined) return parsePointer(pointer);
  return (parameter ?? '').split('/').filter((segment) => segment !== '');
}

function viewAnswer(answer: DynamicAnswer, operationId: string, search: string): DynamicContent {
  if (answer.kind === 'schema') return { kind: 'schema', operationId, schema: answer.schema };
  const wanted = search.trim().toLowerCase();
  if (answer.kind === 'options') {
    const found = answer.options.filter(({ title, value, description = '' }) =>
      [title, String(value), description].some((text) => text.toLowerCase().includes(wanted)),
    );
    return { kind: 'options', operationId, options: found.slice(0, MAX_SHOWN), ...limited(found.length) };
  }
  const found = answer.nodes.filter(({ title }) => title.toLowerCase().includes(wanted));
  return { kind: 'tree', operationId, nodes: found.slice(0, MAX_SHOWN), ...limited(found.length) };
}

function limited(count: number): { more?: true } {
  return count > MAX_SHOWN ? { more: true } : {};
}
