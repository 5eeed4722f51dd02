import { revealText } from '../../request/secret-text.ts';
import type { QueryEntry } from '../../request-types.ts';
import { EXISTS_ACTION } from '../common-parameters.ts';
import { decodeName } from '../decode-name.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const setQueryParameter: PolicyTemplate = {
  templateId: 'setqueryparameter',
  title: 'Set query string parameter',
  description: 'Sets a parameter of the query. Names are compared without percent-encoding.',
  sections: ['request'],
  parameters: [
    { name: 'name', title: 'Name', description: 'Name of the parameter.', type: 'string', required: true },
    {
      name: 'value',
      title: 'Value',
      description: 'Text, with expressions where they are wanted.',
      type: 'string',
      required: true,
    },
    EXISTS_ACTION,
  ],
  examples: [
    {
      title: 'Another page size',
      section: 'request',
      parameters: { name: '%24top', value: '50', existsAction: 'override' },
      before: { url: '/items?%24top=10' },
      after: { url: '/items?%24top=50' },
    },
    {
      title: 'A page size where none was asked for',
      section: 'request',
      parameters: { name: '$top', value: '50', existsAction: 'skip' },
      before: { url: '/items?%24top=10' },
      after: { url: '/items?%24top=10' },
    },
  ],
  apply(message, run) {
    const name = decodeName(revealText(run.text('name')).trim());
    if (name === '') return { message, note: 'The parameter has no name.' };
    const entry: QueryEntry = { name, value: run.text('value') };
    const existsAction = run.plain('existsAction').toLowerCase();
    const { query } = message;
    if (existsAction === 'skip' && query.some((one) => one.name === name)) return { message };
    const kept = existsAction === 'append' ? query : query.filter((one) => one.name !== name);
    return { message: { ...message, query: [...kept, entry] } };
  },
};
