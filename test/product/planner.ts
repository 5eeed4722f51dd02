import { serve, type TestServer } from '../servers.ts';

/** An API whose fields depend on each other: organisations, projects, folders, and records of many shapes. */
export interface PlannerApi extends TestServer {
  /** What was asked, latest last: `GET /orgs`. */
  readonly seen: string[];
  /** The document, with every dynamic extension. */
  readonly document: string;
}

const PROJECTS: Record<string, object[]> = {
  acme: [
    { id: 1, name: 'Rocket', note: 'To the moon' },
    { id: 2, name: 'Anvil', archived: true },
  ],
  globex: [{ id: 9, name: 'Weather' }],
};

const SHAPES: Record<string, object> = {
  contact: {
    email: { type: 'string', 'x-ms-summary': 'E-mail', 'x-ms-visibility': 'important' },
    owner: {
      type: 'string',
      title: 'Owner',
      'x-ms-dynamic-values': { operationId: 'ListOrgs', 'value-path': 'key', 'value-title': 'label' },
    },
  },
  deal: { amount: { type: 'number', title: 'Amount' }, won: { type: 'boolean', title: 'Won' } },
};

export async function startPlannerApi(): Promise<PlannerApi> {
  const seen: string[] = [];
  const server = await serve(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://planner');
    seen.push(`${request.method} ${url.pathname}${url.search}`);
    const body = Buffer.concat(await request.toArray()).toString();
    const { status = 200, answer } = reply(`${request.method} ${url.pathname}`, url, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  return { ...server, seen, document: JSON.stringify(describePlanner(server.url)) };
}

function reply(asked: string, url: URL, body: string): { status?: number; answer: unknown } {
  const { searchParams: query } = url;
  if (asked === 'GET /orgs') return { answer: listOrgs(query.get('page')) };
  if (asked === 'GET /projects') {
    const found = PROJECTS[query.get('org') ?? ''];
    return found ? { answer: found } : { status: 404, answer: { message: 'No such organisation' } };
  }
  if (asked === 'GET /folders') return { answer: { entries: listFolders(query.get('parent')) } };
  if (asked === 'GET /shape') return { answer: SHAPES[query.get('kind') ?? ''] ?? null };
  if (asked === 'GET /example') return { answer: [{ id: 1, subject: 'An example' }] };
  return { answer: { received: body === '' ? null : JSON.parse(body) } };
}

function listOrgs(page: string | null) {
  return page === '2'
    ? { value: [{ key: 'globex', label: 'Globex' }] }
    : { value: [{ key: 'acme', label: 'Acme' }], '@odata.nextLink': '/orgs?page=2' };
}

function listFolders(parent: string | null) {
  if (parent === null)
    return [
      { path: '/docs', name: 'Documents', folder: true },
      { path: '/a.txt', name: 'a.txt' },
    ];
  return [{ path: `${parent}/plan.txt`, name: 'plan.txt' }];
}

const text = { type: 'string' };
const query = (name: string, more: object = {}) => ({ name, in: 'query', schema: text, ...more });
const ok = {
  200: { description: 'It worked.', content: { 'application/json': { schema: { type: 'object' } } } },
};

function describePlanner(url: string) {
  const hidden = { 'x-ms-visibility': 'internal', responses: ok };
  return {
    openapi: '3.1.0',
    info: { title: 'Planner', version: '1' },
    servers: [{ url }],
    'x-ms-capabilities': { testConnection: { operationId: 'ListOrgs' } },
    paths: {
      '/orgs': { get: { operationId: 'ListOrgs', ...hidden } },
      '/projects': {
        get: { operationId: 'ListProjects', parameters: [query('org', { required: true })], ...hidden },
      },
      '/folders': { get: { operationId: 'ListFolders', parameters: [query('parent')], ...hidden } },
      '/shape': {
        get: { operationId: 'GetShape', parameters: [query('kind', { required: true })], ...hidden },
      },
      '/example': { get: { operationId: 'GetExample', ...hidden } },
      '/records': { post: describeCreateRecord() },
      '/hooks': {
        post: {
          operationId: 'OnRecord',
          summary: 'When a record is made',
          'x-ms-trigger': 'single',
          'x-ms-trigger-hint': 'Make a record to see it work.',
          'x-ms-operation-context': { simulate: { operationId: 'GetExample' } },
          requestBody: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { url: { ...text, 'x-ms-notification-url': true } } },
              },
            },
          },
          responses: ok,
        },
        'x-ms-notification-content': {
          description: 'The record',
          schema: { type: 'object', properties: { subject: text } },
        },
      },
      '/wipe': {
        post: {
          operationId: 'Wipe',
          summary: 'Delete everything',
          'x-ms-require-user-confirmation': true,
          responses: ok,
        },
      },
    },
  };
}

function describeCreateRecord() {
  return {
    operationId: 'CreateRecord',
    summary: 'Create a record',
    parameters: [
      query('org', {
        required: true,
        'x-ms-summary': 'Organisation',
        'x-ms-dynamic-values': {
          operationId: 'ListOrgs',
          'value-collection': '/value',
          'value-path': 'key',
          'value-title': 'label',
        },
      }),
      query('project', {
        required: true,
        schema: { type: 'integer' },
        'x-ms-summary': 'Project',
        'x-ms-dynamic-list': {
          operationId: 'ListProjects',
          parameters: { org: { parameterReference: 'org' } },
          itemValuePath: 'id',
          itemTitlePath: 'name',
          itemDescriptionPath: 'note',
        },
      }),
      query('folder', {
        'x-ms-summary': 'Folder',
        'x-ms-dynamic-tree': {
          open: {
            operationId: 'ListFolders',
            itemsPath: 'entries',
            itemValuePath: 'path',
            itemTitlePath: 'name',
            itemIsParent: '(folder eq true)',
          },
          browse: {
            operationId: 'ListFolders',
            itemsPath: 'entries',
            itemValuePath: 'path',
            itemTitlePath: 'name',
            itemIsParent: '(folder eq true)',
            parameters: { parent: { selectedItemValuePath: 'path' } },
          },
        },
      }),
      query('trace', { 'x-ms-visibility': 'internal', schema: { ...text, default: 'never sent' } }),
      query('mode', {
        'x-ms-visibility': 'advanced',
        'x-ms-summary': 'Mode',
        schema: {
          ...text,
          enum: ['f', 's'],
          'x-ms-enum-values': [
            { value: 'f', displayName: 'Fast' },
            { value: 's', displayName: 'Slow' },
          ],
        },
      }),
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['kind', 'title'],
            properties: {
              title: { ...text, 'x-ms-summary': 'Title', minLength: 3, 'x-ms-test-value': 'Hello' },
              kind: { ...text, 'x-ms-summary': 'Kind', enum: ['contact', 'deal'] },
              urgent: { type: 'boolean', 'x-ms-summary': 'Urgent', 'x-ms-visibility': 'important' },
              due: { ...text, format: 'date', 'x-ms-summary': 'Due' },
              hours: { type: 'number', 'x-ms-summary': 'Hours', 'x-ms-visibility': 'advanced' },
              made: { ...text, 'x-ms-mutability': ['read'] },
              lines: {
                type: 'array',
                'x-ms-summary': 'Lines',
                items: {
                  type: 'object',
                  required: ['sku'],
                  properties: {
                    sku: { ...text, 'x-ms-summary': 'Article' },
                    count: { type: 'integer', 'x-ms-summary': 'Count' },
                  },
                },
              },
              address: {
                type: 'object',
                'x-ms-summary': 'Address',
                properties: { city: { ...text, 'x-ms-summary': 'City' } },
              },
              labels: { type: 'object', 'x-ms-summary': 'Labels', additionalProperties: text },
              fields: {
                type: 'object',
                'x-ms-summary': 'Fields',
                'x-ms-dynamic-schema': {
                  operationId: 'GetShape',
                  parameters: { kind: { parameter: 'kind' } },
                },
                'x-ms-dynamic-properties': {
                  operationId: 'GetShape',
                  parameters: { kind: { parameterReference: 'body/kind' } },
                },
              },
            },
          },
        },
      },
    },
    responses: ok,
  };
}
