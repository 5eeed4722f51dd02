import type { Static, TSchema } from 'typebox';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: anybody, anybody signed in (or with an API key), administrators only. */
export type Access = 'open' | 'user' | 'admin';

/** What one endpoint takes and gives. The server routes by it, the client types its calls by it. */
export interface EndpointSpec {
  readonly method: HttpMethod;
  /** Fastify's form: `/api/flows/:id`. */
  readonly path: string;
  /** A few words, verb first. */
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly access: Access;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Omitted: the answer has no body. */
  readonly response?: TSchema;
  /** The status of success; by default 200, or 204 where there is no response. */
  readonly status?: number;
  /** Writes of versioned things: the request carries `If-Match` with the version it was made from. */
  readonly ifMatch?: 'required' | 'optional';
  /** `text/event-stream` for a stream: then `response` describes the data of its events. */
  readonly produces?: 'application/json' | 'text/event-stream' | 'application/octet-stream' | 'text/plain';
}

/** An endpoint as it stands in the table: the status is always there. */
export type Endpoint<Spec extends EndpointSpec = EndpointSpec> = Spec & { readonly status: number };

/** Makes an endpoint; its literal types stay, so that calls and handlers are typed by it. */
export function defineEndpoint<const Spec extends EndpointSpec>(spec: Spec): Endpoint<Spec> {
  return { ...spec, status: spec.status ?? (spec.response === undefined ? 204 : 200) };
}

type StaticOf<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

export type ParamsOf<E extends EndpointSpec> = StaticOf<E['params']>;
export type QueryOf<E extends EndpointSpec> = StaticOf<E['query']>;
export type BodyOf<E extends EndpointSpec> = StaticOf<E['body']>;
export type ResponseOf<E extends EndpointSpec> = StaticOf<E['response']>;
