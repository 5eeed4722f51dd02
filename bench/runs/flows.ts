/** The flows that are measured; all of them call `SchedulePickup` of the sample shipping API, which is not safe to repeat. */

const SCHEMA =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
const REQUEST = { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } };

/** Trigger, one call, response. */
export const ONE_CALL = createFlow({
  Call: call(),
  Response: respond({ Call: ['Succeeded'] }, "@body('Call')"),
});

/** Each call waits for the one before it. */
export const FOUR_IN_SEQUENCE = createFlow({
  Call: call(),
  Call_2: call({ Call: ['Succeeded'] }),
  Call_3: call({ Call_2: ['Succeeded'] }),
  Call_4: call({ Call_3: ['Succeeded'] }),
  Response: respond({ Call_4: ['Succeeded'] }, "@body('Call_4')"),
});

/** Four calls at once; the response waits for all of them. */
export const FOUR_IN_PARALLEL = createFlow({
  Call: call(),
  Call_2: call(),
  Call_3: call(),
  Call_4: call(),
  Response: respond(
    { Call: ['Succeeded'], Call_2: ['Succeeded'], Call_3: ['Succeeded'], Call_4: ['Succeeded'] },
    "@body('Call_4')",
  ),
});

/** One call for each number below `triggerBody()['count']`, at most 50 at a time. */
export const CALL_FOR_EACH = createFlow({
  Each: {
    type: 'Foreach',
    foreach: "@range(0, triggerBody()['count'])",
    runtimeConfiguration: { concurrency: { repetitions: 50 } },
    actions: {
      Call: call({}, { carrier_code: 'swift', pickup_date: '2026-06-01', reference: "@{items('Each')}" }),
    },
    runAfter: {},
  },
});

/** Sleeps for `triggerBody()['seconds']`, after it has said that it began. */
export const WAIT = createFlow({
  Sleep: {
    type: 'Wait',
    inputs: { interval: { count: "@triggerBody()['seconds']", unit: 'Second' } },
    runAfter: {},
  },
});

function createFlow(actions: object) {
  return { $schema: SCHEMA, contentVersion: '1.0.0.0', triggers: REQUEST, actions, outputs: {} };
}

function call(runAfter: object = {}, body: unknown = '@triggerBody()') {
  return {
    type: 'OpenApiConnection',
    runAfter,
    inputs: {
      host: { connectionName: 'shipping', operationId: 'SchedulePickup' },
      parameters: { body },
    },
  };
}

function respond(runAfter: object, body: string) {
  return { type: 'Response', kind: 'Http', runAfter, inputs: { statusCode: 200, body } };
}
