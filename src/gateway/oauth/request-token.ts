import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  clientCredentialsGrantRequest,
  customFetch,
  genericTokenEndpointRequest,
  nopkce,
  processGenericTokenEndpointResponse,
  refreshTokenGrantRequest,
  validateAuthResponse,
} from 'oauth4webapi';
import type { JsonObject } from '../../base/index.ts';
import {
  buildTokenRequest,
  type ConnectionValues,
  describeProviderError,
  type ProviderError,
  readTokenAnswer,
  type TokenAnswer,
  type TokenRequest,
} from '../../connector/index.ts';
import type { HttpClient } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import type { Application } from './application.ts';
import { createClientProof } from './client-proof.ts';
import type { CompletePlan } from './discovery.ts';
import { assertProtected, createOAuthFetch, describeLostRequest, type OAuthFetch } from './oauth-fetch.ts';
import { readAccount } from './read-account.ts';

/** A token as it came, in the clear. */
export interface FetchedToken {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Milliseconds; undefined when the provider does not say. */
  readonly expiresAt: number | undefined;
  readonly issuedAt: number;
  readonly scope: string | undefined;
  /** Who signed in, as the provider names them. */
  readonly account: string | undefined;
  readonly swapsProof: boolean;
  /** What the answer says besides: see `readTokenFields`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An identity provider said no. */
export class ProviderRefusal extends CallFailure {
  readonly provider: ProviderError;

  constructor(provider: ProviderError) {
    const code = provider.transient ? 'OAuthUnavailable' : provider.endsGrant ? 'NeedsSignIn' : 'OAuthFailed';
    super(code, provider.message, { fix: provider.fix });
    this.provider = provider;
  }
}

/** What is asked of the token endpoint. */
export type TokenQuestion =
  | { readonly kind: 'code'; readonly callback: URLSearchParams; readonly codeVerifier: string | undefined }
  | { readonly kind: 'refresh'; readonly refreshToken: string }
  | { readonly kind: 'own' };

export interface TokenContext {
  readonly http: HttpClient;
  readonly plan: CompletePlan;
  readonly application: Application;
  readonly values: ConnectionValues;
  readonly redirectUrl: string;
  /** What an earlier request found out. */
  readonly swapsProof: boolean;
}

/**
 * Asks the token endpoint. A provider that does not take the client's secret where the definition puts it is asked
 * once more with the secret in the other place.
 *
 * @throws ProviderRefusal, CallFailure, OAuthError
 */
export async function requestToken(context: TokenContext, question: TokenQuestion): Promise<FetchedToken> {
  const { application, swapsProof } = context;
  try {
    return await requestOnce(context, question, swapsProof);
  } catch (error) {
    const mayBeProof = error instanceof ProviderRefusal && error.provider.code === 'OAuthClientRefused';
    if (!mayBeProof || application.clientSecret === undefined || usesTemplate(context.plan, question))
      throw error;
    return requestOnce(context, question, !swapsProof).catch((again: unknown) => {
      throw again instanceof ProviderRefusal && again.provider.code !== 'OAuthClientRefused' ? again : error;
    });
  }
}

async function requestOnce(
  context: TokenContext,
  question: TokenQuestion,
  swapsProof: boolean,
): Promise<FetchedToken> {
  const request = buildTokenRequest(context.plan, context, describeQuestion(question));
  assertProtected(request.url);
  const fetcher = createOAuthFetch(context.http);
  const response = await send(context, question, request, fetcher, swapsProof).catch((error: unknown) => {
    throw describeLostRequest(error);
  });
  const host = new URL(request.url).host;
  const { body, fields } = await readBody(response, host, context);
  const issuedAt = Date.now();
  const { client, server } = describeParties(context, request.url);
  const checked = await processGenericTokenEndpointResponse(
    server,
    client,
    Response.json(withoutIdToken(body)),
  ).catch((cause: unknown) => {
    throw new CallFailure('OAuthFailed', `${host} answered with something that is no access token.`, {
      cause,
    });
  });
  return {
    accessToken: checked.access_token,
    refreshToken: checked.refresh_token,
    expiresAt: checked.expires_in === undefined ? undefined : issuedAt + checked.expires_in * 1000,
    issuedAt,
    scope: checked.scope,
    account: readAccount(body['id_token']),
    swapsProof,
    fields,
  };
}

function describeQuestion(question: TokenQuestion): Parameters<typeof buildTokenRequest>[2] {
  switch (question.kind) {
    case 'code':
      return {
        kind: 'token',
        code: question.callback.get('code') ?? '',
        ...(question.codeVerifier === undefined ? {} : { codeVerifier: question.codeVerifier }),
      };
    case 'refresh':
      return { kind: 'refresh', refreshToken: question.refreshToken };
    case 'own':
      return { kind: 'token' };
  }
}

function usesTemplate(plan: CompletePlan, { kind }: TokenQuestion): boolean {
  return (kind === 'refresh' ? plan.refresh : plan.token).body !== undefined;
}

function describeParties({ plan, application }: TokenContext, tokenUrl: string) {
  const server: AuthorizationServer = {
    issuer: plan.issuer ?? new URL(tokenUrl).origin,
    token_endpoint: tokenUrl,
  };
  const client: Client = { client_id: application.clientId };
  return { server, client };
}

async function send(
  context: TokenContext,
  question: TokenQuestion,
  request: TokenRequest,
  fetcher: OAuthFetch,
  swapsProof: boolean,
): Promise<Response> {
  if (request.body !== undefined) return sendTemplate(request.url, request.body, fetcher);
  const { plan, application, redirectUrl } = context;
  const { server, client } = describeParties(context, request.url);
  const proof = await createClientProof(application, {
    basic: plan.basic !== swapsProof,
    tokenUrl: request.url,
  });
  const options = { [customFetch]: fetcher as never, [allowInsecureRequests]: true };
  const additionalParameters = { ...request.parameters };
  switch (question.kind) {
    case 'code': {
      const callback = validateAuthResponse(server, client, readCallback(question.callback, plan.issuer));
      const verifier = question.codeVerifier ?? nopkce;
      const more = { ...options, additionalParameters };
      return authorizationCodeGrantRequest(server, client, proof, callback, redirectUrl, verifier, more);
    }
    case 'refresh': {
      const more = { ...options, additionalParameters };
      return refreshTokenGrantRequest(server, client, proof, question.refreshToken, more);
    }
    case 'own':
      return plan.grant === 'password'
        ? genericTokenEndpointRequest(server, client, proof, 'password', additionalParameters, options)
        : clientCredentialsGrantRequest(server, client, proof, additionalParameters, options);
  }
}

/** The state is what the consent was found by; an issuer can only be compared where it is known. */
function readCallback(callback: URLSearchParams, issuer: string | undefined): URLSearchParams {
  const read = new URLSearchParams(callback);
  read.delete('state');
  if (issuer === undefined) read.delete('iss');
  return read;
}

function sendTemplate(url: string, body: string, fetcher: OAuthFetch): Promise<Response> {
  return fetcher(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
}

async function readBody(
  response: Response,
  host: string,
  context: TokenContext,
): Promise<Extract<TokenAnswer, { kind: 'token' }>> {
  const answer = readTokenAnswer(response.status, await response.text());
  if (answer.kind === 'token') return answer;
  if (answer.kind === 'error') {
    const error = answer.error === '' && response.status >= 500 ? 'server_error' : answer.error;
    const described = describeProviderError(host, error, answer.description);
    throw new ProviderRefusal({ ...described, message: hide(described.message, context) });
  }
  if (response.status === 429 || response.status >= 500) {
    throw new CallFailure('OAuthUnavailable', `${host} answers with status ${response.status}.`);
  }
  const message = `${host} answers with status ${response.status} and no access token.`;
  throw new CallFailure('OAuthFailed', message, {
    fix: "Check the token URL in the connector's definition.",
  });
}

/** Some providers repeat what they were sent. */
function hide(message: string, { application }: TokenContext): string {
  const secret = application.clientSecret;
  return secret === undefined || secret.length < 4 ? message : message.replaceAll(secret, '••••••');
}

function withoutIdToken({ id_token: _idToken, ...rest }: JsonObject): JsonObject {
  return rest;
}
