import type { PolicyParameter } from './policy-types.ts';

export const EXISTS_ACTION: PolicyParameter = {
  name: 'existsAction',
  title: 'Action if it exists',
  description: '`override` replaces what is there, `skip` leaves it, `append` adds a further value.',
  type: 'string',
  required: false,
  allowed: ['override', 'skip', 'append'],
  default: 'override',
};

export const PARENT_PATH: PolicyParameter = {
  name: 'propertyParentPath',
  title: 'Parent of the property',
  description: 'Where the property is, such as `@body().orders`; a list means each of its members.',
  type: 'string',
  required: true,
};

export const SUB_PATH: PolicyParameter = {
  name: 'propertySubPath',
  title: 'Property',
  description:
    "Name of the property, or its name in brackets: `['@odata.type']`. `null` means the parent itself.",
  type: 'string',
  required: false,
  default: 'null',
};

export const NEW_PATH: PolicyParameter = {
  name: 'newPropertyPath',
  title: 'Where the result goes',
  description: 'A path from `@body()`, or from `@item()` where the parent is a list.',
  type: 'string',
  required: true,
};
