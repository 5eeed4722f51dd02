import { type ConnectorCheck as CheckView, endpoints } from '../../api/index.ts';
import { holdsCredentials, isJsonObject, type JsonObject } from '../../base/index.ts';
import { type CheckExpectations, judgeCheck } from '../../connector/index.ts';
import {
  type ConnectorCheck,
  createConnectorCheck,
  deleteConnectorCheck,
  findConnectorCheck,
  listConnectorChecks,
  listConnectorTests,
  saveCheckResult,
} from '../../store/index.ts';
import { abortWhenGone } from '../abort-when-gone.ts';
import { ServerError } from '../errors.ts';
import { testOperation } from '../operation-test.ts';
import { implement, type Route } from '../route.ts';
import { requireConnection } from './connections.ts';
import { requireConnector } from './connectors.ts';

export const operationTestRoutes: Route[] = [
  implement(endpoints.testOperation, async ({ params, body, caller, reply }, services) => {
    const connection = await requireConnection(params.id, services);
    const { parameters = {}, version, draftId, confirm, timeoutMs } = body;
    const { operationId } = params;
    const signal = abortWhenGone(reply);
    return testOperation(
      { connection, operationId, inputs: parameters, version, draftId, confirm, timeoutMs, signal },
      caller,
      services,
    );
  }),

  implement(endpoints.listConnectorTests, async ({ params, query }, services) => {
    await requireConnector(params.id, services);
    return { value: await listConnectorTests(services.db, params.id, query) };
  }),

  implement(endpoints.listConnectorChecks, async ({ params }, services) => {
    await requireConnector(params.id, services);
    return { value: (await listConnectorChecks(services.db, params.id)).map(viewCheck) };
  }),

  implement(endpoints.createConnectorCheck, async ({ params, body, caller }, services) => {
    await requireConnector(params.id, services);
    const connection = await requireConnection(body.connectionId, services);
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

  implement(endpoints.runConnectorCheck, async ({ params, caller, reply }, services) => {
    const check = await findConnectorCheck(services.db, params.id);
    if (check === undefined) throw new ServerError('NOT_FOUND', `There is no check ${params.id}.`);
    if (check.connectionId === undefined) {
      const problems = ['The connection of this check was deleted.'];
      return viewCheck(await saveCheckResult(services.db, check.id, { ok: false, problems, durationMs: 0 }));
    }
    const connection = await requireConnection(check.connectionId, services);
    const { operationId } = check;
    const inputs = isJsonObject(check.inputs) ? check.inputs : {};
    // Whoever kept it has agreed to the call.
    const signal = abortWhenGone(reply);
    const test = await testOperation(
      { connection, operationId, inputs, confirm: true, signal },
      caller,
      services,
    );
    const { answer, error, durationMs } = test;
    const expected = check.expectations as CheckExpectations;
    const problems =
      answer === undefined && error !== undefined
        ? [error.message]
        : judgeCheck(expected, answer, test.differences);
    const statusCode = answer?.statusCode;
    const result: JsonObject = {
      ok: problems.length === 0,
      problems: problems.slice(0, 20),
      durationMs,
      ...(statusCode === undefined ? {} : { statusCode }),
    };
    return viewCheck(await saveCheckResult(services.db, check.id, result));
  }),

  implement(endpoints.deleteConnectorCheck, async ({ params }, { db }) => {
    await deleteConnectorCheck(db, params.id);
    return undefined;
  }),
];

function viewCheck({ inputs, expectations, result, ...check }: ConnectorCheck): CheckView {
  return {
    ...check,
    inputs: isJsonObject(inputs) ? inputs : {},
    expectations: expectations as CheckView['expectations'],
    result: result as CheckView['result'],
  };
}
