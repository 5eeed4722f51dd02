import { encode } from '../../request/serialize.ts';
import { changeProperty } from '../change-property.ts';
import { NEW_PATH, PARENT_PATH, SUB_PATH } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const encodePropertyValue: PolicyTemplate = {
  templateId: 'encodepropertyvalue',
  title: 'Encode a property for URLs',
  description: 'Percent-encodes a property that is text.',
  sections: ['request', 'response'],
  parameters: [PARENT_PATH, SUB_PATH, NEW_PATH],
  examples: [
    {
      title: 'User ids that are addresses',
      section: 'request',
      parameters: {
        propertyParentPath: '@body().assignments',
        propertySubPath: 'userId',
        newPropertyPath: '@item().userId',
      },
      before: { body: { assignments: [{ userId: 'a@b' }] } },
      after: { body: { assignments: [{ userId: 'a%40b' }] } },
    },
  ],
  apply: (message, run) =>
    changeProperty(message, run, (source) => (typeof source === 'string' ? encode(source) : undefined)),
};
