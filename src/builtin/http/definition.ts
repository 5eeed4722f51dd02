import type { ConnectorDefinition } from '../../connector/index.ts';

/** The raw HTTP request as a connector: what the Http action of a flow does, for everything that calls operations. */
export const httpDefinition: ConnectorDefinition = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'HTTP',
      description:
        'Sends any HTTP request. For a service that is called often, make a connector of it instead.',
      version: '1.0',
    },
    'x-ms-connector-metadata': [{ propertyName: 'Categories', propertyValue: 'IT Operations' }],
    servers: [{ url: 'patchbay://http' }],
    paths: {
      '/request': {
        post: {
          operationId: 'SendRequest',
          summary: 'Send an HTTP request',
          description: 'Sends a request to any URL and answers with its status, headers and body.',
          'x-ms-visibility': 'important',
          'x-ms-no-generic-test': true,
          requestBody: {
            required: true,
            'x-ms-requestBody-name': 'request',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['method', 'uri'],
                  properties: {
                    method: {
                      type: 'string',
                      enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
                      default: 'GET',
                      'x-ms-summary': 'Method',
                    },
                    uri: { type: 'string', 'x-ms-summary': 'URI', description: 'https://…' },
                    headers: {
                      type: 'object',
                      additionalProperties: { type: 'string' },
                      'x-ms-summary': 'Headers',
                      'x-ms-editor': 'dictionary',
                    },
                    queries: {
                      type: 'object',
                      additionalProperties: { type: 'string' },
                      'x-ms-summary': 'Queries',
                      'x-ms-editor': 'dictionary',
                    },
                    body: { 'x-ms-summary': 'Body', description: 'Text, or JSON.' },
                    authentication: {
                      type: 'object',
                      'x-ms-summary': 'Authentication',
                      'x-ms-visibility': 'advanced',
                      description:
                        '{"type": "Basic", "username": …, "password": …} or {"type": "Raw", "value": …}.',
                    },
                  },
                },
              },
            },
          },
          responses: {
            default: {
              description: 'What the service answered.',
              content: { 'application/json': { schema: {} } },
            },
          },
        },
      },
    },
  },
  properties: { iconBrandColor: '#709727', capabilities: ['actions'], publisher: 'Patchbay' },
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
};
