const names = (...values: string[]) => ({ anyOf: [{ enum: values }, { type: 'string' }] });

const statuses = { type: 'array', items: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] } };

const weekDay = {
  enum: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const schedule = {
  type: 'object',
  properties: {
    hours: { type: 'array', description: 'Each day, week or month: 0 to 23.' },
    minutes: { type: 'array', description: 'Each day, week or month: 0 to 59.' },
    weekDays: { type: 'array', items: weekDay, description: 'Of each week.' },
    monthDays: {
      type: 'array',
      description: 'Of each month: 1 to 31, or from its end, where -1 is the last.',
    },
    monthlyOccurrences: {
      type: 'array',
      description:
        'Of each month: the second Tuesday is {"day": "Tuesday", "occurrence": 2}; -1 is the last.',
      items: {
        type: 'object',
        properties: { day: weekDay, occurrence: { type: 'integer' } },
      },
    },
  },
};

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
            startTime: { type: 'string', description: 'Without an offset it is local to the time zone.' },
            endTime: { type: 'string', description: 'No occurrence comes after it.' },
            timeZone: { type: 'string', description: 'Such as W. Europe Standard Time, or Europe/Berlin.' },
            schedule,
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
