import { revealText } from '../../request/secret-text.ts';
import { encode, encodeSegments } from '../../request/serialize.ts';
import type { QueryEntry } from '../../request-types.ts';
import { decodeName } from '../decode-name.ts';
import { checkSegment, fillPath } from '../fill-path.ts';
import type { PolicyTemplate } from '../policy-types.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
const ORIGINAL = '@Request.OriginalHTTPMethod';

export const routeRequest: PolicyTemplate = {
  templateId: 'routerequesttoendpoint',
  title: 'Route request',
  description:
    'Sends the request to another path of the same service, so that several operations can share one.',
  sections: ['request'],
  parameters: [
    {
      name: 'newPath',
      title: 'Path',
      description:
        'Below the base path. `{name}` is the value of a path parameter; a query is added to that of the operation.',
      type: 'string',
      required: true,
    },
    {
      name: 'httpMethod',
      title: 'HTTP method',
      description: 'The method of the request that goes out.',
      type: 'string',
      required: false,
      allowed: [...METHODS, ORIGINAL],
      default: ORIGINAL,
    },
  ],
  examples: [
    {
      title: 'Another path',
      section: 'request',
      parameters: { newPath: "/me/tasks('{id}')", httpMethod: ORIGINAL },
      inputs: { id: '7' },
      before: { method: 'GET', url: "/v2/me/tasks('7')" },
      after: { method: 'GET', url: "/me/tasks('7')" },
    },
    {
      title: 'Another method, and a query',
      section: 'request',
      parameters: { newPath: 'items/{id}?hard=true', httpMethod: 'DELETE' },
      inputs: { id: 'a b' },
      before: { method: 'POST', url: '/items/a%20b/remove?dry=1' },
      after: { method: 'DELETE', url: '/items/a%20b?hard=true&dry=1' },
    },
    {
      title: 'Values in the path and in the query',
      section: 'request',
      parameters: {
        newPath: "/@connectionParameters('workspace')/docs?owner=@queryParameters('who')",
        httpMethod: ORIGINAL,
      },
      connection: { workspace: 'north/a b' },
      before: { method: 'GET', url: '/docs?who=x%26y' },
      after: { method: 'GET', url: '/north/a%20b/docs?owner=x%26y&who=x%26y' },
    },
  ],
  apply(message, run) {
    const written = revealText(run.text('newPath', encodeForPlace)).trim();
    if (written === '') return { message, note: 'The path is empty.' };
    const [path = '', query = ''] = fillPath(written, run.inputs).split('?');
    const added = query.split('&').filter((pair) => pair !== '');
    const entries = added.map((pair): QueryEntry => {
      const [name = '', ...value] = pair.split('=');
      return {
        name: decodeName(name),
        value: value.join('=').replace(/[\s"#<>]/g, encodeURIComponent),
        encoded: true,
      };
    });
    const method = run.plain('httpMethod').trim().toUpperCase();
    return {
      message: {
        ...message,
        method: METHODS.includes(method) ? method : message.method,
        path: path.startsWith('/') ? path : `/${path}`,
        query: [...entries, ...message.query],
      },
    };
  },
};

/** A value may be several segments of the path, and never ends it, climbs in it or adds to the query. */
function encodeForPlace(value: string, before: string): string {
  return before.includes('?') ? encode(value) : encodeSegments(checkSegment(value));
}
