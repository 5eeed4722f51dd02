import { getAt, parseBodyPath, parseSubPath, setAt } from '../body-path.ts';
import type { PolicyTemplate } from '../policy-types.ts';
import { readRequestUrl } from '../request-url.ts';

export const updateNextLink: PolicyTemplate = {
  templateId: 'updatenextlink',
  title: 'Update the next link',
  description:
    'Names the property of the answer with the address of the next page. Patchbay follows it with the credentials and policies of the connection; a relative address is completed.',
  sections: ['response'],
  parameters: [
    {
      name: 'nextLinkPropertyName',
      title: 'Property',
      description: 'Name of the property with the address of the next page.',
      type: 'string',
      required: true,
    },
    {
      name: 'nextLinkParentPropertyPath',
      title: 'Parent of the property',
      description: 'Where the property is, when it is not at the top: `@body().paging`.',
      type: 'string',
      required: false,
    },
  ],
  examples: [
    {
      title: 'A relative address',
      section: 'response',
      parameters: { nextLinkPropertyName: '@odata.nextLink' },
      before: {
        url: 'https://api.contoso.com/v1/items',
        body: { '@odata.nextLink': '/v1/items?$skiptoken=1' },
      },
      after: { body: { '@odata.nextLink': 'https://api.contoso.com/v1/items?$skiptoken=1' } },
    },
  ],
  apply(message, run) {
    const parent = run.plain('nextLinkParentPropertyPath');
    const name = run.plain('nextLinkPropertyName');
    const inside = parseBodyPath(parent)?.keys ?? parseSubPath(parent);
    const keys = [...inside, name.startsWith('[') ? (parseSubPath(name)[0] ?? name) : name];
    const link = getAt(message.body, keys);
    if (typeof link !== 'string' || link === '') return { message, note: 'The answer names no next page.' };
    const url = URL.parse(link, readRequestUrl(message));
    if (url === null || url.href === link) return { message };
    return { message: { ...message, body: setAt(message.body, keys, url.href) } };
  },
};
