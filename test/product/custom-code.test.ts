import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { ApiError, streamRun } from '../../src/client/index.ts';
import { serve, type TestServer } from '../servers.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

let patchbay: TestProduct;
let api: TestServer;

beforeAll(async () => {
  patchbay = await startTestProduct();
  api = await serve((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ url: request.url }));
  });
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [api.host] } });
});

afterAll(async () => {
  await patchbay?.stop();
  await api?.close();
});

const encode = (text: string) => Buffer.from(text).toString('base64');
const CSHARP = 'public class Script : ScriptBase { /* case "Find": */ }';

function listFiles(scripts: Record<string, string>) {
  const definition = {
    swagger: '2.0',
    info: { title: 'Shops', version: '1' },
    host: api.host,
    schemes: ['http'],
    paths: {
      '/shops': {
        get: {
          operationId: 'Find',
          parameters: [{ name: 'tag', in: 'query', type: 'string' }],
          responses: { '200': { description: 'ok', schema: { type: 'object' } } },
        },
      },
    },
  };
  const files = {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({
      properties: { connectionParameters: {}, scriptOperations: ['Find'] },
    }),
    ...scripts,
  };
  return Object.entries(files).map(([path, text]) => ({ path, base64: encode(text) }));
}

test('a connector in C# says what waits for a port, and runs when it is ported', async () => {
  const { client } = patchbay;
  const report = await client.call(endpoints.importConnector, {
    body: { name: 'shops', files: listFiles({ 'script.csx': CSHARP }) },
  });
  expect(report.warnings.map(({ code }) => code)).toContain('CONNECTOR_SCRIPT_NEEDS_PORT');
  expect(report.operations).toMatchObject([{ operationId: 'Find', customCode: 'needsPort' }]);
  const connectorId = report.connector?.id ?? '';
  const { id: connectionId } = await client.call(endpoints.createConnection, {
    body: { connectorId, name: 'mine', parameters: {} },
  });
  const call = () =>
    client.call(endpoints.callOperation, {
      params: { id: connectionId, operationId: 'Find' },
      body: { parameters: { tag: 'a,b' } },
    });
  const refused = await call().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({ code: 'ScriptNeedsPort' });

  const broken = await client
    .call(endpoints.updateConnector, {
      params: { id: connectorId },
      ifMatch: 1,
      body: {
        files: listFiles({
          'script.csx': CSHARP,
          'script.ts': 'export default (ctx) => {\n  return ctx.;\n}',
        }),
      },
    })
    .catch((error: unknown) => error);
  expect(broken).toMatchObject({
    code: 'DOCUMENT_REFUSED',
    message: expect.stringContaining('script.ts line 2, column'),
  });

  const script = `export default (ctx: { request: { url: URL }, send(): unknown }) => {
    ctx.request.url.searchParams.set('ported', 'yes');
    return ctx.send();
  }`;
  const saved = await client.call(endpoints.updateConnector, {
    params: { id: connectorId },
    ifMatch: 1,
    body: { files: listFiles({ 'script.csx': CSHARP, 'script.ts': script }) },
  });
  expect(saved.operations).toMatchObject([{ operationId: 'Find', customCode: 'runs' }]);
  expect(saved.warnings).toEqual([]);
  expect(await call()).toMatchObject({ statusCode: 200, body: { url: '/shops?tag=a%2Cb&ported=yes' } });

  const { definition } = await client.call(endpoints.getConnectorVersion, {
    params: { id: connectorId, version: 2 },
  });
  expect(definition).toMatchObject({ files: { 'script.csx': encode(CSHARP), 'script.ts': encode(script) } });
});

test('a flow runs inline code over what its actions gave', async () => {
  const { client } = patchbay;
  const definition = {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      Numbers: { type: 'Compose', inputs: [1, 2, 3] },
      Sum: {
        type: 'JavaScriptCode',
        runAfter: { Numbers: ['Succeeded'] },
        inputs: { code: 'return workflowContext.actions.Numbers.outputs.reduce((a, b) => a + b, 0);' },
      },
      Wrong: { type: 'JavaScriptCode', runAfter: { Sum: ['Succeeded'] }, inputs: { code: '\n  missing();' } },
    },
  };
  const flow = await client.call(endpoints.createFlow, {
    body: { name: 'code', definition: JSON.stringify(definition) },
  });
  const { runId } = await client.call(endpoints.runFlow, { params: { id: flow.id }, body: { inputs: {} } });
  for await (const _update of streamRun(client, runId));
  const { actions } = await client.call(endpoints.getRun, { params: { id: runId } });
  expect(actions).toMatchObject([
    { key: 'Numbers' },
    { key: 'Sum', status: 'Succeeded', outputs: { body: 6 } },
    { key: 'Wrong', status: 'Failed', error: { message: expect.stringContaining('line 2, column') } },
  ]);
});
