import { changeProperty } from '../change-property.ts';
import { NEW_PATH, PARENT_PATH, SUB_PATH } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const stringToArray: PolicyTemplate = {
  templateId: 'stringtoarray',
  title: 'Convert a delimited string to an array of objects',
  description: 'Splits a text at any of the delimiters and makes an object with one property of each piece.',
  sections: ['request', 'response'],
  parameters: [
    PARENT_PATH,
    SUB_PATH,
    {
      name: 'delimiterList',
      title: 'Delimiters',
      description: 'Each character splits the text.',
      type: 'string',
      required: true,
    },
    {
      name: 'childPropertyName',
      title: 'Property of the pieces',
      description: 'The property that holds the piece in each object.',
      type: 'string',
      required: true,
    },
    NEW_PATH,
  ],
  examples: [
    {
      title: 'Assignments by user',
      section: 'request',
      parameters: {
        propertyParentPath: '@body()',
        propertySubPath: 'assignments',
        delimiterList: ';',
        childPropertyName: 'userId',
        newPropertyPath: '@body().assignments',
      },
      before: { body: { assignments: 'u1;u2' } },
      after: { body: { assignments: [{ userId: 'u1' }, { userId: 'u2' }] } },
    },
  ],
  apply(message, run) {
    const delimiters = new Set(run.plain('delimiterList'));
    const name = run.plain('childPropertyName');
    return changeProperty(message, run, (source) => {
      if (typeof source !== 'string') return undefined;
      const pieces = splitAt(source, delimiters).filter((piece) => piece !== '');
      return pieces.map((piece) => ({ [name]: piece }));
    });
  },
};

function splitAt(text: string, delimiters: ReadonlySet<string>): string[] {
  const pieces = [''];
  for (const character of text) {
    if (delimiters.has(character)) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces.map((piece) => piece.trim());
}
