import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { walkFlow } from './walk-flow.ts';

const flowOf = (actions: JsonObject): JsonObject => ({
  triggers: { manual: { type: 'Request', inputs: {}, conditions: [{ expression: '@equals(1, 2)' }] } },
  actions,
});
const http: JsonObject = { type: 'Http', inputs: { method: 'GET', uri: 'https://api.example/' } };

test('goes along every branch, loop and failure, with answers made from the way they are used', () => {
  const walk = walkFlow(
    flowOf({
      Get: http,
      Loop: {
        type: 'Foreach',
        foreach: "@body('Get')?['orders']",
        runAfter: { Get: ['Succeeded'] },
        actions: {
          Late: {
            type: 'If',
            expression: { greater: ["@items('Loop')?['days']", 3] },
            actions: { Remind: { type: 'Compose', inputs: "@toUpper(items('Loop')?['customer']?['name'])" } },
            else: { actions: { Rest: { type: 'Compose', inputs: "@addDays(item()?['due'], 1)" } } },
          },
          Kind: {
            type: 'Switch',
            expression: "@item()?['kind']",
            cases: { Big: { case: 'big', actions: { Crate: { type: 'Compose', inputs: 1 } } } },
            default: { actions: { Bag: { type: 'Compose', inputs: 2 } } },
          },
        },
      },
      Work: { type: 'Scope', runAfter: { Loop: ['Succeeded'] }, actions: { Send: http } },
      Tell: {
        type: 'Compose',
        inputs: "@first(result('Work'))?['status']",
        runAfter: { Work: ['Failed', 'TimedOut'] },
      },
      Alarm: { type: 'Compose', inputs: 1, runAfter: { Tell: ['Skipped'] } },
    }),
  );
  expect({ ...walk, runs: 0 }).toEqual({
    actions: 12,
    reached: [
      'Get',
      'Loop',
      'Late',
      'Remind',
      'Rest',
      'Kind',
      'Crate',
      'Bag',
      'Work',
      'Send',
      'Tell',
      'Alarm',
    ],
    unreached: [],
    stumbles: new Map(),
    runs: 0,
  });
});

test('tells what an action stumbles over that no data can help', () => {
  const { reached, unreached, stumbles } = walkFlow(
    flowOf({
      Broken: { type: 'Compose', inputs: '@div(1, 0)' },
      After: { type: 'Compose', inputs: 1, runAfter: { Broken: ['Succeeded'] } },
    }),
  );
  expect([reached, unreached]).toEqual([['After'], ['Broken']]);
  expect(stumbles.get('Broken')).toContain('divide by zero');
});

test('calls each tool of an agent, with arguments from its schema', () => {
  const schema = { type: 'object', properties: { City: { type: 'string' }, Days: { type: 'integer' } } };
  const look: JsonObject = {
    Warm: {
      type: 'If',
      expression: "@greater(agentParameters('Days'), 3)",
      actions: { Far: { type: 'Compose', inputs: "@toUpper(agentParameters('City'))" } },
      else: { actions: { Near: { type: 'Compose', inputs: "@concat(agentParameters('City'), '!')" } } },
    },
    Ask: { ...http, runAfter: { Warm: ['Succeeded'] } },
    Read: { type: 'Compose', inputs: "@body('Ask')['degrees']", runAfter: { Ask: ['Succeeded'] } },
  };
  const walk = walkFlow(
    flowOf({
      Agent: {
        type: 'Agent',
        inputs: {},
        tools: {
          Look: { agentParameterSchema: schema, actions: look },
          Tell: { actions: { Say: { type: 'Compose', inputs: "@agentParameters('Text')" } } },
        },
      },
      After: {
        type: 'Compose',
        inputs: "@outputs('Agent')['lastAssistantMessage']",
        runAfter: { Agent: ['Succeeded'] },
      },
    }),
  );
  expect([walk.unreached, [...walk.stumbles]]).toEqual([[], []]);
  expect(walk.actions).toBe(8);
});

describe('made-up data fit the way they are used', () => {
  const next = (name: string) => ({ runAfter: { [name]: ['Succeeded'] } });
  const schema = {
    type: 'object',
    properties: {
      rows: {
        type: 'array',
        items: { type: 'object', properties: { at: { type: 'string' }, n: { type: 'integer' } } },
      },
    },
    required: ['rows'],
  };

  test.each<[string, JsonObject]>([
    [
      'parts of a text, through variables and pieces of pieces',
      {
        Get: http,
        Site: {
          type: 'InitializeVariable',
          inputs: {
            variables: [{ name: 's', type: 'string', value: "@{split(body('Get')['url'], '_layouts')[0]}" }],
          },
          ...next('Get'),
        },
        Path: { type: 'Compose', inputs: "@split(variables('s'), '.com')[1]", ...next('Site') },
        Id: { type: 'Compose', inputs: "@split(split(body('Get')['id'], '/')[3], '-')[2]", ...next('Path') },
      },
    ],
    [
      'a text before a sign, and one that is long enough',
      {
        Get: http,
        Name: {
          type: 'Compose',
          inputs: "@substring(body('Get')['name'], 0, indexOf(body('Get')['name'], '.'))",
          ...next('Get'),
        },
        Day: { type: 'Compose', inputs: "@substring(body('Get')['at'], 0, 19)", ...next('Name') },
      },
    ],
    [
      'the elements of a variable that is set later',
      {
        Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'rows', type: 'array' }] } },
        Get: { ...http, ...next('Init') },
        Set: {
          type: 'SetVariable',
          inputs: { name: 'rows', value: "@body('Get')['value']" },
          ...next('Get'),
        },
        Loop: {
          type: 'Foreach',
          foreach: "@variables('rows')",
          actions: { Use: { type: 'Compose', inputs: "@toUpper(items('loop')['name'])" } },
          ...next('Set'),
        },
      },
    ],
    [
      'what a schema says of JSON and an expression uses of it',
      {
        Get: http,
        Read: { type: 'ParseJson', inputs: { content: "@body('Get')", schema }, ...next('Get') },
        Loop: {
          type: 'Foreach',
          foreach: "@body('Read')['rows']",
          actions: {
            Use: { type: 'Compose', inputs: "@add(item()['n'], length(substring(item()['at'], 0, 30)))" },
          },
          ...next('Read'),
        },
      },
    ],
    [
      'a filter that leaves nothing',
      {
        Get: http,
        Some: {
          type: 'Query',
          inputs: { from: "@body('Get')", where: "@greater(item()['at'], utcNow())" },
          ...next('Get'),
        },
        First: { type: 'Compose', inputs: "@outputs('Some')['body'][0]['id']", ...next('Some') },
      },
    ],
  ])('%s', (_, actions) => {
    const { unreached, stumbles } = walkFlow(flowOf(actions));
    expect(unreached.map((name) => `${name}: ${stumbles.get(name)}`)).toEqual([]);
  });

  test('a value that reads itself leads nowhere, and ends', () => {
    const { unreached } = walkFlow(flowOf({ Odd: { type: 'Compose', inputs: "@outputs('Odd')['x']" } }));
    expect(unreached).toEqual(['Odd']);
  });
});
