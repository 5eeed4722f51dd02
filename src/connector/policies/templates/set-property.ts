import { type PathKey, parseBodyPath, parseSubPath, setAt } from '../body-path.ts';
import { changeObjects } from '../change-property.ts';
import type { PolicyTemplate } from '../policy-types.ts';
import { evaluatePropertyValue } from '../property-value.ts';

export const setProperty: PolicyTemplate = {
  templateId: 'setproperty',
  title: 'Set property',
  description:
    'Sets a property of the body. Where the parent is a list, it is set on each member. Constants become text; a list or object is written as JSON.',
  sections: ['request', 'response'],
  parameters: [
    {
      name: 'newPropertyParentPathTemplate',
      title: 'Parent of the property',
      description: 'The object, or list of objects, that gets the property: `@body().people`.',
      type: 'string',
      required: true,
    },
    {
      name: 'newPropertySubPathTemplate',
      title: 'Property',
      description: "Name of the property, or its name in brackets: `['@odata.type']`.",
      type: 'string',
      required: true,
    },
    {
      name: 'propertyValuePathTemplate',
      title: 'Value',
      description: 'Text; expressions from `@body()` and `@item()` stand in braces: `{@body().first}`.',
      type: 'string',
      required: true,
    },
  ],
  examples: [
    {
      title: 'On each member of a list',
      section: 'request',
      parameters: {
        newPropertyParentPathTemplate: '@body().people',
        newPropertySubPathTemplate: 'age',
        propertyValuePathTemplate: '30',
      },
      before: { body: { people: [{ name: 'x' }, { name: 'y' }] } },
      after: {
        body: {
          people: [
            { name: 'x', age: '30' },
            { name: 'y', age: '30' },
          ],
        },
      },
    },
    {
      title: 'Made of two others',
      section: 'response',
      parameters: {
        newPropertyParentPathTemplate: '@body()',
        newPropertySubPathTemplate: 'name',
        propertyValuePathTemplate: '{@body().first} {@body().last}',
      },
      before: { body: { first: 'A', last: 'B' } },
      after: { body: { first: 'A', last: 'B', name: 'A B' } },
    },
    {
      title: 'A list around an object',
      section: 'request',
      parameters: {
        newPropertyParentPathTemplate: '@body()',
        newPropertySubPathTemplate: 'payments',
        propertyValuePathTemplate: '[{@body().payments}]',
      },
      before: { body: { payments: { amount: 3 } } },
      after: { body: { payments: [{ amount: 3 }] } },
    },
  ],
  apply(message, run) {
    const { body } = message;
    const parent = parseBodyPath(run.plain('newPropertyParentPathTemplate'));
    const keys: readonly PathKey[] = parseSubPath(run.plain('newPropertySubPathTemplate'));
    if (!message.bodyIsJson || body === undefined) return { message, note: 'The body is no JSON.' };
    if (parent === undefined || keys.length === 0) return { message, note: 'A path is none.' };
    const template = run.plain('propertyValuePathTemplate');
    let isMissing = false;
    const next = changeObjects(body, parent.keys, (object, item) => {
      const value = evaluatePropertyValue(template, body, item);
      if (value === undefined) isMissing = true;
      return value === undefined ? object : setAt(object, keys, value);
    });
    if (next === undefined) return { message, note: 'The body has no object there.' };
    const note = isMissing ? { note: 'The value reads a property that is missing or null.' } : {};
    return { message: { ...message, body: next }, ...note };
  },
};
