import { callOperation, createLabel } from './definition.ts';

const TRIGGERS = { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } };
const SCHEMA =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

function define(triggers: object, actions: object): object {
  return { $schema: SCHEMA, contentVersion: '1.0.0.0', triggers, actions, outputs: {} };
}

/** Makes a label and answers a second later, whatever became of the label. */
export const CHILD = define(TRIGGERS, {
  Label: createLabel('child', {}),
  Rest: {
    type: 'Wait',
    runAfter: { Label: ['Succeeded', 'Failed'] },
    inputs: { interval: { count: 1, unit: 'Second' } },
  },
  Reply: { type: 'Response', runAfter: { Rest: ['Succeeded'] }, inputs: { statusCode: 200, body: 'done' } },
});

/** A loop of parallel POSTs, a child flow, a wait and a webhook, all at once. */
export function defineParent(child: string, recorderUrl: string): object {
  return define(TRIGGERS, {
    Each_parcel: {
      type: 'Foreach',
      runAfter: {},
      foreach: "@triggerBody()?['parcels']",
      runtimeConfiguration: { concurrency: { repetitions: 3 } },
      actions: {
        Parcel: createLabel("parcel @{items('Each_parcel')}", {}),
        Carriers: callOperation('ListCarriers', {}, { Parcel: ['Succeeded'] }),
      },
    },
    Ask: {
      type: 'Workflow',
      runAfter: {},
      inputs: {
        host: { workflow: { id: child } },
        body: { reference: "@{triggerBody()?['reference']}" },
      },
    },
    Pause: {
      type: 'Wait',
      runAfter: {},
      inputs: { interval: { count: "@triggerBody()?['seconds']", unit: 'Second' } },
    },
    Hook: {
      type: 'HttpWebhook',
      runAfter: {},
      inputs: {
        subscribe: {
          method: 'POST',
          uri: `${recorderUrl}/subscribe`,
          body: { reference: "@{triggerBody()?['reference']}", callback: '@{listCallbackUrl()}' },
        },
        unsubscribe: {},
      },
      limit: { timeout: 'PT10M' },
    },
    Sum_up: {
      type: 'Compose',
      runAfter: {
        Each_parcel: ['Succeeded'],
        Ask: ['Succeeded'],
        Pause: ['Succeeded'],
        Hook: ['Succeeded'],
      },
      inputs: { child: "@body('Ask')", called: "@triggerBody()?['reference']" },
    },
  });
}

/** Starts a run for each piece of news. */
export const NEWS = define(
  {
    News: {
      type: 'OpenApiConnection',
      recurrence: { frequency: 'Second', interval: 1 },
      splitOn: "@triggerOutputs()?['body/items']",
      inputs: { host: { connectionName: 'news', operationId: 'OnNews' }, parameters: {} },
    },
  },
  { Number: { type: 'Compose', runAfter: {}, inputs: "@triggerBody()?['number']" } },
);
