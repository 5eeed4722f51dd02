/**
 * A flow that has something under way at any instant: parallel branches, turns of a Foreach side by side, an
 * Until, a Wait, and a call whose failure is handled. Every call carries a reference of its own, by which the
 * shipping API counts how often it was asked and how often it did something.
 */
export const DEFINITION = {
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: {
    Count: initialize('count', 'integer', 0, {}),
    Labels: initialize('labels', 'array', [], { Count: ['Succeeded'] }),
    Handled: createLabel('handled', {}),
    When_interrupted: {
      type: 'Compose',
      runAfter: { Handled: ['Failed'] },
      inputs: "@actions('Handled')?['error']?['code']",
    },
    Branch: {
      type: 'Scope',
      runAfter: {},
      actions: {
        Weights: {
          type: 'Select',
          runAfter: {},
          inputs: { from: "@triggerBody()?['parcels']", select: { parcel: '@item()' } },
        },
        In_branch: createLabel('branch', { Weights: ['Succeeded'] }),
      },
    },
    When_branch_failed: {
      type: 'Query',
      runAfter: { Branch: ['Failed'] },
      inputs: { from: "@result('Branch')", where: "@equals(item()?['code'], 'ActionInterrupted')" },
    },
    Each_parcel: {
      type: 'Foreach',
      runAfter: { Labels: ['Succeeded'] },
      foreach: "@triggerBody()?['parcels']",
      runtimeConfiguration: { concurrency: { repetitions: 3 } },
      actions: {
        Parcel: createLabel("parcel @{items('Each_parcel')}", {}),
        Remember: {
          type: 'AppendToArrayVariable',
          runAfter: { Parcel: ['Succeeded'] },
          inputs: { name: 'labels', value: "@body('Parcel')?['label_id']" },
        },
      },
    },
    Rounds: {
      type: 'Until',
      runAfter: { Labels: ['Succeeded'] },
      expression: "@equals(variables('count'), 3)",
      limit: { count: 10, timeout: 'PT1H' },
      actions: {
        Increment: { type: 'IncrementVariable', runAfter: {}, inputs: { name: 'count', value: 1 } },
        Round: createLabel("round @{variables('count')}", { Increment: ['Succeeded'] }),
        Carriers: callOperation('ListCarriers', {}, { Round: ['Succeeded', 'Failed'] }),
      },
    },
    Pause: {
      type: 'Wait',
      runAfter: {},
      inputs: { interval: { count: "@triggerBody()?['seconds']", unit: 'Second' } },
    },
    Sum_up: {
      type: 'Compose',
      runAfter: { Each_parcel: ['Succeeded'], Rounds: ['Succeeded'], Pause: ['Succeeded'] },
      inputs: {
        rounds: "@variables('count')",
        labels: "@length(variables('labels'))",
        different: "@length(union(variables('labels'), variables('labels')))",
      },
    },
  },
  outputs: {},
};

function initialize(name: string, type: string, value: unknown, runAfter: object) {
  return { type: 'InitializeVariable', runAfter, inputs: { variables: [{ name, type, value }] } };
}

export function createLabel(what: string, runAfter: object) {
  const parameters = {
    'body/reference': `@{triggerBody()?['reference']}: ${what}`,
    'body/ship_to/name': 'Ada Lovelace',
    'body/ship_to/street': "12 St James's Square",
    'body/ship_to/city': 'London',
    'body/ship_to/postal_code': 'SW1Y 4LB',
    'body/ship_to/country_code': 'GB',
    'body/package/weight/value': 1,
    'body/package/weight/unit': 'kilogram',
  };
  return callOperation('CreateLabel', parameters, runAfter);
}

export function callOperation(operationId: string, parameters: object, runAfter: object) {
  const host = { connectionName: 'shipping', operationId };
  return { type: 'OpenApiConnection', runAfter, inputs: { host, parameters } };
}
