import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../src/base/index.ts';
import { type CompiledConnector, type CompiledOperation, compileConnector } from '../src/connector/index.ts';
import { makeSample } from '../src/schema/index.ts';
import { importText } from '../test/documents/read.ts';
import { serve, type TestServer } from '../test/servers.ts';

/** A parcel service that publishes a document and answers by it, but for one member that nobody described. */
export interface ParcelService extends TestServer {
  /** Where its document is fetched. */
  readonly documentUrl: string;
  /** The key it accepts, in the header `API-Key`. */
  readonly key: string;
  /** Six that a shop needs. */
  readonly operations: readonly CompiledOperation[];
  /** The one that tells where a parcel is. */
  readonly track: CompiledOperation;
  /** What stands in the answers and not in the document. */
  readonly extra: string;
}

interface PublishedDocument {
  readonly text: string;
  /** Ids; the first is the operation that tracks. */
  readonly operations: readonly string[];
}

const KEY = 'live_0123456789abcdef';
const EXTRA = 'delivery_window';

export async function startParcelService(): Promise<ParcelService> {
  let document: PublishedDocument | undefined;
  let connector: CompiledConnector | undefined;
  const server = await serve((request, response) => {
    if (request.url === '/openapi') response.writeHead(200).end(document?.text);
    else answer(request, response, connector);
  });
  const { url } = server;
  document = (await readRealDocument(url)) ?? writeDocument(url);
  const { definition } = importText(document.text, 'openapi');
  if (definition === undefined) throw new Error('The document of the parcel service cannot be read.');
  connector = compileConnector(definition);
  const operations = document.operations.map((id) => requireOperation(connector, id));
  return {
    ...server,
    documentUrl: `${url}/openapi`,
    key: KEY,
    operations,
    track: requireOperation(connector, document.operations[0] ?? ''),
    extra: EXTRA,
  };
}

function requireOperation(connector: CompiledConnector | undefined, id: string): CompiledOperation {
  const operation = connector?.operation(id);
  if (operation === undefined) throw new Error(`The document has no operation ${id}.`);
  return operation;
}

/** ShipEngine's document, where there is a corpus, with this server in the place of theirs. */
async function readRealDocument(url: string): Promise<PublishedDocument | undefined> {
  const corpus = process.env['PATCHBAY_CORPUS'];
  const file = join(corpus ?? '', 'openapi', 'ShipEngine_openapi.yaml');
  if (!corpus || !existsSync(file)) return undefined;
  const text = (await readFile(file, 'utf8')).replaceAll('https://api.shipengine.com', url);
  const operations = [
    'get_tracking_log',
    'create_label',
    'list_labels',
    'get_label_by_id',
    'list_carriers',
    'void_label',
  ];
  return { text, operations };
}

/** One of our own. It forgets to say that there is a key, as documents do. */
function writeDocument(url: string): PublishedDocument {
  const state: JsonObject = {
    type: 'object',
    required: ['tracking_number', 'status_code'],
    properties: { tracking_number: { type: 'string' }, status_code: { type: 'string' } },
  };
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema: state } } } };
  const query = ['carrier_code', 'tracking_number'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const names = ['Labels', 'Carriers', 'Rates', 'Batches', 'Manifests', 'Warehouses'];
  const lists = names.map((name) => [
    `/v1/${name.toLowerCase()}`,
    { get: { operationId: `list_${name}`, summary: `List ${name.toLowerCase()}`, responses } },
  ]);
  const document = {
    openapi: '3.0.3',
    info: { title: 'Parcel service', version: '1.0' },
    servers: [{ url }],
    paths: {
      '/v1/tracking': {
        get: { operationId: 'track', summary: 'Track a parcel', parameters: query, responses },
      },
      ...Object.fromEntries(lists),
    },
  };
  const operations = ['track', ...names.slice(0, 5).map((name) => `list_${name}`)];
  return { text: JSON.stringify(document), operations };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  connector: CompiledConnector | undefined,
): void {
  const send = (status: number, body: JsonObject) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.headers['api-key'] !== KEY) return void send(401, { message: 'The API key is not valid.' });
  const operation = connector?.find(request.method ?? 'GET', request.url ?? '/')?.operation;
  if (connector === undefined || operation === undefined) return void send(404, { message: 'Not found.' });
  const sample = makeSample(operation.successResponse?.schema ?? {}, connector.definition.openapi);
  send(200, { ...(isJsonObject(sample) ? sample : {}), [EXTRA]: 'morning' });
}
