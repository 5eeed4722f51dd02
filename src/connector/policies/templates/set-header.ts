import { revealText } from '../../request/secret-text.ts';
import { EXISTS_ACTION } from '../common-parameters.ts';
import type { PolicyTemplate } from '../policy-types.ts';
import { setHeaderEntry } from '../set-header.ts';

export const setHeader: PolicyTemplate = {
  templateId: 'setheader',
  title: 'Set HTTP header',
  description: 'Sets a header of the request, of the answer, or of answers that tell of a failure.',
  sections: ['request', 'response', 'failure'],
  parameters: [
    { name: 'name', title: 'Name', description: 'Name of the header.', type: 'string', required: true },
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
      title: 'A header made from another',
      section: 'request',
      parameters: { name: 'test', value: "@headers('test')moo", existsAction: 'override' },
      before: { headers: { test: 'foo' } },
      after: { headers: { test: 'foomoo' } },
    },
    {
      title: 'Only where it is missing',
      section: 'request',
      parameters: { name: 'test', value: "@headers('test')moo", existsAction: 'skip' },
      before: { headers: { test: 'foo' } },
      after: { headers: { test: 'foo' } },
    },
    {
      title: 'A further value',
      section: 'request',
      parameters: { name: 'test', value: 'moo', existsAction: 'append' },
      before: { headers: { test: 'foo' } },
      after: { headers: { test: 'foo, moo' } },
    },
    {
      title: 'A connection parameter that is not set',
      section: 'request',
      parameters: { name: 'x-name', value: "@connectionParameters('name','')", existsAction: 'override' },
      before: {},
      after: { headers: { 'x-name': '' } },
    },
    {
      title: 'On failures only',
      section: 'failure',
      parameters: { name: 'x-reason', value: '@body().code' },
      before: { statusCode: 409, body: { code: 'Taken' } },
      after: { statusCode: 409, headers: { 'x-reason': 'Taken' } },
    },
  ],
  apply(message, run) {
    const name = revealText(run.text('name')).trim();
    if (name === '') return { message, note: 'The header has no name.' };
    const value = run.text('value');
    // A secret may not become part of an answer, which is kept and shown: it stands there masked.
    const shown = message.side === 'response' ? String(value) : value;
    const existsAction = run.plain('existsAction').toLowerCase();
    return { message: { ...message, headers: setHeaderEntry(message.headers, name, shown, existsAction) } };
  },
};
