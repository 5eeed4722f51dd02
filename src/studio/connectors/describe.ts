const FORMATS: Readonly<Record<string, string>> = {
  'openapi-3.0': 'OpenAPI 3.0',
  'openapi-3.1': 'OpenAPI 3.1',
  'swagger-2.0': 'Swagger 2.0',
  'power-platform': 'Power Platform package',
  'postman-2.0': 'Postman collection 2.0',
  'postman-2.1': 'Postman collection 2.1',
  har: 'HAR recording',
  curl: 'curl command',
};

/** The name that people know a format by. */
export function describeFormat(format: string): string {
  return FORMATS[format] ?? format;
}

const METHODS: Readonly<Record<string, string>> = {
  none: 'None',
  apiKey: 'API key',
  basic: 'User name and password',
  bearer: 'Bearer token',
  oauth2: 'OAuth 2.0',
};

/** The name that people know a way of authenticating by. */
export function describeAuthentication(type: string): string {
  return METHODS[type] ?? type;
}
