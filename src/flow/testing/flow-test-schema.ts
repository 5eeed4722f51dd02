import type { JsonObject } from '../../base/index.ts';

const outcome: JsonObject = {
  type: 'object',
  description: 'How an action ends. "error", or a status code from 400, makes it fail.',
  properties: {
    outputs: { description: 'The outputs: {"statusCode", "headers", "body"} for a call.' },
    body: { description: "The outputs' body, where there is nothing else to say." },
    statusCode: { type: 'integer' },
    headers: { type: 'object' },
    status: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] },
    error: {
      type: ['object', 'boolean'],
      properties: { code: { type: 'string' }, message: { type: 'string' } },
    },
    after: { type: 'string', description: 'Simulated time until the answer, ISO 8601: PT5M.' },
    retryable: {
      type: 'boolean',
      description: 'The failure may pass: the retry policy of the action counts.',
    },
    retryAfter: { type: 'number', description: 'Seconds the service asks to be left alone.' },
  },
};

const mocks: JsonObject = {
  type: 'object',
  properties: {
    actions: {
      type: 'object',
      description: 'By the name of an action, or the key of one execution: For_each[3]/Create_Label.',
      additionalProperties: {
        anyOf: [
          { $ref: '#/$defs/outcome' },
          { type: 'array', minItems: 1, items: { $ref: '#/$defs/outcome' } },
        ],
      },
    },
    flows: {
      type: 'object',
      description: 'The mocks of child flows, by the name they are run by.',
      additionalProperties: { $ref: '#/$defs/mocks' },
    },
  },
  additionalProperties: false,
};

const runStatus: JsonObject = {
  enum: ['Succeeded', 'Failed', 'Cancelled', 'TimedOut', 'Running', 'NotStarted'],
};

const actionExpectation: JsonObject = {
  type: 'object',
  properties: {
    status: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled', 'Running', 'Waiting'] },
    code: { type: 'string' },
    inputs: { description: 'Objects are compared by the members that are named here.' },
    outputs: {},
    tracked: {},
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string', description: 'A part of it.' } },
      additionalProperties: false,
    },
    attempts: { type: 'integer', minimum: 0 },
    times: {
      type: 'integer',
      minimum: 0,
      description: 'How often it was carried out, over all turns of loops.',
    },
  },
  additionalProperties: false,
};

const expectation: JsonObject = {
  type: 'object',
  properties: {
    status: { $ref: '#/$defs/runStatus' },
    error: { $ref: '#/$defs/action/properties/error' },
    response: {
      type: ['object', 'null'],
      description: 'What the caller gets; null when there must be no answer.',
      properties: { statusCode: { type: 'integer' }, headers: { type: 'object' }, body: {} },
      additionalProperties: false,
    },
    actions: { type: 'object', additionalProperties: { $ref: '#/$defs/action' } },
    notRun: {
      type: 'array',
      items: { type: 'string' },
      description: 'Actions that are skipped or never reached.',
    },
    order: {
      type: 'array',
      items: { type: 'string' },
      description: 'Actions in the order in which they begin.',
    },
  },
  additionalProperties: false,
};

const caseMembers: JsonObject = {
  name: { type: 'string' },
  trigger: { description: 'The trigger\'s outputs: {"body": …, "headers": …}.' },
  triggerName: { type: 'string' },
  now: { type: 'string', format: 'date-time' },
  parameters: { type: 'object' },
  mocks: { $ref: '#/$defs/mocks' },
  expect: { $ref: '#/$defs/expectation' },
};

/** The format of `*.flowtest.json`, as JSON Schema. What stands beside `cases` counts for each of them. */
export const FLOW_TEST_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Tests of a flow',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    flow: {
      type: 'string',
      description: 'The path of the definition from this file; X.json for X.flowtest.json unless given.',
    },
    ...caseMembers,
    cases: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: caseMembers,
        required: ['name', 'expect'],
        additionalProperties: false,
      },
    },
  },
  anyOf: [{ required: ['expect'] }, { required: ['cases'] }],
  additionalProperties: false,
  $defs: { outcome, mocks, runStatus, action: actionExpectation, expectation },
};
