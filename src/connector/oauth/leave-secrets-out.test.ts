import { expect, test } from 'vitest';
import { importConnector } from '../import/import-connector.ts';
import { leaveSecretsOut } from './leave-secrets-out.ts';

const application = { identityProvider: 'oauth2', clientId: 'parcel-app', clientSecret: 'in-plain-sight' };

test('secrets of OAuth applications are left out, in every set; parameters that are called so stay', () => {
  const properties = {
    connectionParameters: {
      token: { type: 'oauthSetting', oAuthSettings: application },
      clientSecret: { type: 'securestring' },
    },
    connectionParameterSets: {
      values: [{ name: 'a', parameters: { token: { type: 'oauthSetting', oAuthSettings: application } } }],
    },
  };
  const { properties: kept, places } = leaveSecretsOut(properties);
  expect(JSON.stringify(kept)).not.toContain('in-plain-sight');
  expect(kept['connectionParameters']).toMatchObject({ clientSecret: { type: 'securestring' } });
  expect(places).toEqual([
    '/connectionParameters/token/oAuthSettings/clientSecret',
    '/connectionParameterSets/values/0/parameters/token/oAuthSettings/clientSecret',
  ]);
  expect(leaveSecretsOut(kept).properties).toBe(kept);
});

test('a package with a secret says on which line it stood', () => {
  const swagger = { swagger: '2.0', host: 'parcel.example', paths: { '/a': { get: { responses: {} } } } };
  const properties = {
    properties: { connectionParameters: { token: { type: 'oauthSetting', oAuthSettings: application } } },
  };
  const file = (path: string, content: object) => ({
    path,
    bytes: new TextEncoder().encode(JSON.stringify(content, null, 1)),
  });
  const files = [file('apiDefinition.swagger.json', swagger), file('apiProperties.json', properties)];
  const { definition, warnings } = importConnector({ name: 'parcel', files });
  expect(JSON.stringify(definition)).not.toContain('in-plain-sight');
  expect(warnings.find(({ code }) => code === 'CONNECTOR_SECRET_LEFT_OUT')?.line).toBe(9);
});
