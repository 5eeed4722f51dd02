import { type Static, Type } from 'typebox';
import { IdParams, Instant, nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Sign-in'];

export const ConnectorSignIn = nameSchema(
  'ConnectorSignIn',
  Type.Object({
    method: Type.String({ description: 'Name of the authentication method.' }),
    title: Type.String(),
    provider: Type.String({ description: 'The identity provider, as people know it.' }),
    docsUrl: Type.Optional(Type.String({ description: 'Where an application is registered.' })),
    needsPerson: Type.Boolean({ description: 'False: the application gets its access by itself.' }),
    usesClient: Type.Boolean({ description: 'False: every connection brings an application of its own.' }),
    takesCertificate: Type.Boolean(),
    clientId: Type.Optional(Type.String()),
    scopes: Type.String({ description: 'Separated by blanks.' }),
    hasSecret: Type.Boolean(),
    problem: Type.Optional(Type.String({ description: 'Why nobody can sign in this way.' })),
  }),
);
/** As which application the connections of a connector sign in. The secret is never returned. */
export type ConnectorSignIn = Static<typeof ConnectorSignIn>;

export const ConnectorSignIns = nameSchema(
  'ConnectorSignIns',
  Type.Object({
    redirectUrl: Type.String({ description: 'To be registered with the application at the provider.' }),
    mayChange: Type.Boolean(),
    methods: Type.Array(ConnectorSignIn),
  }),
);
export type ConnectorSignIns = Static<typeof ConnectorSignIns>;

/** What is left out stays as it is. */
export const SignInChange = Type.Object({
  method: Type.Optional(Type.String({ description: 'Needed where the connector has several.' })),
  clientId: Type.Optional(Type.String({ maxLength: 1000 })),
  clientSecret: Type.Optional(
    Type.String({ maxLength: 10_000, description: 'Write-only. Left out: stays; empty: is removed.' }),
  ),
  certificate: Type.Optional(
    Type.String({ maxLength: 50_000, description: 'Private key and certificate as PEM. Write-only.' }),
  ),
  scopes: Type.Optional(Type.String({ maxLength: 10_000, description: "Empty: the definition's." })),
});

export const oauthEndpoints = {
  getConnectorSignIns: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/oauth',
    summary: 'Read as which application a connector signs in',
    tags,
    access: 'user',
    params: IdParams,
    response: ConnectorSignIns,
  }),
  updateConnectorSignIn: defineEndpoint({
    method: 'PUT',
    path: '/api/connectors/:id/oauth',
    summary: 'Set as which application a connector signs in',
    description: 'For administrators and whoever made the connector. What is left out stays as it is.',
    tags,
    access: 'user',
    params: IdParams,
    body: SignInChange,
    response: ConnectorSignIns,
  }),
  signInConnection: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/sign-in',
    summary: 'Begin a sign-in for a connection',
    description:
      'Open the address in a browser where the same person is signed in to Patchbay. Also for signing in again.',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ authorizationUrl: Type.String(), expiresAt: Instant }),
  }),
};
