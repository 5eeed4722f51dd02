import { type ConnectorCheck as CheckView, endpoints, type OperationTest } from '../../api/index.ts';
import { holdsCredentials, isJsonObject, type JsonObject } from '../../base/index.ts';
import { type CheckExpectations, type CompiledConnector, judgeCheck } from '../../connector/index.ts';
import type { Principal } from '../../identity/index.ts';
import {
  type ConnectorCheck,
  createConnectorCheck,
  deleteConnectorCheck,
  findConnector,
  findConnectorCheck,
  listConnectorChecks,
  listConnectorTests,
  saveCheckResult,
} from '../../store/index.ts';
import { abortWhenGone } from '../abort-when-gone.ts';
import { requireDraft } from '../connector-drafts.ts';
import { ServerError } from '../errors.ts';
import { testOperation } from '../operation-test.ts';
import { loadConnectorOf, mayReach, requireConnection } from '../require-connection.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';

export const operationTestRoutes: Route[] = [
  implement(endpoints.testOperation, async ({ params, body, caller, reply }, services) => {
    const connection = await requireConnection(params.id, caller, services);
    const { parameters = {}, version, draftId, confirm, timeoutMs } = body;
    const { operationId } = params;
    const signal = abortWhenGone(reply);
    return testOperation(
      { connection, operationId, inputs: parameters, version, draftId, confirm, timeoutMs, signal },
      caller,
      services,
    );
  }),

  implement(endpoints.listConnectorTests, async ({ params, query, caller }, services) => {
    await requireTested(params.id, caller, services);
    return { value: await listConnectorTests(services.db, params.id, query) };
  }),

  implement(endpoints.listConnectorChecks, async ({ params, caller }, services) => {
    await requireTested(params.id, caller, services);
    return { value: (await listConnectorChecks(services.db, params.id)).map(viewCheck) };
  }),

  implement(endpoints.createConnectorCheck, async ({ params, body, caller }, services) => {
    await requireTested(params.id, caller, services);
    const connection = await requireConnection(body.connectionId, caller, services);
    if (connection.connectorId !== params.id)
      throw new ServerError('NOT_FOUND', `The connector has no connection ${body.connectionId}.`);
    if (holdsCredentials(body.inputs)) {
      throw new ServerError(
        'INVALID_INPUT',
        'A check keeps its inputs readable, and these hold a credential.',
        {
          pointer: '/inputs',
          fix: 'Put the credential into the connection.',
        },
      );
    }
    const check = { ...body, connectorId: params.id, createdBy: caller?.userId };
    return viewCheck(await createConnectorCheck(services.db, check));
  }),

  implement(endpoints.runConnectorCheck, async ({ params, query, caller, reply }, services) => {
    const { draftId } = query;
    const check = await requireCheck(params.id, caller, services);
    if (check.connectionId === undefined) {
      const problems = ['The connection of this check was deleted.'];
      return viewCheck(await saveCheckResult(services.db, check.id, { ok: false, problems, durationMs: 0 }));
    }
    const connection = await requireConnection(check.connectionId, caller, services);
    const { operationId } = check;
    const inputs = isJsonObject(check.inputs) ? check.inputs : {};
    // Whoever kept it has agreed to the call.
    const signal = abortWhenGone(reply);
    const { connector } = await loadConnectorOf(connection, draftId, caller, services);
    const request = { connection, operationId, inputs, draftId, confirm: true, signal };
    const test =
      connector.operation(operationId) === undefined
        ? describeGone(connector, operationId)
        : await testOperation(request, caller, services);
    const result = judge(check.expectations as CheckExpectations, test);
    const kept = { ...result, ofDraft: draftId !== undefined };
    return viewCheck(await saveCheckResult(services.db, check.id, kept));
  }),

  implement(endpoints.deleteConnectorCheck, async ({ params, caller }, services) => {
    await requireCheck(params.id, caller, services);
    await deleteConnectorCheck(services.db, params.id);
    return undefined;
  }),
];

type Judged = Pick<OperationTest, 'answer' | 'error' | 'durationMs' | 'differences'>;

/** An operation that is not there any more is what the check has found. */
function describeGone({ title }: CompiledConnector, operationId: string): Judged {
  const message = `${title} has no operation '${operationId}'.`;
  return { error: { code: 'OperationNotFound', message }, durationMs: 0, differences: [] };
}

function judge(expected: CheckExpectations, { answer, error, durationMs, differences }: Judged) {
  const problems =
    answer === undefined && error !== undefined ? [error.message] : judgeCheck(expected, answer, differences);
  const statusCode = answer?.statusCode;
  return {
    ok: problems.length === 0,
    problems: problems.slice(0, 20),
    durationMs,
    ...(statusCode === undefined ? {} : { statusCode }),
  } satisfies JsonObject;
}

/** A connector that is tried, which may be one that was never saved. @throws ServerError NOT_FOUND */
async function requireTested(id: string, caller: Principal | undefined, services: Services): Promise<void> {
  if ((await findConnector(services.db, id)) === undefined) await requireDraft(id, caller, services);
}

/** @throws ServerError NOT_FOUND */
async function requireCheck(
  id: string,
  caller: Principal | undefined,
  services: Services,
): Promise<ConnectorCheck> {
  const check = await findConnectorCheck(services.db, id);
  if (check !== undefined && (await mayReach(check.connectorId, caller, services))) return check;
  throw new ServerError('NOT_FOUND', `There is no check ${id}.`);
}

function viewCheck({ inputs, expectations, result, ...check }: ConnectorCheck): CheckView {
  return {
    ...check,
    inputs: isJsonObject(inputs) ? inputs : {},
    expectations: expectations as CheckView['expectations'],
    result: result as CheckView['result'],
  };
}
