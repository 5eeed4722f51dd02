import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import { type Client, createClient } from '../../src/client/index.ts';

/** An installation, with a way to do in its database what only somebody else could do. */
interface Installation {
  readonly url: string;
  readonly client: Client;
  sql(text: string): Promise<unknown>;
}

/** Somebody who may change connectors, as everybody may, and made no connection. */
export async function createEve({ url, client, sql }: Installation): Promise<Client> {
  const { key } = await client.call(endpoints.createApiKey, { body: { name: 'Of Eve' } });
  await sql(`insert into users (id, name, email) values (gen_random_uuid(), 'Eve', 'eve@example.com')`);
  await sql(`update api_keys set user_id = (select id from users where name = 'Eve') where name = 'Of Eve'`);
  return createClient({ baseUrl: url, fetch, headers: { authorization: `Bearer ${key}` } });
}

/** An API with a key and one operation. */
export const describeApi = (url: string, more: JsonObject = {}): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url }],
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
  paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
  ...more,
});
