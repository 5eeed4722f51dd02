const names = (...values: string[]) => ({ anyOf: [{ enum: values }, { type: 'string' }] });

const statuses = { type: 'array', items: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] } };

/**
 * The outline of the Workflow Definition Language, for completion while one types. The verdict on a definition is
 * the server's, so this only says what is usual and forbids nothing that runs.
 */
export const DEFINITION_SCHEMA = {
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    contentVersion: { type: 'string' },
    parameters: { type: 'object' },
    outputs: { type: 'object' },
    triggers: { type: 'object', additionalProperties: { $ref: '#/definitions/trigger' } },
    actions: { $ref: '#/definitions/actions' },
  },
  definitions: {
    trigger: {
      type: 'object',
      required: ['type'],
      properties: {
        type: names('Request', 'Recurrence', 'OpenApiConnection', 'ApiConnection'),
        recurrence: {
          type: 'object',
          properties: {
            frequency: { enum: ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month'] },
            interval: { type: 'integer' },
          },
        },
        splitOn: {
          type: 'string',
          description: 'An array in the trigger’s outputs: a run for each of its items.',
        },
        inputs: {},
      },
    },
    actions: { type: 'object', additionalProperties: { $ref: '#/definitions/action' } },
    action: {
      type: 'object',
      required: ['type'],
      properties: {
        type: names(
          'AppendToArrayVariable',
          'ApiConnection',
          'Compose',
          'Foreach',
          'Http',
          'If',
          'IncrementVariable',
          'InitializeVariable',
          'OpenApiConnection',
          'ParseJson',
          'Query',
          'Response',
          'Scope',
          'Select',
          'SetVariable',
          'Terminate',
          'Until',
          'Wait',
        ),
        runAfter: { type: 'object', additionalProperties: statuses },
        inputs: {},
        actions: { $ref: '#/definitions/actions' },
        else: { type: 'object', properties: { actions: { $ref: '#/definitions/actions' } } },
        expression: {},
        foreach: {},
        limit: {
          type: 'object',
          properties: {
            count: { type: 'integer' },
            timeout: { type: 'string', description: 'ISO 8601: PT1H' },
          },
        },
        description: { type: 'string' },
      },
    },
  },
};
