import { createErrorClass } from '../../base/index.ts';

export const LIST_ERRORS = {
  LIST_COLUMNS_INVALID: { status: 400, title: 'The columns cannot be used' },
  LIST_VALUE_INVALID: {
    status: 400,
    title: 'A value does not fit its column',
    fix: 'Give a value of the type of the column.',
  },
  LIST_UNKNOWN_COLUMN: {
    status: 400,
    title: 'The list has no such column',
    fix: 'Use the name of a column of the list, or add the column.',
  },
  LIST_NOT_FOUND: {
    status: 404,
    title: 'There is no such list',
    fix: 'Choose a list that exists, by its name or its id.',
  },
  LIST_ITEM_NOT_FOUND: { status: 404, title: 'There is no such item', fix: 'Check the ID of the item.' },
  LIST_INPUT_INVALID: { status: 400, title: 'An input cannot be used' },
} as const;

export const ListError = createErrorClass('ListError', LIST_ERRORS);
