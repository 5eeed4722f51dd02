import { changeProperty } from '../change-property.ts';
import { NEW_PATH, PARENT_PATH, SUB_PATH } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const stringReplace: PolicyTemplate = {
  templateId: 'stringreplace',
  title: 'Replace text in a property',
  description: 'Replaces every occurrence of a text, taken literally, in a property that is text.',
  sections: ['request', 'response'],
  parameters: [
    PARENT_PATH,
    SUB_PATH,
    { name: 'sourceString', title: 'Text', description: 'What to look for.', type: 'string', required: true },
    {
      name: 'replacementString',
      title: 'Replacement',
      description: 'What stands there afterwards; may be empty.',
      type: 'string',
      required: true,
    },
    NEW_PATH,
  ],
  examples: [
    {
      title: 'Dots in links',
      section: 'request',
      parameters: {
        propertyParentPath: '@body().references',
        propertySubPath: 'resourceLink',
        sourceString: '.',
        replacementString: '%2E',
        newPropertyPath: '@item().resourceLink',
      },
      before: { body: { references: [{ resourceLink: 'http://x.y' }] } },
      after: { body: { references: [{ resourceLink: 'http://x%2Ey' }] } },
    },
    {
      title: 'The id out of an address',
      section: 'response',
      parameters: {
        propertyParentPath: '@body().contacts',
        propertySubPath: 'url',
        sourceString: 'https://api.example.com/contacts/',
        replacementString: '',
        newPropertyPath: '@item().id',
      },
      before: { body: { contacts: [{ url: 'https://api.example.com/contacts/5' }] } },
      after: { body: { contacts: [{ url: 'https://api.example.com/contacts/5', id: '5' }] } },
    },
  ],
  apply(message, run) {
    const wanted = run.plain('sourceString');
    const replacement = run.plain('replacementString');
    if (wanted === '') return { message, note: 'There is no text to look for.' };
    return changeProperty(message, run, (source) =>
      typeof source === 'string' ? source.split(wanted).join(replacement) : undefined,
    );
  },
};
