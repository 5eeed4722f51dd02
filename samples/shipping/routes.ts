import type { FastifyInstance, FastifyRequest } from 'fastify';
import { listCarriers, listRates } from './carriers.ts';
import { loadDocument } from './document.ts';
import { createError } from './problems.ts';
import type { ShippingState } from './state.ts';
import type { LabelRequest, PickupRequest } from './types.ts';

type LabelParams = { Params: { label_id: string } };

interface QueryParameter {
  name: string;
  required?: boolean;
  schema: object;
}

export function registerRoutes(app: FastifyInstance, state: ShippingState): void {
  const { document, createBodyCheck, createQueryCheck } = loadDocument();
  registerLabels(app, state, createBodyCheck<LabelRequest>('LabelRequest'));
  registerPickups(app, state, createBodyCheck<PickupRequest>('PickupRequest'));
  registerShipments(app, state, {
    page: createQueryCheck(readQueryParameters(document, '/v1/shipments')),
    history: createQueryCheck(readQueryParameters(document, '/v1/shipments/history')),
  });
  registerCarriers(app, createQueryCheck(readQueryParameters(document, '/v1/rates')));
  registerAdmin(app, state);
}

function registerLabels(app: FastifyInstance, state: ShippingState, check: (body: unknown) => LabelRequest) {
  app.post('/v1/labels', (request, reply) => {
    const key = request.headers['idempotency-key'];
    const label = state.account.createLabel(
      check(request.body),
      typeof key === 'string' && key !== '' ? key : undefined,
      getOrigin(request),
      state.now(),
    );
    reply.status(201).send(label);
  });
  app.get<LabelParams>('/v1/labels/:label_id', (request, reply) => {
    reply.send(state.account.getLabel(request.params.label_id, getOrigin(request), state.now()));
  });
  app.get<LabelParams>('/v1/labels/:label_id/track', (request, reply) => {
    reply.send(state.account.trackLabel(request.params.label_id, state.now()));
  });
}

function registerPickups(
  app: FastifyInstance,
  state: ShippingState,
  check: (body: unknown) => PickupRequest,
) {
  app.post('/v1/pickups', (request, reply) => {
    reply.status(201).send(state.account.schedulePickup(check(request.body), state.now()));
  });
}

interface ShipmentQueries {
  readonly page: (query: unknown) => { page: number; per_page: number; status?: string };
  readonly history: (query: unknown) => { cursor?: string; limit: number };
}

function registerShipments(app: FastifyInstance, state: ShippingState, check: ShipmentQueries) {
  app.get('/v1/shipments', (request, reply) => {
    const { page, per_page, status } = check.page(request.query);
    const all = state.account.listShipments(status, state.now());
    const shipments = all.slice((page - 1) * per_page, page * per_page);
    reply.send({ shipments, page, per_page, total: all.length, pages: Math.ceil(all.length / per_page) });
  });
  app.get('/v1/shipments/history', (request, reply) => {
    const { cursor, limit } = check.history(request.query);
    const start = cursor === undefined ? 0 : readCursor(cursor);
    const all = state.account.listShipments(undefined, state.now());
    const end = start + limit;
    const next = `${getOrigin(request)}/v1/shipments/history?cursor=${writeCursor(end)}&limit=${limit}`;
    reply.send({ shipments: all.slice(start, end), next_page_url: end < all.length ? next : null });
  });
}

function registerCarriers(
  app: FastifyInstance,
  check: (query: unknown) => { country_code: string; weight_kg: number },
) {
  app.get('/v1/carriers', (_request, reply) => {
    reply.send({ carriers: listCarriers() });
  });
  app.get('/v1/rates', (request, reply) => {
    const { country_code, weight_kg } = check(request.query);
    reply.send({ rates: listRates(country_code, weight_kg) });
  });
}

/** The sample's own switchboard; a real shipping API has none, so openapi.yaml does not list it. */
function registerAdmin(app: FastifyInstance, state: ShippingState) {
  app.get('/v1/admin/executions', (_request, reply) => {
    reply.send(state.account.countExecutions());
  });
  app.get('/v1/admin/behaviour', (_request, reply) => {
    reply.send(state.behaviour);
  });
  app.put('/v1/admin/behaviour', (request, reply) => {
    const given = request.body as Record<string, unknown>;
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(state.behaviour, name));
    if (unknown !== undefined) throw createError(400, 'field_invalid', `There is no behaviour ${unknown}.`);
    Object.assign(state.behaviour, given);
    reply.send(state.behaviour);
  });
  app.post('/v1/admin/reset', (_request, reply) => {
    state.reset();
    reply.status(204).send();
  });
}

function readQueryParameters(document: Record<string, unknown>, path: string): QueryParameter[] {
  const paths = document['paths'] as Record<
    string,
    { get: { parameters: (QueryParameter & { $ref?: string })[] } }
  >;
  const components = document['components'] as Record<string, Record<string, object>>;
  const resolve = (value: object): object => {
    const [, , kind, name] = ('$ref' in value ? String(value.$ref) : '').split('/');
    return kind === undefined || name === undefined ? value : (components[kind]?.[name] ?? value);
  };
  return (paths[path]?.get.parameters ?? []).map((parameter) => {
    const resolved = resolve(parameter) as QueryParameter;
    return { ...resolved, schema: resolve(resolved.schema) };
  });
}

function readCursor(cursor: string): number {
  const offset = Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw createError(400, 'field_invalid', 'cursor must be taken from next_page_url.');
  }
  return offset;
}

function writeCursor(offset: number): string {
  return Buffer.from(String(offset)).toString('base64url');
}

function getOrigin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
