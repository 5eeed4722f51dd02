import type { JsonObject } from '../../src/base/index.ts';
import { type Json, Secret } from '../../src/base/index.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/engine/index.ts';
import { createFlow, updateFlow } from '../../src/store/index.ts';
import { createTextSealer } from '../../src/vault/index.ts';
import { createGatewayWorld, type GatewayWorld, type SeenRequest } from '../gateway-world.ts';

const LOG = { info() {}, warn() {}, error() {} };

/** A service with a webhook: it keeps what it was asked for, and can be made to call. */
const DOCUMENT: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orchard', version: '1' },
  paths: {
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object' } },
      post: {
        operationId: 'WhenAppleFalls',
        'x-ms-trigger': 'single',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['target'],
                properties: {
                  tree: { type: 'string' },
                  target: {
                    type: 'object',
                    required: ['url'],
                    properties: { url: { type: 'string', 'x-ms-notification-url': true } },
                  },
                },
              },
            },
          },
        },
        responses: { 201: { description: 'Subscribed' } },
      },
    },
    '/hooks/{hook_id}': {
      delete: {
        operationId: 'EndHook',
        parameters: [{ name: 'hook_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'Ended' } },
      },
    },
    '/questions': {
      post: {
        operationId: 'AskAndWait',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  text: { type: 'string' },
                  url: { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' },
                },
              },
            },
          },
        },
        responses: { 201: { description: 'Asked' } },
      },
    },
  },
};

export interface WebhookWorld extends GatewayWorld {
  readonly connectionId: string;
  build(options?: Partial<EngineOptions>): Engine;
  /** As the engine stores what a callback brings. */
  seal(content: JsonObject): string;
  /** Saves a flow that is on. */
  save(triggers: JsonObject, actions: JsonObject): Promise<string>;
}

export async function createWebhookWorld(): Promise<WebhookWorld> {
  const world = await createGatewayWorld();
  const { connectionId } = await world.connect(DOCUMENT);
  const sealer = createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(7)), 'journal');
  let count = 0;
  return {
    ...world,
    connectionId,
    seal: (content) => sealer.seal(JSON.stringify(content)),
    build(options = {}) {
      const { pool, db, gateway } = world;
      return createEngine({
        pool,
        db,
        gateway,
        sealer,
        log: LOG,
        publicUrl: () => 'https://patchbay.test',
        ...options,
      });
    },
    async save(triggers, actions) {
      const flow = await createFlow(world.db, {
        environmentId: world.environmentId,
        name: `Webhooks ${++count}`,
        definition: JSON.stringify({ triggers, actions }),
        connectionReferences: { orchard: { connectionId } },
      });
      await updateFlow(world.db, flow.id, { state: 'on' });
      return flow.id;
    },
  };
}

export const MANUAL: JsonObject = { manual: { type: 'Request', kind: 'Http', inputs: {} } };

export function connectorAction(
  operationId: string,
  parameters: JsonObject,
  more: JsonObject = {},
): JsonObject {
  const host = { connectionName: 'orchard', operationId };
  return { type: 'OpenApiConnectionWebhook', inputs: { host, parameters }, ...more };
}

/** The end of the callback URL that a request holds. */
export function tokenOf(request: SeenRequest | undefined): string {
  return /\/hooks\/callback\/([\w-]+)/.exec(request?.body ?? '')?.[1] ?? '';
}

/** What a callback of an action brings. */
export function callWith(token: string, body: Json, method = 'POST', queries: JsonObject = {}) {
  return { token, method, headers: { 'content-type': 'application/json' }, queries, body };
}

/** Looks until something is there. */
export async function until<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
  }
}
