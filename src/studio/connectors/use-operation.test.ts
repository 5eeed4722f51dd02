import { expect, test } from 'vitest';
import type { Connector, OperationDetail } from '../../api/index.ts';
import { flattenInputs, writeCurl, writeFlow, writeStep, writeTypeScript } from './use-operation.ts';

const operation = {
  operationId: 'CreateLabel',
  summary: 'Create a label',
  kind: 'action',
  body: { name: 'body' },
  sample: { dry: true, body: { to: { name: "O'Hara" }, parts: [{ kg: 1 }], extra: {} } },
} as unknown as OperationDetail;
const connector = { name: 'parcel-post' } as Connector;

test('members of the body are named by their path, lists stay whole', () => {
  expect(flattenInputs(operation.sample, 'body')).toEqual({
    dry: true,
    'body/to/name': "O'Hara",
    'body/parts': [{ kg: 1 }],
    'body/extra': {},
  });
});

test('a step names the connector, the operation and a reference', () => {
  expect(writeStep(connector, operation)).toMatchObject({
    Create_a_label: {
      type: 'OpenApiConnection',
      inputs: { host: { connectionName: 'parcel-post', operationId: 'CreateLabel' } },
    },
  });
});

test('a trigger stands where triggers do, and polls or waits as it is', () => {
  const trigger = { ...operation, kind: 'trigger', triggerType: 'webhook' } as OperationDetail;
  const flow = JSON.parse(writeFlow(connector, trigger));
  expect(flow.actions).toEqual({});
  expect(flow.triggers.Create_a_label).toMatchObject({ type: 'OpenApiConnectionWebhook' });
  const polling = JSON.parse(writeFlow(connector, { ...trigger, triggerType: 'polling' }));
  expect(polling.triggers.Create_a_label.recurrence).toEqual({ frequency: 'Minute', interval: 3 });
});

test('a command survives quotes in its inputs, and holds no key', () => {
  const command = writeCurl({ origin: 'http://localhost:4000', connectionId: 'c1', operation });
  expect(command).toContain(`O'\\''Hara`);
  expect(command).toContain('$PATCHBAY_API_KEY');
});

test('the typed client is called with the sample; its key comes from the environment', () => {
  const text = writeTypeScript(
    {
      ...connector,
      title: 'Parcel Post',
      authentication: [{ parameters: [{ name: 'api-key', secret: true }] }],
    } as unknown as Connector,
    { ...operation, sample: { dry: true } } as OperationDetail,
  );
  expect(text).toBe(`import { ParcelPostClient } from './parcel-post.ts';

const client = new ParcelPostClient({
  credentials: {
    "api-key": () => process.env.API_KEY ?? '',
  },
});
const result = await client.createLabel({
  "dry": true
});`);
});
