import { IDENTITY_PROVIDERS } from '../../oauth/identity-providers.ts';
import { POLICY_TEMPLATES } from '../../policies/policy-templates.ts';
import type { PolicyParameter, PolicyTemplate } from '../../policies/policy-types.ts';
import { choice, type DocumentSchema, fields, flag, list, map, ref, text, when } from './schema-types.ts';

/** What a package keeps in `apiProperties.json`: how to connect, policies, looks. */

/** `"true"` and `true` are both common. */
const switchOf = (description: string): DocumentSchema => ({
  description,
  type: ['string', 'boolean'],
  examples: ['true', 'false'],
});

const anything = { additionalProperties: {} };

const UI_DEFINITION = fields(
  'How the field looks.',
  {
    displayName: text('What it is called.'),
    description: text('What to enter, and where to find it.'),
    tooltip: text('Shown on request.'),
    constraints: fields(
      'What holds for it.',
      {
        required: switchOf('Whether it must be filled in.'),
        hidden: switchOf('Not shown: its value is the default.'),
        clearText: switchOf('Readable while it is typed, although it is a secret.'),
        tabIndex: { description: 'Its place among the fields.', type: ['integer', 'string'] },
        allowedValues: list(
          'All it may be.',
          fields(
            'A value.',
            { text: text('What people see.'), value: { description: 'The value.' } },
            anything,
          ),
        ),
        dependencies: {
          description: 'Shown only while other fields have one of these values.',
          type: 'object',
        },
        capability: list('`cloud` or `gateway`.', text('')),
      },
      anything,
    ),
  },
  { ...anything, type: ['object', 'null'] },
);

const CUSTOM_PARAMETERS = map('Addresses and other settings of the provider.', {
  type: 'object',
  properties: { value: { description: 'The value.', type: ['string', 'null', 'boolean', 'number'] } },
});

const OAUTH_NAMES = [
  'authorizationUrl',
  'tokenUrl',
  'refreshUrl',
  'authorizationUrlTemplate',
  'authorizationUrlQueryStringTemplate',
  'tokenUrlTemplate',
  'tokenUrlQueryStringTemplate',
  'tokenBodyTemplate',
  'refreshUrlTemplate',
  'refreshUrlQueryStringTemplate',
  'refreshBodyTemplate',
  'scopeListDelimiter',
  ...IDENTITY_PROVIDERS.flatMap(({ fields: own = [] }) => own.map(({ name }) => name)),
];

const OAUTH_SETTINGS = fields(
  'How somebody signs in.',
  {
    identityProvider: text('Who signs people in.', {
      examples: IDENTITY_PROVIDERS.map(({ name }) => name),
      'x-meanings': Object.fromEntries(IDENTITY_PROVIDERS.map(({ name, title }) => [name, title])),
    }),
    clientId: { description: 'The id of your application at the provider.', type: ['string', 'null'] },
    scopes: list('What is asked for.', text('A scope.'), { type: ['array', 'string', 'null'] }),
    redirectMode: text('Of the Power Platform; Patchbay has one address.', {
      examples: ['Global', 'GlobalPerConnector', 'Direct', 'None'],
    }),
    redirectUrl: { description: 'Of the Power Platform.', type: ['string', 'array', 'null'] },
    properties: { description: 'Of the Power Platform; kept.', type: 'object' },
    customParameters: { ...CUSTOM_PARAMETERS, 'x-names': [...new Set(OAUTH_NAMES)] },
  },
  {
    ...anything,
    // Not offered, but recognized.
    patternProperties: {
      '^clientSecret$': text('A secret.', {
        type: ['string', 'null'],
        pattern: '^$',
        'x-form': 'not stand here: enter it under Security, where it is kept sealed',
        'x-doubt': true,
      }),
    },
  },
);

const PREFIX = 'x-ms-apimTemplateParameter.';
const SECTIONS = { request: 'Request', response: 'Response', failure: 'Failure' } as const;

function describeParameter({ name, title, description, allowed }: PolicyParameter) {
  const schema: DocumentSchema = {
    description: `**${title}.** ${description}`,
    ...(allowed === undefined ? {} : { examples: allowed }),
  };
  return [`${PREFIX}${name}`, schema] as const;
}

/** Whatever its case: names of templates are compared so. */
function matchCase(id: string): string {
  const letters = [...id].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return `^${letters.join('')}$`;
}

/** What the parameters of one template are called. */
function ofTemplate({ templateId, parameters }: PolicyTemplate): DocumentSchema {
  const condition: DocumentSchema = {
    type: 'object',
    properties: { templateId: { type: 'string', pattern: matchCase(templateId) } },
    required: ['templateId'],
  };
  const properties = Object.fromEntries(parameters.map(describeParameter));
  return when(condition, { properties: { parameters: { properties } } });
}

const POLICY = fields(
  'A change that is made to requests or answers.',
  {
    templateId: text('What it does.', {
      examples: POLICY_TEMPLATES.map(({ templateId }) => templateId),
      'x-meanings': Object.fromEntries(
        POLICY_TEMPLATES.map(({ templateId, description }) => [templateId, description]),
      ),
    }),
    title: text('What it is called.'),
    type: text('Only `PollingTrigger`, of that template.', { examples: ['PollingTrigger'] }),
    parameters: {
      description: 'What the template is told.',
      type: 'object',
      properties: {
        'x-ms-apimTemplate-policySection': text('When: before the call, after it, or when it failed.', {
          examples: Object.values(SECTIONS),
        }),
        'x-ms-apimTemplate-operationName': list(
          'For which operations. Without it: for all.',
          text('An operation.', { 'x-suggest': 'operationIds' }),
          { type: ['array', 'string'] },
        ),
      },
    },
  },
  { additionalProperties: {}, required: ['templateId'], allOf: POLICY_TEMPLATES.map(ofTemplate) },
);

export const PROPERTIES: DocumentSchema = {
  description: 'How to connect, policies, looks: what a package keeps in `apiProperties.json`.',
  type: 'object',
  properties: {
    connectionParameters: map('The fields with which a connection is made.', ref('connectionParameter'), {
      'x-names': ['api_key', 'token', 'username', 'password'],
    }),
    connectionParameterSets: fields(
      'Several ways to connect; people choose one.',
      {
        uiDefinition: { ...UI_DEFINITION, description: 'What the choice is called.' },
        values: list(
          'The ways.',
          fields(
            'A way to connect.',
            {
              name: text('Kept with each connection: better not changed.'),
              uiDefinition: UI_DEFINITION,
              parameters: map('The fields.', ref('connectionParameter')),
              metadata: {
                description: 'Further facts.',
                type: 'object',
                properties: { allowSharing: flag('Whether connections may be shared.') },
              },
            },
            { ...anything, required: ['name'] },
          ),
        ),
      },
      anything,
    ),
    iconBrandColor: text('The colour behind the icon: `#1b5e20`.', {
      pattern: '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$',
      'x-form': 'be a colour such as #1b5e20',
      'x-doubt': true,
    }),
    capabilities: list('What it can do.', text('', { examples: ['actions', 'triggers', 'gateway'] })),
    policyTemplateInstances: list('Policies, in the order in which they work.', POLICY),
    scriptOperations: list(
      'The operations that custom code serves. None: all of them.',
      text('An operation.', { 'x-suggest': 'operationIds' }),
    ),
    script: { description: 'Of older packages: which operations custom code serves.', type: 'object' },
    publisher: text('Who publishes the connector.'),
    stackOwner: text('Who owns the service behind it.'),
  },
  $defs: {
    connectionParameter: fields(
      'A field with which a connection is made.',
      {
        type: choice(
          'What kind it is.',
          {
            string: 'Text.',
            securestring: 'A secret: kept sealed and never shown again.',
            int: 'A whole number.',
            bool: 'Yes or no.',
            oauthSetting: 'A button with which somebody signs in.',
            gatewaySetting: 'Of the Power Platform.',
          },
          { 'x-doubt': true },
        ),
        uiDefinition: UI_DEFINITION,
        defaultValue: { description: 'What it is unless somebody says otherwise.' },
        allowedValues: list('All it may be.', { type: 'object' }),
        oAuthSettings: OAUTH_SETTINGS,
        metadata: { description: 'Of the Power Platform; kept.', type: 'object' },
        gatewaySettings: { description: 'Of the Power Platform; kept.', type: 'object' },
      },
      anything,
    ),
  },
};
