import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BodyOf, Endpoint, EndpointSpec, ParamsOf, QueryOf, ResponseOf } from '../api/index.ts';
import type { Principal } from '../identity/index.ts';
import type { Services } from './services.ts';

/** One call of an endpoint: its input, checked and typed by the endpoint's schemas. */
export interface Exchange<Spec extends EndpointSpec> {
  readonly params: ParamsOf<Spec>;
  readonly query: QueryOf<Spec>;
  readonly body: BodyOf<Spec>;
  /** Who calls; only an open endpoint may be called by nobody. */
  readonly caller: Principal | undefined;
  /** The version in `If-Match`. */
  readonly ifMatch: number | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handler<Spec extends EndpointSpec> = (
  exchange: Exchange<Spec>,
  services: Services,
) => Promise<ResponseOf<Spec> | undefined>;

/** An endpoint and what answers it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: Handler<EndpointSpec>;
  readonly bodyLimitBytes?: number;
  /** The body is not read: the handler takes it from the request as it comes, and sends the answer itself. */
  readonly rawBody?: boolean;
}

/** Ties a handler to the endpoint whose types it has. */
export function implement<Spec extends EndpointSpec>(
  endpoint: Endpoint<Spec>,
  handle: Handler<Spec>,
  options: Pick<Route, 'bodyLimitBytes' | 'rawBody'> = {},
): Route {
  // The exchange is built from the endpoint's own schemas, so it has the types this handler asks for.
  return { endpoint, handle: handle as unknown as Handler<EndpointSpec>, ...options };
}

/** Says which version the answer is, for a later `If-Match`. */
export function setEtag(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
}
