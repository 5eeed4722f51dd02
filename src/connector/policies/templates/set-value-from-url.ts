import { Secret } from '../../../base/index.ts';
import { revealText } from '../../request/secret-text.ts';
import { toText } from '../../request/serialize.ts';
import type { HttpRequestPlan, QueryEntry } from '../../request-types.ts';
import { getAt, parseBodyPath } from '../body-path.ts';
import { decodeName } from '../decode-name.ts';
import { fillPath } from '../fill-path.ts';
import type { PolicyMessage, PolicyRun, PolicyTemplate } from '../policy-types.ts';
import { setHeaderEntry } from '../set-header.ts';

const METHODS = ['GET', 'POST', 'PUT'];
const TARGET = /^\s*@\{?(header|queryParam)\w*\(\s*['‘’]([^'‘’]+)['‘’]\s*\)\}?\s*$/i;

export const setValueFromUrl: PolicyTemplate = {
  templateId: 'setvaluefromurl',
  title: 'Set header or query parameter from URL',
  description:
    'Asks the same service, with the same credentials, and writes one value of its answer into a header or a query parameter.',
  sections: ['request', 'response'],
  parameters: [
    {
      name: 'parameterTemplate',
      title: 'Header or query parameter',
      description: "`@headers('If-Match')` or `@queryParameters('access_token')`.",
      type: 'string',
      required: true,
    },
    {
      name: 'parameterValueUrl',
      title: 'URL',
      description: 'Path below the base path, with a query where it needs one; `{name}` is a path parameter.',
      type: 'string',
      required: true,
    },
    {
      name: 'parameterValuePathTemplate',
      title: 'Path of the value',
      description: "Where the answer holds the value: `@body()['@odata.etag']`.",
      type: 'string',
      required: true,
    },
    {
      name: 'httpMethod',
      title: 'HTTP method',
      description: 'How to ask.',
      type: 'string',
      required: false,
      allowed: METHODS,
      default: 'GET',
    },
  ],
  examples: [
    {
      title: 'The current version before a change',
      section: 'request',
      parameters: {
        parameterTemplate: "@headers('If-Match')",
        parameterValueUrl: '/tasks/{id}',
        parameterValuePathTemplate: "@body()['@odata.etag']",
      },
      inputs: { id: '7' },
      answer: { '@odata.etag': 'W/"5"' },
      before: { method: 'PATCH', url: '/tasks/7' },
      after: { method: 'PATCH', url: '/tasks/7', headers: { 'If-Match': 'W/"5"' } },
    },
  ],
  ask: planQuestion,
  apply: applyAnswer,
};

function planQuestion(message: PolicyMessage, run: PolicyRun): HttpRequestPlan | undefined {
  const written = revealText(run.text('parameterValueUrl')).trim();
  // Only a path: another host would get the credentials.
  if (written === '' || /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(written)) return undefined;
  const [path = '', search = ''] = fillPath(written, run.inputs).split('?');
  const pairs = search.split('&').filter((pair) => pair !== '');
  const query = pairs.map((pair): QueryEntry => {
    const [name = '', ...value] = pair.split('=');
    return { name: decodeName(name), value: value.join('='), encoded: true };
  });
  const method = run.plain('httpMethod').trim().toUpperCase();
  const from = run.request ?? { ...message, cookies: [] };
  return {
    method: METHODS.includes(method) ? method : 'GET',
    baseUrl: message.baseUrl,
    path: path.startsWith('/') ? path : `/${path}`,
    query: [...query, ...from.query.filter(({ value }) => typeof value !== 'string')],
    headers: from.headers.filter(({ name }) => !/^(?:content-|idempotency-|if-)/i.test(name)),
    cookies: from.cookies,
  };
}

function applyAnswer(message: PolicyMessage, run: PolicyRun) {
  const [, kind = '', name = ''] = TARGET.exec(run.plain('parameterTemplate')) ?? [];
  if (name === '') return { message, note: 'The policy names no header or query parameter.' };
  if (run.answer === undefined) return { message, note: 'The service was not asked.' };
  const path = parseBodyPath(run.plain('parameterValuePathTemplate'));
  const value = path === undefined ? undefined : getAt(run.answer.body, path.keys);
  if (run.answer.statusCode >= 400 || value === undefined || value === null) {
    return { message, note: `The service answered ${run.answer.statusCode} and gave no such value.` };
  }
  // On the way out it is most often a credential.
  const text = message.side === 'request' ? new Secret(toText(value)) : toText(value);
  if (kind.toLowerCase() === 'header') {
    return { message: { ...message, headers: setHeaderEntry(message.headers, name, text, 'override') } };
  }
  const others = message.query.filter((one) => one.name !== name);
  return { message: { ...message, query: [...others, { name, value: text }] } };
}
