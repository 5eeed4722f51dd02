import type { JsonObject } from '../../../base/index.ts';

/**
 * Requests somebody noted down or recorded (a Postman collection, a HAR file, a curl command), in the terms all of
 * them share. `buildDocument` makes an API description of them.
 */
export interface NotedRequest {
  /** What people call it; may be empty. */
  readonly name: string;
  /** Where its author gave it one. */
  readonly operationId?: string | undefined;
  readonly description: string;
  readonly tags: readonly string[];
  /** Lower case. */
  readonly method: string;
  readonly server: NotedServer;
  /** Begins with `/`; placeholders in braces, each described by a path parameter. */
  readonly path: string;
  readonly parameters: readonly NotedParameter[];
  readonly body?: NotedBody | undefined;
  readonly responses: readonly NotedResponse[];
  /** What is needed together; an empty list: nothing. */
  readonly credentials: readonly NotedCredential[];
}

/** An entry of OpenAPI's `servers`. The URL is empty when nothing is known about the place. */
export interface NotedServer {
  readonly url: string;
  /** Defaults of the `{variables}` of the URL. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface NotedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  /** As they stood in the request; several when the name stood there several times. */
  readonly values: readonly string[];
  readonly description: string;
  readonly required: boolean;
  /** Sent when nothing else is said. */
  readonly default?: string | undefined;
  /** It is noted, but not sent. */
  readonly off?: boolean | undefined;
  /** A name in the query without a value: `?flag`. */
  readonly bare?: boolean | undefined;
}

export interface NotedField {
  readonly name: string;
  readonly kind: 'text' | 'file';
  readonly value: string;
  readonly description: string;
  readonly required: boolean;
  readonly mediaType?: string | undefined;
  /** It is noted, but not sent. */
  readonly off?: boolean | undefined;
}

export type NotedBody =
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'form'; readonly mediaType: string; readonly fields: readonly NotedField[] }
  | { readonly kind: 'binary'; readonly mediaType: string };

export interface NotedResponse {
  readonly name: string;
  /** `200`, `default`. */
  readonly status: string;
  /** Empty when there is no body. */
  readonly mediaType: string;
  readonly text: string;
  readonly headers?: readonly NotedHeader[];
}

/** A header of an answer. */
export interface NotedHeader {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

/** A security scheme of OpenAPI under its name. Never holds a secret. */
export interface NotedCredential {
  readonly name: string;
  readonly scheme: JsonObject;
}

export interface NotedApi {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly requests: readonly NotedRequest[];
  /** Whether values of the requests may show in the definition: what was recorded is somebody's data. */
  readonly keepsExamples: boolean;
}
