import { type Static, Type } from 'typebox';
import { Instant, nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const Email = Type.String({ format: 'email', maxLength: 320 });
const Password = Type.String({ minLength: 8, maxLength: 128 });

/** Who is calling. */
export const Person = nameSchema(
  'Person',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: Type.Union([Type.Literal('admin'), Type.Literal('user')]),
  }),
);
export type Person = Static<typeof Person>;

export const ApiKey = nameSchema(
  'ApiKey',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    start: Type.String({ description: 'The first characters, to recognise it by.' }),
    createdAt: Instant,
    expiresAt: Type.Optional(Instant),
    lastUsedAt: Type.Optional(Instant),
  }),
);
export type ApiKey = Static<typeof ApiKey>;

/** The key itself is in this answer and never again. */
export const CreatedApiKey = nameSchema(
  'CreatedApiKey',
  Type.Object({ ...ApiKey.properties, key: Type.String() }),
);
export type CreatedApiKey = Static<typeof CreatedApiKey>;

export const identityEndpoints = {
  setUp: defineEndpoint({
    method: 'POST',
    path: '/api/setup',
    summary: 'Create the administrator',
    description:
      'With the token of the one-time link that the first start prints. Signs the administrator in.',
    tags: ['Identity'],
    access: 'open',
    body: Type.Object({
      token: Type.String({ minLength: 1 }),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      email: Email,
      password: Password,
    }),
    response: Person,
    status: 201,
  }),
  getMe: defineEndpoint({
    method: 'GET',
    path: '/api/me',
    summary: 'Read who is calling',
    tags: ['Identity'],
    access: 'user',
    response: Person,
  }),
  listApiKeys: defineEndpoint({
    method: 'GET',
    path: '/api/keys',
    summary: 'List your API keys',
    tags: ['Identity'],
    access: 'user',
    response: Type.Object({ value: Type.Array(ApiKey) }),
  }),
  createApiKey: defineEndpoint({
    method: 'POST',
    path: '/api/keys',
    summary: 'Create an API key',
    tags: ['Identity'],
    access: 'user',
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    }),
    response: CreatedApiKey,
    status: 201,
  }),
  deleteApiKey: defineEndpoint({
    method: 'DELETE',
    path: '/api/keys/:id',
    summary: 'Delete an API key',
    tags: ['Identity'],
    access: 'user',
    params: Type.Object({ id: Type.String() }),
  }),
};

/** Answered by better-auth itself, not by a handler of ours: in the client and the document, not among the routes. */
export const authEndpoints = {
  signIn: defineEndpoint({
    method: 'POST',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in with email and password',
    description: 'Sets the session cookie.',
    tags: ['Identity'],
    access: 'open',
    body: Type.Object({
      email: Email,
      password: Type.String(),
      rememberMe: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object(
      { user: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }) },
      { additionalProperties: true },
    ),
  }),
  signOut: defineEndpoint({
    method: 'POST',
    path: '/api/auth/sign-out',
    summary: 'Sign out',
    tags: ['Identity'],
    access: 'open',
    body: Type.Object({}),
    response: Type.Object({ success: Type.Boolean() }, { additionalProperties: true }),
  }),
};
