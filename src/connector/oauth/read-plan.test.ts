import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { buildAuthorizationUrl } from './build-requests.ts';
import { readOAuthPlan } from './read-plan.ts';

const SERVICE = {
  authorizationUrl: { value: 'https://sign-in.example/authorize' },
  tokenUrl: { value: 'https://sign-in.example/token' },
};

function askedScope(settings: JsonObject): string | null {
  const plan = readOAuthPlan(
    { identityProvider: 'oauth2', customParameters: SERVICE, ...settings },
    {
      parameter: 'token',
      parameterNames: [],
    },
  );
  const requester = {
    application: { clientId: 'books', clientSecret: undefined },
    values: {},
    redirectUrl: 'https://patchbay.example/back',
  };
  const url = buildAuthorizationUrl(plan, requester, { state: 's', codeChallenge: undefined });
  return new URL(url).searchParams.get('scope');
}

describe('the scopes that a provider is asked for', () => {
  it.each<[string, JsonObject, string | null]>([
    ['a list', { scopes: ['read', 'write'] }, 'read write'],
    ['one text with blanks', { scopes: ['read write'] }, 'read write'],
    ['one text with commas goes as it stands', { scopes: ['Mail.ALL,Mail.READ'] }, 'Mail.ALL,Mail.READ'],
    ['a text instead of a list', { scopes: 'read,write' }, 'read,write'],
    ['commas and blanks are blanks', { scopes: ['read, write'] }, 'read write'],
    [
      'scopes with blanks in them',
      { scopes: ['View Surveys', 'View Collectors'] },
      'View Surveys View Collectors',
    ],
    [
      'what the definition says stands between them',
      { scopes: ['read', 'write'], customParameters: { ...SERVICE, scopeListDelimiter: { value: ';' } } },
      'read;write',
    ],
    ['none', { scopes: [] }, null],
  ])('%s', (_name, settings, scope) => {
    expect(askedScope(settings)).toBe(scope);
  });
});

it('a certificate proves who asks, also to a provider that is known by its address', () => {
  const read = (host: string) =>
    readOAuthPlan(
      {
        identityProvider: 'OAuth2Certificate',
        customParameters: {
          authorizationUrl: { value: `https://${host}/authorize` },
          tokenUrl: { value: `https://${host}/token` },
        },
      },
      { parameter: 'token', parameterNames: [] },
    );
  for (const host of ['sign-in.example', 'github.com'])
    expect(read(host)).toMatchObject({
      proof: 'certificate',
      grant: 'authorization-code',
      problem: undefined,
    });
});
