/** How the access token of a connection is got. */
export type OAuthGrant = 'authorization-code' | 'client-credentials' | 'password';

/** What proves to the provider which application asks. `none` for applications that can keep no secret. */
export type ClientProof = 'secret' | 'certificate';

/** The templates of one request; missing ones are the standard's. Placeholders stand in braces: `{ClientId}`. */
export interface EndpointTemplates {
  readonly url?: string;
  readonly query?: string;
  /** Form-encoded. */
  readonly body?: string;
}

/** What an identity provider is, as data: a row of `IDENTITY_PROVIDERS`. */
export interface IdentityProvider {
  /** As definitions name it, lower case. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** On the button: "Sign in with GitHub". */
  readonly title: string;
  /** Where an application is registered. */
  readonly docs?: string;
  /** Default `authorization-code`. */
  readonly grant?: OAuthGrant;
  /** Default `secret`. */
  readonly proof?: ClientProof;
  readonly pkce?: boolean;
  /** The token endpoint wants the client's secret in the Authorization header. Default: in the body. */
  readonly basic?: boolean;
  /** May hold placeholders that `fields` explain. */
  readonly authorizationUrl?: string;
  readonly tokenUrl?: string;
  /** Further parameters of the authorization request, such as `access_type: offline`. */
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  readonly tokenParameters?: Readonly<Record<string, string>>;
  /** Default: a blank. */
  readonly scopeDelimiter?: string;
  /** Asked for when the definition names none. */
  readonly scopes?: readonly string[];
  /** Custom parameters it knows beside URLs; the values stand where the definition says nothing. */
  readonly fields?: readonly ProviderField[];
  /** Fields of its token answers that addresses of the service may be made of. */
  readonly answers?: readonly string[];
  readonly instance?: ProviderInstance;
}

/** Of a provider whose tokens are good on one server only, which the token answer names. */
export interface ProviderInstance {
  /** The field that names it. */
  readonly field: string;
  /** Domains whose hosts all stand for that server; others (a proxy) are called as the definition says. */
  readonly domains: readonly string[];
}

/** A custom parameter of a provider. */
export interface ProviderField {
  /** Compared without regard to case. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly default?: string;
  /** All values there are. */
  readonly allowed?: readonly string[];
}

/** What a connector's `oAuthSettings`, or its OpenAPI flow, say: all that sign-ins and refreshes need. */
export interface OAuthPlan {
  /** Name of the provider's row. */
  readonly provider: string;
  readonly title: string;
  readonly docs: string | undefined;
  /** The connection parameter of type `oauthSetting`; its `X:name` parameters belong to it. */
  readonly parameter: string;
  readonly grant: OAuthGrant;
  readonly proof: ClientProof;
  readonly pkce: boolean;
  readonly basic: boolean;
  /** The definition's own, where it is no placeholder. */
  readonly clientId: string | undefined;
  readonly scopes: readonly string[];
  readonly scopeDelimiter: string;
  /** OpenID Connect: where the endpoints are found. */
  readonly discoveryUrl: string | undefined;
  readonly authorization: EndpointTemplates;
  readonly token: EndpointTemplates;
  readonly refresh: EndpointTemplates;
  readonly authorizationParameters: Readonly<Record<string, string>>;
  readonly tokenParameters: Readonly<Record<string, string>>;
  /** Values of custom parameters, by lower-case name. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Whether requests name the connector's application; some definitions ask every connection for its own. */
  readonly usesClient: boolean;
  /** The connection parameters that bring an application of the connection's own. */
  readonly clientIdParameter: string | undefined;
  readonly clientSecretParameter: string | undefined;
  /** Fields of the token answer that are known beforehand, so that no connection is asked for them. */
  readonly answers: readonly string[];
  readonly instance: ProviderInstance | undefined;
  /** Why nobody can sign in this way, in a sentence; undefined when somebody can. */
  readonly problem: string | undefined;
}

/** The application a request is made for, in the clear. */
export interface OAuthApplication {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** In place of the plan's. */
  readonly scopes?: readonly string[] | undefined;
}
