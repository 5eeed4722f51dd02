import { readFile } from 'node:fs/promises';
import {
  type Connection,
  type Connector,
  endpoints,
  type Flow,
  type List,
  type ListColumn,
} from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import type { Client } from '../../client/index.ts';
import { CliError } from '../errors.ts';
import type { MailCatcher } from './mail-catcher.ts';
import { locateSample, type SampleApi } from './sample-api.ts';

/** Where the sample's document says that the API is. */
const DOCUMENTED_URL = 'http://127.0.0.1:4010';
const CONNECTOR_NAME = 'parcel-post';
const FLOW_NAME = 'Ship each order';

interface OrdersSample {
  readonly name: string;
  readonly description: string;
  readonly columns: ListColumn[];
  readonly item: JsonObject;
}

export interface DemoSetup {
  readonly list: List;
  readonly flow: Flow;
  /** The order to add. */
  readonly item: JsonObject;
}

/** Makes, or brings up to date, everything the sample flow needs, through the public API. */
export async function setUpSample(
  client: Client,
  sampleApi: SampleApi,
  catcher: MailCatcher,
): Promise<DemoSetup> {
  const orders = JSON.parse(await readFile(locateSample('orders.json'), 'utf8')) as OrdersSample;
  await allowSampleHost(client, sampleApi);
  const mail = { host: '127.0.0.1', port: catcher.port, secure: false, from: 'Orders <orders@example.com>' };
  await client.call(endpoints.updateMailSettings, { body: mail });
  const connector = await putConnector(client, sampleApi);
  const shipping = await putConnection(client, connector.id, { api_key: sampleApi.apiKey });
  const list = await putList(client, orders);
  const flow = await putFlow(client, {
    shipping: shipping.id,
    lists: (await putConnection(client, await findBuiltin(client, 'lists'))).id,
    mail: (await putConnection(client, await findBuiltin(client, 'mail'))).id,
  });
  return { list, flow, item: orders.item };
}

/** Outgoing calls to this machine are refused unless an administrator allows the host. */
async function allowSampleHost(client: Client, sampleApi: SampleApi): Promise<void> {
  const { hosts } = await client.call(endpoints.getAllowedHosts);
  const { host } = new URL(sampleApi.url);
  if (hosts.includes(host)) return;
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [...hosts, host] } });
}

async function putConnector(client: Client, sampleApi: SampleApi): Promise<Connector> {
  const document = await readFile(locateSample('openapi.yaml'), 'utf8');
  const source = { fileName: 'openapi.yaml', text: document.replace(DOCUMENTED_URL, sampleApi.url) };
  const existing = await findConnector(client, CONNECTOR_NAME);
  if (existing === undefined) {
    const body = { ...source, name: CONNECTOR_NAME };
    const { connector } = await client.call(endpoints.importConnector, { body });
    if (connector === undefined) throw new CliError('DEMO_FAILED', 'The sample document was not imported.');
    return client.call(endpoints.getConnector, { params: { id: connector.id } });
  }
  const connector = await client.call(endpoints.getConnector, { params: { id: existing } });
  if (connector.baseUrl === sampleApi.url) return connector;
  await client.call(endpoints.updateConnector, {
    params: { id: existing },
    body: { ...source, note: 'The sample API moved to another port.' },
    ifMatch: connector.latestVersion,
  });
  return client.call(endpoints.getConnector, { params: { id: existing } });
}

async function findBuiltin(client: Client, name: string): Promise<string> {
  const id = await findConnector(client, name);
  if (id === undefined) throw new CliError('DEMO_FAILED', `The built-in connector '${name}' is missing.`);
  return id;
}

async function findConnector(client: Client, name: string): Promise<string | undefined> {
  const { value } = await client.call(endpoints.listConnectors, { query: { limit: 500 } });
  return value.find((connector) => connector.name === name)?.id;
}

/** The connector's first connection, made if there is none, with these parameters. */
async function putConnection(
  client: Client,
  connectorId: string,
  parameters?: JsonObject,
): Promise<Connection> {
  const { value } = await client.call(endpoints.listConnections, { query: { connectorId } });
  const [existing] = value;
  const connection =
    existing === undefined
      ? await client.call(endpoints.createConnection, { body: { connectorId, parameters } })
      : parameters === undefined
        ? existing
        : await client.call(endpoints.updateConnection, {
            params: { id: existing.id },
            body: { parameters },
          });
  if (connection.status === 'connected') return connection;
  const { message } = connection.statusDetail ?? { message: 'nobody knows why' };
  throw new CliError(
    'DEMO_FAILED',
    `The connection to ${connection.connector.title} does not work: ${message}`,
  );
}

async function putList(client: Client, orders: OrdersSample): Promise<List> {
  const { value } = await client.call(endpoints.listLists, { query: { limit: 500 } });
  const existing = value.find((list) => list.name === orders.name);
  const { name, description, columns } = orders;
  return existing ?? client.call(endpoints.createList, { body: { name, description, columns } });
}

/** The flow, saved anew so that it pins the connector's latest version, and on. */
async function putFlow(client: Client, connections: Record<string, string>): Promise<Flow> {
  const definition = await readFile(locateSample('flow.json'), 'utf8');
  const connectionReferences = Object.fromEntries(
    Object.entries(connections).map(([name, connectionId]) => [name, { connectionId }]),
  );
  const body = { name: FLOW_NAME, definition, connectionReferences };
  const { value } = await client.call(endpoints.listFlows, { query: { limit: 500 } });
  const existing = value.find((flow) => flow.name === FLOW_NAME);
  const flow =
    existing === undefined
      ? await client.call(endpoints.createFlow, { body })
      : await client.call(endpoints.updateFlow, {
          params: { id: existing.id },
          body,
          ifMatch: existing.version,
        });
  return client.call(endpoints.patchFlow, { params: { id: flow.id }, body: { state: 'on' } });
}
