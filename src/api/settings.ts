import { type Static, Type } from 'typebox';
import { nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Settings'];

const mailProperties = {
  host: Type.String({ minLength: 1 }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  secure: Type.Boolean({
    description: 'TLS from the first byte (port 465); otherwise STARTTLS where offered.',
  }),
  user: Type.Optional(Type.String()),
  from: Type.String({ minLength: 3, description: 'An address, or `Name <address>`.' }),
};

export const MailSettings = nameSchema(
  'MailSettings',
  Type.Object({
    configured: Type.Boolean({ description: 'False: the other values are proposals.' }),
    ...mailProperties,
    host: Type.String(),
    from: Type.String(),
    hasPassword: Type.Boolean(),
  }),
);
export type MailSettings = Static<typeof MailSettings>;

const AllowedHostsBody = nameSchema(
  'AllowedHosts',
  Type.Object({
    hosts: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
      maxItems: 1000,
      description: 'Private or loopback hosts that may be called: `10.1.2.3`, `127.0.0.1:4010`, `erp.local`.',
    }),
  }),
);
export type AllowedHosts = Static<typeof AllowedHostsBody>;

export const RunSettings = nameSchema(
  'RunSettings',
  Type.Object({
    retentionDays: Type.Union([Type.Integer({ minimum: 1, maximum: 36_500 }), Type.Null()], {
      description: 'How long the history of a run that has ended is kept; null: for ever.',
    }),
    maximumDurationDays: Type.Union([Type.Integer({ minimum: 1, maximum: 36_500 }), Type.Null()], {
      description: 'A run that has not ended after so many days is cancelled; null: never.',
    }),
    responseTimeoutSeconds: Type.Integer({
      minimum: 1,
      maximum: 3_600,
      description: 'How long the caller of a Request trigger waits for the Response action.',
    }),
    maximumWaitingRuns: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description:
        'How many runs of a trigger with a concurrency limit may wait where the trigger does not say; null: any number.',
    }),
    maximumActions: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'How many actions a run may begin, each turn of a loop counted; null: any number.',
    }),
    maximumLoopItems: Type.Integer({ minimum: 1, description: 'Items that a Foreach goes through.' }),
    maximumLoopConcurrency: Type.Integer({
      minimum: 1,
      maximum: 50,
      description: 'Turns of a Foreach side by side.',
    }),
    maximumUntilCount: Type.Integer({ minimum: 1, description: 'Turns of an Until.' }),
  }),
);
export type RunSettings = Static<typeof RunSettings>;

const GitHubSettings = nameSchema('GitHubSettings', Type.Object({ hasToken: Type.Boolean() }));

export const settingsEndpoints = {
  getGitHubSettings: defineEndpoint({
    method: 'GET',
    path: '/api/settings/github',
    summary: 'Read how GitHub is asked',
    tags,
    access: 'admin',
    response: GitHubSettings,
  }),
  updateGitHubSettings: defineEndpoint({
    method: 'PUT',
    path: '/api/settings/github',
    summary: 'Set the token that GitHub is asked with',
    description:
      'GitHub answers 60 requests an hour without one, 5,000 with one. Everybody here can then import what the token can read.',
    tags,
    access: 'admin',
    body: Type.Object({
      token: Type.String({
        maxLength: 500,
        pattern: '^[\\x21-\\x7e]*$',
        description: 'Write-only, kept sealed. Empty: none.',
      }),
    }),
    response: GitHubSettings,
  }),
  testGitHubSettings: defineEndpoint({
    method: 'POST',
    path: '/api/settings/github/test',
    summary: 'Ask GitHub how often it answers',
    tags,
    access: 'admin',
    response: Type.Object({ message: Type.String({ description: 'One sentence.' }) }),
  }),
  getRunSettings: defineEndpoint({
    method: 'GET',
    path: '/api/settings/runs',
    summary: 'Read how long runs may take and are kept',
    tags,
    access: 'admin',
    response: RunSettings,
  }),
  updateRunSettings: defineEndpoint({
    method: 'PUT',
    path: '/api/settings/runs',
    summary: 'Set how long runs may take and are kept',
    tags,
    access: 'admin',
    body: RunSettings,
    response: RunSettings,
  }),
  getMailSettings: defineEndpoint({
    method: 'GET',
    path: '/api/settings/mail',
    summary: 'Read how mail is sent',
    tags,
    access: 'admin',
    response: MailSettings,
  }),
  updateMailSettings: defineEndpoint({
    method: 'PUT',
    path: '/api/settings/mail',
    summary: 'Set how mail is sent',
    tags,
    access: 'admin',
    body: Type.Object({
      ...mailProperties,
      password: Type.Optional(
        Type.String({ description: 'Write-only. Left out: stays; empty: is removed.' }),
      ),
    }),
    response: MailSettings,
  }),
  testMailSettings: defineEndpoint({
    method: 'POST',
    path: '/api/settings/mail/test',
    summary: 'Send a test message',
    tags,
    access: 'admin',
    body: Type.Object({
      to: Type.Optional(Type.String({ format: 'email', description: 'By default your own address.' })),
    }),
    response: Type.Object({ message: Type.String({ description: 'One sentence.' }) }),
  }),
  getAllowedHosts: defineEndpoint({
    method: 'GET',
    path: '/api/settings/allowed-hosts',
    summary: 'Read which private hosts may be called',
    tags,
    access: 'admin',
    response: AllowedHostsBody,
  }),
  updateAllowedHosts: defineEndpoint({
    method: 'PUT',
    path: '/api/settings/allowed-hosts',
    summary: 'Set which private hosts may be called',
    tags,
    access: 'admin',
    body: AllowedHostsBody,
    response: AllowedHostsBody,
  }),
};
