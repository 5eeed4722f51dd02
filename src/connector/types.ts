import type { Json, JsonObject } from '../base/index.ts';
import type { OperationExtensions } from './compile/operation-extensions.ts';
import type { ConnectorDefinition } from './definition-types.ts';
import type { OAuthPlan } from './oauth/oauth-types.ts';
import type { Paging } from './paging/paging-types.ts';
import type { ParameterStyle } from './parameter-styles.ts';

export type ConnectionParameterType =
  | 'string'
  | 'securestring'
  | 'int'
  | 'bool'
  | 'oauthSetting'
  | 'gatewaySetting';

/** One field of the form with which a connection is made. */
export interface ConnectionParameter {
  readonly name: string;
  readonly type: ConnectionParameterType;
  readonly title: string;
  readonly description: string;
  readonly tooltip: string;
  readonly required: boolean;
  /** Not shown; its value is `defaultValue`. */
  readonly hidden: boolean;
  /** Kept sealed and never given back. */
  readonly secret: boolean;
  /** Readable while it is typed, secret or not. */
  readonly clearText?: boolean;
  readonly defaultValue?: Json;
  readonly allowedValues?: readonly { readonly value: Json; readonly title: string }[];
  /** Shown only when each named parameter has one of the values. */
  readonly dependencies?: Readonly<Record<string, readonly Json[]>>;
  /** Of an `oauthSetting`. */
  readonly oAuthSettings?: JsonObject;
}

/** How values of a connection reach the request. */
export type CredentialRule = CredentialPlace & {
  /** The security scheme of the document that it serves, where it comes from one. */
  readonly scheme?: string;
};

type CredentialPlace =
  | {
      readonly type: 'apiKey';
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly parameter: string;
    }
  | { readonly type: 'basic'; readonly usernameParameter: string; readonly passwordParameter: string }
  | { readonly type: 'bearer'; readonly parameter: string }
  | {
      readonly type: 'oauth2';
      readonly parameter: string;
      readonly settings: JsonObject;
      readonly plan: OAuthPlan;
    };

export type AuthenticationKind = 'none' | 'apiKey' | 'basic' | 'bearer' | 'oauth2' | 'custom';

/** One way to make a connection. A connection stores the method's `name` as its parameter set. */
export interface AuthenticationMethod {
  /** The parameter set's name; without sets, the names of the security schemes, or `none`. */
  readonly name: string;
  /** `custom`: the parameters reach the request through policies only. */
  readonly kind: AuthenticationKind;
  readonly title: string;
  readonly description: string;
  readonly parameters: readonly ConnectionParameter[];
  /** Applied in order; all of them together authenticate one request. */
  readonly credentials: readonly CredentialRule[];
}

export type Visibility = 'important' | 'normal' | 'advanced' | 'internal';

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie' | 'formData';

export interface CompiledParameter {
  /** What inputs call it. */
  readonly name: string;
  /** What the service calls it, where another parameter of the operation has taken that name for the inputs. */
  readonly sentAs?: string;
  readonly in: ParameterLocation;
  /** May hold `$ref`s into the connector's document: see `CompiledConnector.bundle`. */
  readonly schema: JsonObject;
  readonly required: boolean;
  readonly default?: Json;
  /** The author's, where it stands beside the schema. */
  readonly example?: Json;
  readonly visibility: Visibility;
  /** `x-ms-summary`, else the title of a schema of its own, else the name. */
  readonly summary: string;
  readonly description: string;
  /** `x-ms-url-encoding` of a path parameter. */
  readonly encoding: 'single' | 'double';
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** What stands between the items of lists in the list, from the outermost in (Swagger's `collectionFormat`). */
  readonly itemDelimiters?: readonly string[];
  readonly allowReserved: boolean;
  /** The parameter is written as this media type instead of in a style (OpenAPI's `content`). */
  readonly mediaType?: string;
  /** Of a form's field: the definition says how it is written; else objects in it are JSON. */
  readonly styled?: boolean;
  /** Of a part of a multipart body: headers with the one value the definition gives them. */
  readonly partHeaders?: Readonly<Record<string, string>>;
  readonly deprecated: boolean;
  /** Whether the value is a file: bytes in an envelope `{"$content-type", "$content", "$filename"?}`. */
  readonly file: boolean;
  /** Whether the value is a list of such files. */
  readonly fileList: boolean;
  /** The `x-ms-dynamic-*` extensions, `x-ms-enum-values` and `x-ms-editor*` as written. */
  readonly extensions: JsonObject;
}

export type BodyKind = 'json' | 'form' | 'multipart' | 'text' | 'binary';

export interface CompiledBody {
  /** The author's, where it stands beside the schema. */
  readonly example?: Json;
  /** The name under which inputs hold it: Swagger's name of the body parameter, else `body`. */
  readonly name: string;
  readonly kind: BodyKind;
  readonly mediaType: string;
  /** All media types the operation accepts. */
  readonly mediaTypes: readonly string[];
  readonly schema: JsonObject;
  readonly required: boolean;
  readonly summary: string;
  readonly description: string;
  readonly visibility: Visibility;
  /**
   * The fields of a form. `asParameters`: inputs hold them by their own names, as Swagger's formData parameters;
   * otherwise under the body's name.
   */
  readonly fields?: readonly CompiledParameter[];
  readonly asParameters: boolean;
  /** The same body in another media type, as the operation describes it there. */
  readonly inMediaType?: (mediaType: string) => CompiledBody;
}

export interface CompiledResponse {
  /** `200`, `2XX`, `default`. */
  readonly status: string;
  readonly description: string;
  readonly mediaTypes: readonly string[];
  /** The schema of the body, when it has one; may hold `$ref`s. */
  readonly schema?: JsonObject;
  readonly headers: JsonObject;
}

export interface CompiledTrigger {
  readonly kind: 'webhook' | 'polling';
  /** One run per element of the answer. */
  readonly batch: boolean;
  readonly hint: string;
  /** Webhook: what a callback brings (`x-ms-notification-content`). */
  readonly notificationSchema?: JsonObject;
  /** Webhook: JSON pointer into the body where the callback's URL goes (`x-ms-notification-url`). */
  readonly callbackUrlPointer?: string;
}

export interface CompiledOperation {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly kind: 'action' | 'trigger';
  readonly trigger?: CompiledTrigger;
  /** JSON pointer into the body where a callback's URL goes (`x-ms-notification-url`), of actions too. */
  readonly callbackUrlPointer?: string;
  /** `summary`, else the operationId. */
  readonly summary: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /**
   * The security schemes it asks for, as alternatives of names that are needed together; empty: it is called without
   * credentials; left out: with what the connection has.
   */
  readonly security?: readonly (readonly string[])[];
  /** Path, query, header and cookie parameters; form fields stand in `body.fields`. */
  readonly parameters: readonly CompiledParameter[];
  readonly body?: CompiledBody;
  readonly responses: readonly CompiledResponse[];
  /** What requests ask for, from the media types of the responses; left out: anything, best JSON. */
  readonly accept?: string;
  /** The answer a flow may count on: the only success, else 200, 201, any 2xx, default. */
  readonly successResponse?: CompiledResponse;
  /** GET, HEAD, OPTIONS, PUT, DELETE, or declared with `x-patchbay-idempotent`. */
  readonly idempotent: boolean;
  /** The header that makes a repeated request harmless, when the definition names one. */
  readonly idempotencyHeader?: string;
  readonly pageable?: { readonly nextLinkName: string };
  /** How its answers continue, when the definition says so. */
  readonly paging?: Paging;
  /** What extensions say of it beside how it is called: confirmation, revisions, notifications. */
  readonly extensions: OperationExtensions;
  /** Replaces the connector's base URL, when the path or operation has servers of its own. */
  readonly servers?: readonly CompiledServer[];
  /** The policies that apply to this operation, in order. */
  readonly policies: readonly PolicyStep[];
}

export interface CompiledServer {
  /** Without trailing slash; may hold `{variables}` and be relative. */
  readonly url: string;
  readonly description: string;
  readonly variables: Readonly<
    Record<string, { readonly default: string; readonly enum?: readonly string[] }>
  >;
}

export type PolicySection = 'request' | 'response' | 'failure';

/** One policy of one operation. */
export interface PolicyStep {
  /** Lower case: `setheader`, `dynamichosturl`. */
  readonly template: string;
  readonly title: string;
  readonly section: PolicySection;
  /** Without the `x-ms-apimTemplateParameter.` prefix. */
  readonly parameters: JsonObject;
  /** False: Patchbay does not know the template; the step is skipped and shows in the trace. */
  readonly supported: boolean;
}

export interface OperationMatch {
  readonly operation: CompiledOperation;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** At most so many calls of one connection in any stretch of time of that length. */
export interface RateLimit {
  readonly calls: number;
  readonly periodMs: number;
}

export interface CompiledConnector {
  readonly definition: ConnectorDefinition;
  readonly title: string;
  readonly description: string;
  /** The API's own version, `info.version`. */
  readonly version: string;
  /** Of the first server, variables at their defaults; empty when the document names no host. */
  readonly baseUrl: string;
  readonly servers: readonly CompiledServer[];
  /** `#rrggbb`. */
  readonly iconBrandColor: string;
  readonly icon?: { readonly mediaType: string; readonly base64: string };
  /** At least one; `none` when nothing is needed. */
  readonly authentication: readonly AuthenticationMethod[];
  readonly operations: readonly CompiledOperation[];
  /** What `x-patchbay-rate-limit` declares. */
  readonly rateLimit?: RateLimit;
  readonly testConnection?: { readonly operationId: string; readonly parameters: JsonObject };
  operation(operationId: string): CompiledOperation | undefined;
  /** The operation a Logic Apps ApiConnection action means. `path` may be percent-encoded. */
  find(method: string, path: string): OperationMatch | undefined;
  /** The method a connection was made with; the first when the name is unknown or missing. */
  authenticationMethod(name?: string | null): AuthenticationMethod;
  /** A copy of a schema of this connector that stands alone: what it refers to is in its `$defs`. */
  bundle(schema: JsonObject): JsonObject;
}
