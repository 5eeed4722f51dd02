import { isJsonObject, type JsonObject } from '../../../base/index.ts';
import { toText } from '../../request/serialize.ts';
import { getAt, parseSubPath, setAt } from '../body-path.ts';
import { changeProperty } from '../change-property.ts';
import { NEW_PATH, PARENT_PATH, SUB_PATH } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const convertArrayToObject: PolicyTemplate = {
  templateId: 'convertarraytoobject',
  title: 'Convert an array to an object',
  description: 'Makes an object of a list; a property of each member becomes its key.',
  sections: ['request', 'response'],
  parameters: [
    PARENT_PATH,
    SUB_PATH,
    {
      name: 'keyWithinCollectionPath',
      title: 'Key',
      description: 'The property of each member that becomes its key.',
      type: 'string',
      required: true,
    },
    NEW_PATH,
    {
      name: 'retainKey',
      title: 'Keep the key',
      description: 'Whether the members keep the property.',
      type: 'boolean',
      required: false,
      allowed: ['true', 'false'],
      default: 'true',
    },
  ],
  examples: [
    {
      title: 'A checklist by id',
      section: 'request',
      parameters: {
        propertyParentPath: '@body()',
        propertySubPath: 'checklist',
        keyWithinCollectionPath: 'id',
        newPropertyPath: '@body().checklist',
        retainKey: 'false',
      },
      before: {
        body: {
          checklist: [
            { id: 'a', t: 1 },
            { id: 'b', t: 2 },
          ],
        },
      },
      after: { body: { checklist: { a: { t: 1 }, b: { t: 2 } } } },
    },
  ],
  apply(message, run) {
    const keys = parseSubPath(run.plain('keyWithinCollectionPath'));
    const drops = run.plain('retainKey').toLowerCase() === 'false';
    return changeProperty(message, run, (source) => {
      if (!Array.isArray(source) || keys.length === 0) return undefined;
      const entries = source.filter(isJsonObject).flatMap((member): [string, JsonObject][] => {
        const key = getAt(member, keys);
        const value = drops ? setAt(member, keys, undefined) : member;
        return key === undefined || key === null || !isJsonObject(value) ? [] : [[toText(key), value]];
      });
      return Object.fromEntries(entries);
    });
  },
};
