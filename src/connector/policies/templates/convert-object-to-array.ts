import { isJsonObject } from '../../../base/index.ts';
import { changeProperty } from '../change-property.ts';
import { NEW_PATH, PARENT_PATH, SUB_PATH } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const convertObjectToArray: PolicyTemplate = {
  templateId: 'convertobjecttoarray',
  title: 'Convert an object to an array',
  description: 'Makes a list of an object: one member with key and value for each property.',
  sections: ['request', 'response'],
  parameters: [
    PARENT_PATH,
    SUB_PATH,
    NEW_PATH,
    {
      name: 'keyName',
      title: 'Name of the key',
      description: 'The property of a member that holds the key.',
      type: 'string',
      required: false,
      default: 'key',
    },
    {
      name: 'valueName',
      title: 'Name of the value',
      description: 'The property of a member that holds the value.',
      type: 'string',
      required: false,
      default: 'value',
    },
  ],
  examples: [
    {
      title: 'Sounds with their descriptions',
      section: 'response',
      parameters: {
        propertyParentPath: '@body()',
        propertySubPath: 'sounds',
        newPropertyPath: '@body().soundsArray',
        keyName: 'sound',
        valueName: 'description',
      },
      before: { body: { sounds: { bike: 'Bike', bugle: 'Bugle' } } },
      after: {
        body: {
          sounds: { bike: 'Bike', bugle: 'Bugle' },
          soundsArray: [
            { sound: 'bike', description: 'Bike' },
            { sound: 'bugle', description: 'Bugle' },
          ],
        },
      },
    },
    {
      title: 'In each member of a list',
      section: 'response',
      parameters: {
        propertyParentPath: '@body().value',
        propertySubPath: 'marks',
        newPropertyPath: '@item().marks',
      },
      before: { body: { value: [{ marks: { a: 1 } }, {}] } },
      after: { body: { value: [{ marks: [{ key: 'a', value: 1 }] }, {}] } },
    },
  ],
  apply(message, run) {
    const keyName = run.plain('keyName') || 'key';
    const valueName = run.plain('valueName') || 'value';
    return changeProperty(message, run, (source) =>
      isJsonObject(source)
        ? Object.entries(source).map(([key, value]) => ({ [keyName]: key, [valueName]: value }))
        : undefined,
    );
  },
};
