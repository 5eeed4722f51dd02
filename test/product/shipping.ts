import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { endpoints } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { type ReadyProcess, startProcess } from './child.ts';

const FOLDER = new URL('../../samples/shipping/', import.meta.url);
/** Where the sample's document says that the API is. */
const DOCUMENTED_URL = 'http://127.0.0.1:4010';
export const SHIPPING_KEY = 'sample-key';

/** The sample shipping API as a process of its own. */
export interface ShippingApi extends ReadyProcess {
  readonly url: string;
}

export async function startShippingApi(): Promise<ShippingApi> {
  const server = fileURLToPath(new URL('server.ts', FOLDER));
  const child = await startProcess([server, '--port', '0', '--api-key', SHIPPING_KEY]);
  return { ...child, url: child.firstLine };
}

/** The sample's OpenAPI document for a server elsewhere. */
export async function readShippingDocument(serverUrl: string): Promise<string> {
  const text = await readFile(new URL('openapi.yaml', FOLDER), 'utf8');
  return text.replace(DOCUMENTED_URL, serverUrl);
}

/** Imports a document and connects with the sample's key. Returns the connection's id. */
export async function connectShipping(client: Client, name: string, document: string): Promise<string> {
  const { connector, errors } = await client.call(endpoints.importConnector, {
    body: { name, fileName: 'openapi.yaml', text: document },
  });
  if (connector === undefined) throw new Error(`The sample was not imported: ${JSON.stringify(errors)}`);
  const { id } = await client.call(endpoints.createConnection, {
    body: { connectorId: connector.id, name, parameters: { api_key: SHIPPING_KEY } },
  });
  return id;
}

/** Outgoing calls to this machine are refused unless an administrator allows the host. */
export async function allowHost(client: Client, url: string): Promise<void> {
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(url).host] } });
}

/** Stores a flow, turns it on, and gives the URL of its Request trigger. */
export async function publishFlow(
  client: Client,
  name: string,
  definition: object,
  connections: Readonly<Record<string, string>>,
): Promise<{ id: string; url: string }> {
  const connectionReferences = Object.fromEntries(
    Object.entries(connections).map(([reference, connectionId]) => [reference, { connectionId }]),
  );
  const { id } = await client.call(endpoints.createFlow, {
    body: { name, definition: JSON.stringify(definition), connectionReferences },
  });
  await client.call(endpoints.patchFlow, { params: { id }, body: { state: 'on' } });
  const { url } = await client.call(endpoints.getTriggerUrl, { params: { id } });
  return { id, url };
}
