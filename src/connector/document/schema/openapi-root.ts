import { INFO_EXTENSIONS, ROOT_EXTENSIONS } from './extensions.ts';
import { type DocumentSchema, fields, list, map, ref, refOr, text } from './schema-types.ts';

const component = (what: string, name: string) => map(what, refOr(name));

/** The document itself, and what is said of the API as a whole. */
export const ROOT: DocumentSchema = fields(
  'An API, as OpenAPI 3.1 describes it.',
  {
    openapi: text('The version of OpenAPI; a connector is kept as 3.1.', {
      pattern: '^3\\.1(?:\\.\\d+)?(?:-.+)?$',
      'x-form': 'be 3.1.0 or another 3.1: import a document of another version as a new connector',
      examples: ['3.1.0'],
    }),
    info: ref('info'),
    jsonSchemaDialect: text('The dialect of the schemas.'),
    servers: list('Where the API is. The first one counts.', ref('server')),
    paths: map('What can be called: addresses, each with its methods.', ref('pathItem'), {
      patternProperties: { '^x-': {} },
    }),
    webhooks: map('Messages that the API sends by itself.', refOr('pathItem')),
    components: ref('components'),
    security: list('How calls authenticate: one of these.', ref('securityRequirement')),
    tags: list('Groups of operations.', ref('tag')),
    externalDocs: ref('externalDocs'),
    ...ROOT_EXTENSIONS,
  },
  { required: ['openapi', 'info'] },
);

export const ROOT_PARTS: Readonly<Record<string, DocumentSchema>> = {
  reference: fields(
    'A reference to what is described elsewhere.',
    {
      $ref: text('Where: `#/components/schemas/Address`.', { 'x-suggest': 'references' }),
      summary: text('A label of its own.'),
      description: text('A description of its own.'),
    },
    // Others may stand beside it, and are passed over.
    { additionalProperties: {}, required: ['$ref'] },
  ),
  info: fields(
    'What the API is.',
    {
      title: text('The name of the connector.'),
      summary: text('What it does, in a few words.'),
      description: text('What it does. Markdown.'),
      termsOfService: text('Address of the terms.'),
      contact: fields('Whom to ask.', {
        name: text('A person or a team.'),
        url: text('An address.'),
        email: text('An email address.'),
      }),
      license: fields('What may be done with the API.', {
        name: text('', { examples: ['Apache-2.0', 'MIT'] }),
        identifier: text('An SPDX expression.'),
        url: text('An address.'),
      }),
      version: text('The version of the API, not of the connector.'),
      ...INFO_EXTENSIONS,
    },
    { required: ['title', 'version'] },
  ),
  server: fields(
    'Where the API is.',
    {
      url: text('The base address; may hold `{variables}`.', { examples: ['https://api.example.com/v1'] }),
      description: text('What this one is for.'),
      variables: map('What stands for the `{variables}` of the address.', ref('serverVariable')),
    },
    { required: ['url'] },
  ),
  serverVariable: fields(
    'A part of an address.',
    {
      enum: list('What it may be.', { type: ['string', 'number', 'boolean'] }),
      default: {
        description: 'What it is unless somebody says otherwise.',
        type: ['string', 'number', 'boolean'],
      },
      description: text('What it is.'),
    },
    { required: ['default'] },
  ),
  tag: fields(
    'A group of operations.',
    {
      name: text('As the operations name it.'),
      description: text('What they have in common.'),
      externalDocs: ref('externalDocs'),
    },
    { required: ['name'] },
  ),
  externalDocs: fields('More about it elsewhere.', {
    description: text('What is found there.'),
    url: text('An address.'),
  }),
  components: fields('What several places refer to.', {
    schemas: map('Shapes of data.', ref('schema')),
    responses: component('Answers.', 'response'),
    parameters: component('Parameters.', 'parameter'),
    examples: component('Examples.', 'example'),
    requestBodies: component('Bodies of requests.', 'requestBody'),
    headers: component('Headers.', 'header'),
    securitySchemes: component('Ways to authenticate.', 'securityScheme'),
    links: component('Links.', 'link'),
    callbacks: component('Callbacks.', 'callback'),
    pathItems: component('Paths.', 'pathItem'),
  }),
};
