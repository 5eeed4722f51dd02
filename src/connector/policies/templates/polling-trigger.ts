import { isJsonObject } from '../../../base/index.ts';
import { toText } from '../../request/serialize.ts';
import { getAt, parseBodyPath } from '../body-path.ts';
import type { PolicyMessage, PolicyRun, PolicyTemplate } from '../policy-types.ts';
import { makePollLocation } from '../poll-location.ts';
import { setHeaderEntry } from '../set-header.ts';

/** A key of `triggerConfig` that is no query parameter. */
const NEXT_LINK = 'x-ms-triggerconfig-nextlink';

export const pollingTrigger: PolicyTemplate = {
  templateId: 'pollingtrigger',
  title: 'Trigger configuration',
  description:
    'Makes a polling trigger of an operation that lists things, newest first. What the first poll finds starts nothing; each later poll asks with query parameters made from the answer before.',
  sections: ['response'],
  parameters: [
    {
      name: 'triggerConfig',
      title: 'Query parameters of the next poll',
      description:
        'By name, with expressions from `@triggerBody()`: `{"since": "@{triggerBody().value[0].created}"}`.',
      type: 'object',
      required: true,
    },
    {
      name: 'triggerDataPath',
      title: 'Path of the items',
      description: 'The list in the answer: `@triggerBody().value`.',
      type: 'string',
      required: true,
    },
  ],
  examples: [
    {
      title: 'The first poll only learns where to begin',
      section: 'response',
      parameters: {
        triggerConfig: { since: '@{triggerBody().value[0].created}' },
        triggerDataPath: '@triggerBody().value',
      },
      before: { url: '/items?kind=a', statusCode: 200, body: { value: [{ created: '2026-01-02' }] } },
      after: { statusCode: 202, headers: { location: '/items?kind=a&since=2026-01-02' }, body: null },
    },
    {
      title: 'Nothing new',
      section: 'response',
      parameters: {
        triggerConfig: { since: '@{triggerBody().value[0].created}' },
        triggerDataPath: '@triggerBody().value',
      },
      location: '/items?kind=a&since=2026-01-02',
      before: { url: '/items?kind=a&since=2026-01-02', statusCode: 200, body: { value: [] } },
      after: { statusCode: 202, headers: { location: '/items?kind=a&since=2026-01-02' }, body: null },
    },
    {
      title: 'Something new',
      section: 'response',
      parameters: {
        triggerConfig: { since: '@{triggerBody().value[0].created}' },
        triggerDataPath: '@triggerBody().value',
      },
      location: '/items?kind=a&since=2026-01-02',
      before: {
        url: '/items?kind=a&since=2026-01-02',
        statusCode: 200,
        body: { value: [{ created: '2026-01-03' }] },
      },
      after: {
        statusCode: 200,
        headers: { location: '/items?kind=a&since=2026-01-03' },
        body: { value: [{ created: '2026-01-03' }] },
      },
    },
  ],
  apply(message, run) {
    if (message.statusCode !== 200) return { message };
    const path = parseBodyPath(run.plain('triggerDataPath'));
    const items = path === undefined ? undefined : getAt(message.body, path.keys);
    if (!Array.isArray(items)) return { message, note: 'The answer has no list at the path of the items.' };
    const isFirst = run.location === undefined;
    const location =
      items.length === 0 && run.location !== undefined ? run.location : makeLocation(message, run);
    const headers = setHeaderEntry(message.headers, 'location', location, 'override');
    if (items.length > 0 && !isFirst) return { message: { ...message, headers } };
    return { message: { ...message, statusCode: 202, headers, body: null } };
  },
};

/** What the next poll asks with. */
function makeLocation(message: PolicyMessage, run: PolicyRun): string {
  const written = run.raw('triggerConfig');
  const state = Object.entries(isJsonObject(written) ? written : {}).flatMap(([name, template]) => {
    if (name.trim() === '' || name.toLowerCase() === NEXT_LINK) return [];
    const value = fillState(toText(template), message);
    return value === undefined ? [] : [{ name, value }];
  });
  return makePollLocation(message, state);
}

const EXPRESSION = /@\{?\s*(triggerBody\(\s*\)(?:\??\.[\w$@-]+|\??\[(?:\d+|'[^']*')\])*)\s*\}?/gi;

/** `undefined` when the answer lacks what the state is made of: the parameter then stays as it was. */
function fillState(template: string, { body }: PolicyMessage): string | undefined {
  let isMissing = false;
  const text = template.replace(EXPRESSION, (_, written: string) => {
    const value = getAt(body, parseBodyPath(written)?.keys ?? []);
    if (value === undefined || value === null) isMissing = true;
    return toText(value ?? '');
  });
  return isMissing ? undefined : text;
}
