import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { checkFlow } from '../check-flow.ts';
import { compileFlow } from '../compile.ts';
import { testFlow } from './test-flow.ts';

const run = (actions: JsonObject, mocks: JsonObject = {}, more: JsonObject = {}) =>
  testFlow(
    { triggers: { manual: { type: 'Request', inputs: {} } }, actions, ...more },
    { mocks: { actions: mocks } },
  );

const statuses = (result: ReturnType<typeof run>) =>
  Object.fromEntries(result.actions.map(({ key, status }) => [key, status]));

const http: JsonObject = { type: 'Http', inputs: { method: 'GET', uri: 'https://api.example/' } };

describe('time limits', () => {
  test('a scope whose time is up ends as TimedOut, what is under way in it is cancelled, and the flow goes on', () => {
    const result = run(
      {
        Work: {
          type: 'Scope',
          limit: { timeout: 'PT1M' },
          actions: {
            Rest: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } },
            Later: { type: 'Compose', inputs: 1, runAfter: { Rest: ['Succeeded'] } },
          },
        },
        Tell: { type: 'Compose', inputs: "@actions('Work')['code']", runAfter: { Work: ['TimedOut'] } },
      },
      {},
    );
    expect(statuses(result)).toMatchObject({ Work: 'TimedOut', Rest: 'Cancelled', Tell: 'Succeeded' });
    expect(result.status).toBe('Succeeded');
    expect(result.actions.find(({ name }) => name === 'Tell')?.outputs).toBe('ActionTimedOut');
  });

  test('a scope that ends in time is not woken by its limit', () => {
    const result = run({
      Work: { type: 'Scope', limit: { timeout: 'PT1M' }, actions: { A: { type: 'Compose', inputs: 1 } } },
      Rest: {
        type: 'Wait',
        inputs: { interval: { count: 1, unit: 'Hour' } },
        runAfter: { Work: ['Succeeded'] },
      },
    });
    expect(statuses(result)).toEqual({ Work: 'Succeeded', A: 'Succeeded', Rest: 'Succeeded' });
  });

  test('a call that answers too late is TimedOut', () => {
    const result = run(
      { Ask: { ...http, limit: { timeout: 'PT30S' } } },
      { Ask: { body: 1, after: 'PT1M' } },
    );
    expect(statuses(result)).toEqual({ Ask: 'TimedOut' });
  });

  test('a call is not tried again when its time would be over', () => {
    const failing = { statusCode: 503, retryable: true };
    const asked = (limit: JsonObject) => run({ Ask: { ...http, ...limit } }, { Ask: failing }).actions[0];
    expect(asked({})?.attempts).toBe(5);
    expect(asked({ limit: { timeout: 'PT10S' } })?.attempts).toBeLessThan(3);
  });
});

test('a static result stands for the action while it is enabled', () => {
  const runtimeConfiguration = { staticResult: { name: 'Ask0', staticResultOptions: 'Enabled' } };
  const staticResults = { Ask0: { status: 'Succeeded', outputs: { statusCode: 200, body: 'fixed' } } };
  const result = run({ Ask: { ...http, runtimeConfiguration } }, {}, { staticResults });
  expect(result.actions[0]).toMatchObject({ status: 'Succeeded', outputs: { body: 'fixed' } });
  const missing = checkFlow({ actions: { Ask: { ...http, runtimeConfiguration } } });
  expect(missing.errors.map(({ code }) => code)).toEqual(['FLOW_STATIC_RESULT']);
});

test('tracked properties are evaluated over the record of the action, and left out where it is secret', () => {
  const trackedProperties = { order: "@action()['outputs']['body']['id']", by: "@{workflow()['name']}" };
  const tracked = (more: JsonObject) =>
    run({ Ask: { ...http, trackedProperties, ...more } }, { Ask: { body: { id: 7 } } }).actions[0]?.tracked;
  expect(tracked({})).toEqual({ order: 7, by: 'test' });
  const secureData = { secureData: { properties: ['outputs'] } };
  expect(tracked({ runtimeConfiguration: secureData })).toBeUndefined();
});

test('actions that are one function of the language', () => {
  const value = (kind: string, inputs: JsonObject) =>
    run({ A: { type: 'Expression', kind, inputs } }).actions[0]?.outputs;
  expect(value('AddToTime', { baseTime: '2026-01-01T00:00:00Z', interval: '2', timeUnit: 'Day' })).toEqual({
    body: '2026-01-03T00:00:00.0000000Z',
  });
  expect(
    value('ConvertTimeZone', {
      baseTime: '2026-07-01T12:00:00Z',
      sourceTimeZone: 'UTC',
      destinationTimeZone: 'W. Europe Standard Time',
      formatString: 'HH:mm',
    }),
  ).toEqual({ body: '14:00' });
  expect(value('CurrentTime', {})).toEqual({ body: '2026-01-01T00:00:00.0000000Z' });
  expect(value('FormatNumber', { number: 1234.5, format: 'N2', locale: 'de-DE' })).toEqual({
    body: '1.234,50',
  });
  expect(value('Substring', { text: 'telescope', startIndex: 0, length: 4 })).toEqual({ body: 'tele' });
});

test('text is cut between words into pieces that overlap', () => {
  const text = 'one two three four five six';
  const inputs = { text, chunkingStrategy: 'FixedLength', MaxPageLength: 12, PageOverlapLength: 4 };
  const { outputs } = run({ A: { type: 'ChunkText', inputs } }).actions[0] ?? {};
  const chunks = (outputs as { body: { value: string[] } }).body.value;
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.every((chunk) => chunk.length <= 12)).toBe(true);
  expect(chunks[0]).toBe('one two ');
  expect(text.endsWith(chunks.at(-1) ?? '?')).toBe(true);
});

test('documents that are text are read, others say what to do', () => {
  const parse = (content: Json) => run({ A: { type: 'ParseDocument', inputs: { content } } }).actions[0];
  const html = { '$content-type': 'text/html', $content: btoa('<h1>Hi</h1><p>a &amp; b</p>') };
  expect(parse(html)?.outputs).toEqual({ body: { text: 'Hi\na & b' } });
  const pdf = { '$content-type': 'application/pdf', $content: '' };
  expect(parse(pdf)?.error?.code).toBe('ActionTypeNotSupported');
});

describe('types that cannot run here', () => {
  const xslt: JsonObject = { type: 'Xslt', inputs: { content: '<a/>', map: { name: 'm' } } };

  test('are a warning, fail with what to use instead, and can be mocked', () => {
    const { errors, warnings } = checkFlow({
      triggers: { t: { type: 'Batch', inputs: {} } },
      actions: { A: xslt },
    });
    expect(errors).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['FLOW_TRIGGER_NOT_RUN', 'FLOW_ACTION_NOT_RUN']);
    expect(run({ A: xslt }).actions[0]?.error).toMatchObject({
      code: 'ActionTypeNotSupported',
      message: expect.stringContaining('JavaScriptCode'),
    });
    expect(run({ A: xslt }, { A: { body: '<b/>' } }).actions[0]).toMatchObject({ status: 'Succeeded' });
  });

  test('a type that nobody has heard of is an error', () => {
    expect(checkFlow({ actions: { A: { type: 'Compos', inputs: 1 } } }).errors[0]?.message).toContain(
      "Did you mean 'compose'?",
    );
  });
});

test('a loop without a number runs one turn at a time in Power Automate, twenty in Logic Apps', () => {
  const concurrency = (neighbour: JsonObject) => {
    const loop = {
      type: 'Foreach',
      foreach: '@triggerBody()',
      actions: { A: { type: 'Compose', inputs: 1 } },
    };
    const { work } = compileFlow({ actions: { Loop: loop, N: neighbour } }).actions.get('Loop') ?? {};
    return work?.kind === 'foreach' ? work.concurrency : undefined;
  };
  const host = { connectionName: 'x', operationId: 'y' };
  expect(concurrency({ type: 'OpenApiConnection', inputs: { host } })).toBe(1);
  const name = "@parameters('$connections')['x']['connectionId']";
  expect(concurrency({ type: 'ApiConnection', inputs: { host: { connection: { name } }, path: '/' } })).toBe(
    20,
  );
  expect(concurrency({ type: 'Compose', inputs: 1 })).toBe(1);
});

test('a child flow runs with mocks of its own, and its answer settles the action', () => {
  const child: JsonObject = {
    triggers: { manual: { type: 'Request', inputs: {} } },
    actions: {
      Ask: http,
      Reply: {
        type: 'Response',
        inputs: { statusCode: 200, body: "@concat(triggerBody()['who'], ' ', body('Ask'))" },
        runAfter: { Ask: ['Succeeded'] },
      },
    },
  };
  const parent: JsonObject = {
    actions: {
      Run_child: {
        type: 'Workflow',
        inputs: { host: { workflowReferenceName: 'greet' }, body: { who: 'Ada' } },
      },
    },
  };
  const mocks = { flows: { greet: { actions: { Ask: { body: 'hello' } } } } };
  const findFlow = (name: string) => (name === 'greet' ? child : undefined);
  expect(testFlow(parent, { mocks, findFlow }).actions[0]?.outputs).toMatchObject({ body: 'Ada hello' });
  expect(testFlow(parent, { mocks: { actions: { Run_child: { body: 1 } } } }).status).toBe('Succeeded');
  expect(testFlow(parent).actions[0]?.error?.code).toBe('MockMissing');
});

test('cells of an HTML table are text, whatever they hold; without rows only the head is there', () => {
  const table = (from: Json, columns: JsonObject[]) =>
    run({ A: { type: 'Table', inputs: { from, format: 'HTML', columns } } }).actions[0]?.outputs;
  const columns = [{ header: 'a<b', value: "@item()?['x']" }];
  expect(table([{ x: '<script>alert("1 & 2")</script>' }, {}, { x: true }], columns)).toEqual({
    body: '<table><thead><tr><th>a&lt;b</th></tr></thead><tbody><tr><td>&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;</td></tr><tr><td></td></tr><tr><td>True</td></tr></tbody></table>',
  });
  expect(table([], columns)).toEqual({
    body: '<table><thead><tr><th>a&lt;b</th></tr></thead><tbody></tbody></table>',
  });
});

test('an Http action waits as long as the service asks, and no retry policy means no second try', () => {
  const busy: Json = [
    { statusCode: 503, retryable: true, retryAfter: 120 },
    { statusCode: 200, body: 'well' },
  ];
  const ask = (inputs: JsonObject) =>
    run({ Ask: { type: 'Http', inputs: { ...(http.inputs as JsonObject), ...inputs } } }, { Ask: busy })
      .actions[0];
  const patient = ask({});
  expect(patient).toMatchObject({ status: 'Succeeded', attempts: 2 });
  expect(Number(patient?.endedAt) - Number(patient?.startedAt)).toBeGreaterThanOrEqual(120_000);
  expect(ask({ retryPolicy: { type: 'none' } })).toMatchObject({ status: 'Failed', attempts: 1 });
  const fixed = ask({ retryPolicy: { type: 'fixed', count: 1, interval: 'PT5S' } });
  expect(fixed).toMatchObject({ status: 'Succeeded', attempts: 2 });
});

test('an action that formats a number takes it as a text too', () => {
  const result = run({
    Format: {
      type: 'Expression',
      kind: 'FormatNumber',
      inputs: { number: '1234.5', format: 'N2', locale: 'en-us' },
    },
  });
  expect(result.actions[0]?.outputs).toEqual({ body: '1,234.50' });
});

describe('variables', () => {
  const init = (name: string, type: string, value: Json) => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name, type, value }] },
  });

  test('whole numbers keep their digits, names ignore case, and any value is appended as text', () => {
    const definition = {
      parameters: { Site: { type: 'String', defaultValue: 'Berlin' } },
      triggers: { manual: { type: 'Request', inputs: {} } },
      actions: {
        Ticks: init('Ticks', 'integer', "@ticks('2026-01-01')"),
        Text: { ...init('text', 'string', ''), runAfter: { Ticks: ['Succeeded'] } },
        Add: {
          type: 'IncrementVariable',
          inputs: { name: 'ticks', value: 1 },
          runAfter: { Text: ['Succeeded'] },
        },
        Append: {
          type: 'AppendToStringVariable',
          inputs: { name: 'Text', value: { n: "@variables('TICKS')", at: "@parameters('site')" } },
          runAfter: { Add: ['Succeeded'] },
        },
        Show: { type: 'Compose', inputs: "@variables('text')", runAfter: { Append: ['Succeeded'] } },
      },
    };
    expect(checkFlow(definition).errors).toEqual([]);
    const result = testFlow(definition);
    expect(result.actions.find(({ name }) => name === 'Show')?.outputs).toBe(
      '{"n":639028224000000001,"at":"Berlin"}',
    );
  });

  test('a variable without a value is appended to as an empty text, and counted up from 0', () => {
    const result = run({
      Init: {
        type: 'InitializeVariable',
        inputs: {
          variables: [
            { name: 't', type: 'string' },
            { name: 'n', type: 'integer' },
          ],
        },
      },
      Append: {
        type: 'AppendToStringVariable',
        inputs: { name: 't', value: 'a' },
        runAfter: { Init: ['Succeeded'] },
      },
      Add: {
        type: 'IncrementVariable',
        inputs: { name: 'n', value: 2 },
        runAfter: { Append: ['Succeeded'] },
      },
      Show: {
        type: 'Compose',
        inputs: "@{variables('t')}@{variables('n')}",
        runAfter: { Add: ['Succeeded'] },
      },
    });
    expect(result.actions.find(({ name }) => name === 'Show')?.outputs).toBe('a2');
  });

  test('a value that is no number changes no number', () => {
    const result = run({
      N: init('n', 'integer', 1),
      Add: { type: 'IncrementVariable', inputs: { name: 'n', value: 'x' }, runAfter: { N: ['Succeeded'] } },
    });
    expect(result.actions.find(({ name }) => name === 'Add')?.error?.message).toContain(
      'cannot be changed by "x"',
    );
  });
});
