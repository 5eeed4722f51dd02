import type { IncomingMessage } from 'node:http';
import { endpoints } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { serve, type TestServer } from '../servers.ts';

/** A request to the token endpoint, as it came. */
export interface TokenAsked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface TokenReply {
  readonly status?: number;
  /** Default `application/json`. */
  readonly type?: string;
  readonly body: string | object;
}

/** An identity provider that says yes at once and answers in whatever dialect the test speaks, and an API behind it. */
export interface DialectProvider {
  readonly url: string;
  readonly host: string;
  /** The query of the last authorization request, and its path. */
  authorization: { readonly path: string; readonly query: Readonly<Record<string, string>> };
  readonly asked: TokenAsked[];
  /** What the token endpoint answers; set by the test. */
  answer: (asked: TokenAsked) => TokenReply | Promise<TokenReply>;
  /** What comes back beside code and state. */
  extra: Record<string, string>;
  /** Replaces the parameters of the way back altogether. */
  refusal: Record<string, string> | undefined;
  /** Access tokens the API takes; undefined: any. */
  taken: ReadonlySet<string> | undefined;
  /** Of the last call of the API. */
  seen: string | undefined;
  close(): Promise<void>;
}

export async function startDialectProvider(): Promise<DialectProvider> {
  const server = await serve((request, response) => {
    respond(provider, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => request.socket.destroy(), // the answer is lost on the way
    );
  });
  const provider: DialectProvider = {
    url: server.url,
    host: server.host,
    authorization: { path: '', query: {} },
    asked: [],
    answer: () => ({ body: { access_token: 'token-1', token_type: 'Bearer', expires_in: 3600 } }),
    extra: {},
    refusal: undefined,
    taken: undefined,
    seen: undefined,
    close: () => (server as TestServer).close(),
  };
  return provider;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function respond(provider: DialectProvider, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', provider.url);
  if (request.method === 'GET' && url.pathname === '/api/me') return respondAsApi(provider, request);
  if (request.method === 'GET') return sendBack(provider, url);
  const body = await readText(request);
  const asked = {
    path: url.pathname + url.search,
    headers: request.headers,
    body,
    form: Object.fromEntries(new URLSearchParams(body)),
  };
  provider.asked.push(asked);
  const reply = await provider.answer(asked);
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  return {
    status: reply.status ?? 200,
    headers: { 'content-type': reply.type ?? 'application/json' },
    body: text,
  };
}

function respondAsApi(provider: DialectProvider, { headers }: IncomingMessage): Answer {
  const token = (headers.authorization ?? '').replace(/^Bearer /, '');
  provider.seen = headers.authorization;
  const isTaken = provider.taken === undefined ? token !== '' : provider.taken.has(token);
  return {
    status: isTaken ? 200 : 401,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ok: isTaken }),
  };
}

/** The consent of somebody who always agrees. */
function sendBack(provider: DialectProvider, url: URL): Answer {
  const query = Object.fromEntries(url.searchParams);
  provider.authorization = { path: url.pathname, query };
  const back = new URL(query['redirect_uri'] ?? query['redirectUri'] ?? provider.url);
  const said = provider.refusal ?? { code: 'a-code', ...provider.extra };
  for (const [name, value] of Object.entries({ state: query['state'] ?? '', ...said })) {
    back.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: back.href }, body: '' };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A package as Power Platform has it, with one operation and these connection parameters. */
export async function importDialect(
  client: Client,
  provider: Pick<DialectProvider, 'host'>,
  title: string,
  properties: object,
): Promise<string> {
  const swagger = {
    swagger: '2.0',
    info: { title, version: '1' },
    host: provider.host,
    basePath: '/api',
    schemes: ['http'],
    paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
  };
  const { connector } = await client.call(endpoints.importConnector, {
    body: {
      files: [
        { path: 'apiDefinition.swagger.json', base64: encode(swagger) },
        { path: 'apiProperties.json', base64: encode({ properties }) },
      ],
    },
  });
  return connector?.id ?? '';
}

function encode(document: object): string {
  return Buffer.from(JSON.stringify(document)).toString('base64');
}

/** Signs in as a browser would that is always let through. @returns the page that Patchbay answers with */
export async function signInAt(
  product: { readonly client: Client; readonly apiKey: string },
  connectionId: string,
): Promise<{ status: number; text: string }> {
  const { authorizationUrl } = await product.client.call(endpoints.signInConnection, {
    params: { id: connectionId },
  });
  const consent = await fetch(authorizationUrl, { redirect: 'manual' });
  const page = await fetch(consent.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { authorization: `Bearer ${product.apiKey}` },
  });
  return { status: page.status, text: await page.text() };
}
