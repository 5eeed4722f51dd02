import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { checkFlow } from './check-flow.ts';
import { compileFlow } from './compile.ts';

const flowOf = (actions: JsonObject, more: JsonObject = {}): JsonObject => ({
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions,
  ...more,
});

const codes = (definition: JsonObject, connectionReferences?: string[]) =>
  checkFlow(definition, connectionReferences ? { connectionReferences } : {}).errors.map(
    (problem) => `${problem.code} ${problem.pointer}`,
  );

test('a variable that is set from itself runs, and other platforms would not save it', () => {
  const { errors, warnings } = checkFlow(
    flowOf({
      Init: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'total', type: 'integer', value: 1 }] },
      },
      Set: {
        type: 'SetVariable',
        inputs: { name: 'total', value: "@add(variables('Total'), 1)" },
        runAfter: { Init: ['Succeeded'] },
      },
      Add: {
        type: 'IncrementVariable',
        inputs: { name: 'total', value: 1 },
        runAfter: { Set: ['Succeeded'] },
      },
    }),
  );
  expect(errors).toEqual([]);
  expect(warnings).toEqual([
    {
      code: 'FLOW_SELF_REFERENCE',
      message: expect.stringContaining("Action 'Set' sets the variable 'Total' from itself"),
      pointer: '/actions/Set/inputs/value',
    },
  ]);
});

describe('checkFlow', () => {
  test('finds nothing wrong with a sound flow', () => {
    const { errors, warnings } = checkFlow(
      flowOf({
        A: { type: 'Compose', inputs: "@triggerBody()?['x']" },
        B: { type: 'Compose', inputs: "@outputs('A')", runAfter: { A: ['Succeeded'] } },
      }),
    );
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  });

  test('names the action and the place of a reference to an action that is not there, and what was meant', () => {
    const { errors } = checkFlow(
      flowOf({
        Create_label: { type: 'Compose', inputs: 1 },
        Mail: {
          type: 'Compose',
          inputs: { text: "Your label: @{outputs('Create_labels')?['id']}" },
          runAfter: { Create_label: ['Succeeded'] },
        },
      }),
    );
    expect(errors).toEqual([
      {
        code: 'FLOW_UNKNOWN_ACTION',
        message:
          "Action 'Mail' reads outputs('Create_labels'), but no action is called 'Create_labels'. Did you mean 'Create_label'?",
        pointer: '/actions/Mail/inputs/text',
      },
    ]);
  });

  test('refuses to read an action that does not run before', () => {
    const [error] = checkFlow(
      flowOf({ A: { type: 'Compose', inputs: "@outputs('B')" }, B: { type: 'Compose', inputs: 1 } }),
    ).errors;
    expect(error?.message).toContain("'B' does not run before it");
  });

  test('lets actions read what runs before their container, and a condition read its loop', () => {
    const definition = flowOf({
      A: { type: 'Compose', inputs: 1 },
      S: {
        type: 'Scope',
        runAfter: { A: ['Succeeded'] },
        actions: { In: { type: 'Compose', inputs: "@outputs('A')" } },
      },
      After: { type: 'Compose', inputs: "@outputs('In')", runAfter: { S: ['Succeeded'] } },
      U: {
        type: 'Until',
        expression: "@equals(outputs('Turn'), 1)",
        runAfter: { After: ['Succeeded'] },
        actions: { Turn: { type: 'Compose', inputs: 1 } },
      },
    });
    expect(codes(definition)).toEqual([]);
  });

  test('reports every problem at once, each with its pointer', () => {
    const definition = flowOf(
      {
        A: { type: 'Compose', inputs: "@concat('a'" },
        B: { type: 'Teleport', runAfter: { Nobody: ['Succeeded'] } },
        C: { type: 'SetVariable', inputs: { name: 'count', value: "@parameters('rate')" } },
        D: { type: 'Compose', inputs: 1, runAfter: { E: ['Succeeded'] } },
        E: { type: 'Compose', inputs: 1, runAfter: { D: ['Happy'] } },
        'F/1': { type: 'Compose', inputs: "@items('Loop')" },
      },
      { parameters: {} },
    );
    expect(codes(definition).sort()).toEqual([
      'FLOW_ACTION_TYPE /actions/B/type',
      'FLOW_CYCLE /actions/D/runAfter',
      'FLOW_EXPRESSION /actions/A/inputs',
      'FLOW_RUN_AFTER_STATUS /actions/E/runAfter/D/0',
      'FLOW_RUN_AFTER_UNKNOWN /actions/B/runAfter/Nobody',
      'FLOW_UNKNOWN_LOOP /actions/F~11/inputs',
      'FLOW_UNKNOWN_PARAMETER /actions/C/inputs/value',
      'FLOW_UNKNOWN_VARIABLE /actions/C/inputs',
    ]);
  });

  test('only warns of parameters when the flow declares none: they may stand in a file of their own', () => {
    const { errors, warnings } = checkFlow(flowOf({ A: { type: 'Compose', inputs: "@parameters('rate')" } }));
    expect(errors).toEqual([]);
    expect(warnings.map((warning) => warning.code)).toEqual(['FLOW_UNKNOWN_PARAMETER']);
  });

  test('variables are initialized once and at the top', () => {
    const init: JsonObject = {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'n', type: 'integer' }] },
    };
    expect(codes(flowOf({ A: init, B: init, S: { type: 'Scope', actions: { C: init } } }))).toEqual([
      'FLOW_VARIABLE_TWICE /actions/B/inputs',
      'FLOW_VARIABLE_TWICE /actions/S/actions/C/inputs',
      'FLOW_VARIABLE_NESTED /actions/S/actions/C/inputs',
    ]);
  });

  test('two actions of one name are an error even in different scopes', () => {
    const a: JsonObject = { type: 'Compose', inputs: 1 };
    expect(codes(flowOf({ A: a, S: { type: 'Scope', actions: { A: a } } }))).toEqual([
      'FLOW_DUPLICATE_NAME /actions/S/actions/A',
    ]);
  });

  test('asks for a connection for each reference that is used', () => {
    const action: JsonObject = {
      type: 'OpenApiConnection',
      inputs: { host: { connectionName: 'shipping', operationId: 'Track' }, parameters: {} },
    };
    expect(codes(flowOf({ A: action }), ['shipping'])).toEqual([]);
    expect(codes(flowOf({ A: action }), [])).toEqual(['FLOW_CONNECTION_UNKNOWN /actions/A/inputs/host']);
  });

  test('reads the connection that Logic Apps names by an expression', () => {
    const name = "@parameters('$connections')['office365']['connectionId']";
    const action: JsonObject = {
      type: 'ApiConnection',
      inputs: { host: { connection: { name } }, method: 'get', path: '/x' },
    };
    expect(codes(flowOf({ A: action }), ['office365'])).toEqual([]);
  });

  test('refuses nesting without end instead of exhausting the stack', () => {
    let actions: JsonObject = { A: { type: 'Compose', inputs: 1 } };
    for (let depth = 0; depth < 200; depth++) actions = { [`S${depth}`]: { type: 'Scope', actions } };
    expect(checkFlow(flowOf(actions)).errors[0]?.code).toBe('FLOW_TOO_DEEP');
  });
});

describe('settings', () => {
  const trigger = (recurrence: JsonObject) => ({
    triggers: { tick: { type: 'Recurrence', recurrence } },
    actions: { A: { type: 'Compose', inputs: 1 } },
  });

  test('a part of a schedule that belongs to another frequency is a warning', () => {
    const check = (frequency: string) =>
      checkFlow(trigger({ frequency, schedule: { hours: [8], monthDays: [1, -1] } }));
    expect(check('Month')).toMatchObject({ errors: [], warnings: [] });
    expect(check('Week')).toMatchObject({
      errors: [],
      warnings: [{ code: 'FLOW_SCHEDULE_IDLE', pointer: '/triggers/tick/recurrence/schedule/monthDays' }],
    });
  });

  test.each<[string, JsonObject, string]>([
    ['a frequency', trigger({ frequency: 'Fortnight', interval: 1 }), 'FLOW_VALUE /triggers/tick/recurrence'],
    [
      'a day of the month',
      trigger({ frequency: 'Month', schedule: { monthDays: [40] } }),
      'FLOW_VALUE /triggers/tick/recurrence',
    ],
    ['an interval', trigger({ frequency: 'Day', interval: 0 }), 'FLOW_VALUE /triggers/tick/recurrence'],
    [
      'no recurrence',
      { triggers: { tick: { type: 'Recurrence' } }, actions: {} },
      'FLOW_VALUE /triggers/tick/recurrence',
    ],
    [
      'an If without a condition',
      flowOf({ A: { type: 'If', actions: {} } }),
      'FLOW_INPUT_MISSING /actions/A',
    ],
    [
      'an Until without a condition',
      flowOf({ A: { type: 'Until', actions: {} } }),
      'FLOW_INPUT_MISSING /actions/A',
    ],
    ['a Switch over nothing', flowOf({ A: { type: 'Switch', cases: {} } }), 'FLOW_INPUT_MISSING /actions/A'],
    [
      'a Foreach over nothing',
      flowOf({ A: { type: 'Foreach', actions: {} } }),
      'FLOW_INPUT_MISSING /actions/A',
    ],
    [
      'a Wait for nothing',
      flowOf({ A: { type: 'Wait', inputs: {} } }),
      'FLOW_INPUT_MISSING /actions/A/inputs',
    ],
    [
      'a status',
      flowOf({ A: { type: 'Terminate', inputs: { runStatus: 'Succeded' } } }),
      'FLOW_VALUE /actions/A/inputs/runStatus',
    ],
    [
      'a status that is the name of a type',
      flowOf({ A: { type: 'Terminate', inputs: { runStatus: 'int' } } }),
      'FLOW_VALUE /actions/A/inputs/runStatus',
    ],
    [
      'a retry policy',
      flowOf({ A: { type: 'Http', inputs: { uri: 'https://x.example', retryPolicy: { type: 'often' } } } }),
      'FLOW_VALUE /actions/A/inputs/retryPolicy/type',
    ],
    [
      'the type of a variable',
      flowOf({ A: { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'txt' }] } } }),
      'FLOW_VALUE /actions/A/inputs/variables/0/type',
    ],
    [
      'a duration',
      flowOf({ A: { type: 'Scope', actions: {}, limit: { timeout: '1 hour' } } }),
      'FLOW_VALUE /actions/A/limit/timeout',
    ],
  ])('%s', (_name, definition, found) => {
    expect(codes(definition)).toEqual([found]);
  });

  test('what an expression or a deployment fills in is not judged, nor how words are written', () => {
    expect(
      codes(trigger({ frequency: "[parameters('frequency')]", interval: "[parameters('interval')]" })),
    ).toEqual([]);
    expect(codes(trigger({ frequency: 'YEAR', interval: '2', timeZone: 'A zone of tomorrow' }))).toEqual([]);
    const actions = {
      A: {
        type: 'Http',
        inputs: { uri: 'https://x.example', retryPolicy: { type: "@if(true, 'none', 'fixed')" } },
      },
      B: { type: 'Scope', actions: {}, limit: { timeout: "@concat('PT', 5, 'M')" } },
      C: { type: 'Terminate', inputs: { runStatus: 'FAILED' } },
    };
    expect(codes(flowOf(actions))).toEqual([]);
  });
});

test('a number beyond what JavaScript counts exactly may stand in what ends a subscription', () => {
  const subscribe = { method: 'POST', uri: 'https://fruit.example/hooks' };
  const unsubscribe = {
    method: 'DELETE',
    uri: 'https://fruit.example/hooks',
    body: { id: 9007199254740993n },
  };
  expect(codes(flowOf({ Ask: { type: 'HttpWebhook', inputs: { subscribe, unsubscribe } } }))).toEqual([]);
});

describe('the tools of an agent', () => {
  const agent = (actions: JsonObject, more: JsonObject = {}) =>
    flowOf({ Agent: { type: 'Agent', inputs: {}, tools: { Look: { type: 'Tool', actions } } }, ...more });
  const problemsOf = (definition: JsonObject) =>
    checkFlow(definition).errors.map(({ code, pointer }) => `${code} ${pointer}`);

  test('are checked like the actions of a scope', () => {
    const place = '/actions/Agent/tools/Look/actions';
    expect(
      problemsOf(
        agent({
          Read: { type: 'Compose', inputs: "@body('Lost')" },
          Send: { type: 'Http', inputs: {}, runAfter: { Red: ['Succeeded'] } },
          Add: { type: 'SetVariable', inputs: { name: 'none', value: 1 } },
          Odd: { type: 'Compos', inputs: "@agentParameters('City'" },
        }),
      ).sort(),
    ).toEqual(
      [
        `FLOW_ACTION_TYPE ${place}/Odd/type`,
        `FLOW_EXPRESSION ${place}/Odd/inputs`,
        `FLOW_INPUT_MISSING ${place}/Send/inputs`,
        `FLOW_RUN_AFTER_UNKNOWN ${place}/Send/runAfter/Red`,
        `FLOW_UNKNOWN_ACTION ${place}/Read/inputs`,
        `FLOW_UNKNOWN_VARIABLE ${place}/Add/inputs`,
      ].sort(),
    );
  });

  test('share the names of the flow, and need the connections that they use', () => {
    const call = {
      type: 'OpenApiConnection',
      inputs: { host: { connectionName: 'mail', operationId: 'Send' } },
    };
    const twice = agent({ Done: call }, { Done: { type: 'Compose', inputs: 1 } });
    expect(problemsOf(twice)).toEqual(['FLOW_DUPLICATE_NAME /actions/Done']);
    expect(
      checkFlow(agent({ Done: call }), { connectionReferences: [] }).errors.map(({ code }) => code),
    ).toEqual(['FLOW_CONNECTION_UNKNOWN']);
  });

  test('a Response in one of them answers no caller', () => {
    const reply = { type: 'Response', inputs: { statusCode: 200 } };
    expect(compileFlow(agent({ Reply: reply })).hasResponse).toBe(false);
    expect(compileFlow(agent({}, { Reply: reply })).hasResponse).toBe(true);
  });
});
