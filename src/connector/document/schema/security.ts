import { choice, type DocumentSchema, fields, map, ref, text, when } from './schema-types.ts';

/** What each kind of scheme needs, by `type`. */
function ofType(type: string, properties: Readonly<Record<string, DocumentSchema>>): DocumentSchema {
  const required = Object.keys(properties).filter((name) => name !== 'bearerFormat');
  const condition = { type: 'object', properties: { type: { enum: [type] } }, required: ['type'] };
  return when(condition, { properties, required });
}

const FLOW_FIELDS = {
  authorizationUrl: text('Where people sign in.'),
  tokenUrl: text('Where tokens come from.'),
  refreshUrl: text('Where tokens are renewed.'),
  scopes: map('What may be asked for, and what it means.', { type: ['string', 'null'] }),
};

export const SECURITY_PARTS: Readonly<Record<string, DocumentSchema>> = {
  securityRequirement: map(
    'Names of ways to authenticate, all of them together, each with the scopes it needs.',
    { type: 'array', items: { type: 'string' } },
    { 'x-suggest': 'securitySchemes' },
  ),
  securityScheme: fields(
    'A way to authenticate.',
    {
      type: choice('What kind it is.', {
        apiKey: 'A key in a header, in the query or in a cookie.',
        http: 'Basic or bearer authentication.',
        oauth2: 'Somebody signs in, or the program does.',
        openIdConnect: 'As `oauth2`, its addresses found by discovery.',
        mutualTLS: 'A certificate of the client.',
      }),
      description: text('What people have to know.'),
    },
    {
      required: ['type'],
      allOf: [
        ofType('apiKey', {
          name: text('Of the header, parameter or cookie.'),
          in: choice('Where the key goes.', {
            header: 'A header.',
            query: 'Behind the `?`.',
            cookie: 'A cookie.',
          }),
        }),
        ofType('http', {
          scheme: text('`basic` or `bearer`.', { examples: ['basic', 'bearer'] }),
          bearerFormat: text('A note: what the token is.'),
        }),
        ofType('oauth2', {
          flows: fields('How tokens are had.', {
            authorizationCode: ref('oauthFlow'),
            clientCredentials: ref('oauthFlow'),
            implicit: ref('oauthFlow'),
            password: ref('oauthFlow'),
          }),
        }),
        ofType('openIdConnect', { openIdConnectUrl: text('Where its configuration is.') }),
      ],
    },
  ),
  oauthFlow: fields('A way to a token.', FLOW_FIELDS),
};
