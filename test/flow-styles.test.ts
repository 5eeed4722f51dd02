import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../src/base/index.ts';
import { checkFlow, listFlowDocuments, testFlow, walkFlow } from '../src/flow/index.ts';

/**
 * Flows as the designers of Power Automate and Logic Apps write them, one for each way of starting, calling and
 * branching: none is wrong, so none may be called so.
 */
const folder = join(import.meta.dirname, 'flows');
const files = readdirSync(folder).sort();

/** What a check says of them: what cannot be carried out here, each in its own words. */
const NOTED: Readonly<Record<string, readonly string[]>> = {
  'automate-dataverse-row-changed.json': ['FLOW_NOT_ATOMIC Perform_a_changeset_request'],
  'logic-api-management-function-and-batch.json': ['Api', 'Function', 'Send_to_batch'].map(
    (name) => `FLOW_ACTION_NOT_RUN ${name}`,
  ),
  'logic-batch-receiver.json': ['FLOW_TRIGGER_NOT_RUN Batch_messages'],
  'logic-edi.json': [
    'AS2_decode',
    'X12_decode',
    'X12_encode',
    'X12_batch',
    'EDIFACT_decode',
    'EDIFACT_encode',
    'AS2_encode',
    'RosettaNet',
    'XML_Validation',
    'Flat_File_Decoding',
    'Flat_File_Encoding',
    'Transform_XML',
    'Transform_JSON',
    'XML_to_text',
    'Lookup',
  ].map((name) => `FLOW_ACTION_NOT_RUN ${name}`),
  'logic-functions-and-apis.json': ['Azure_function', 'Api', 'App', 'Send_to_batch'].map(
    (name) => `FLOW_ACTION_NOT_RUN ${name}`,
  ),
  'standard-agent.json': ['FLOW_ACTION_NOT_RUN Default_Agent'],
  'standard-built-in-blob-trigger.json': [
    'FLOW_TRIGGER_NOT_RUN When_a_blob_is_added',
    'FLOW_UNKNOWN_PARAMETER To',
  ],
  'standard-code-and-data.json': [
    'Run_local_function',
    'Execute_CSharp',
    'Execute_PowerShell',
    'Parse_XML',
    'Compose_XML',
    'Map',
    'Liquid',
    'HL7',
    'SWIFT',
    'Function_app',
    'Api',
  ].map((name) => `FLOW_ACTION_NOT_RUN ${name}`),
  'standard-sql-and-app-settings.json': [
    'FLOW_TRIGGER_NOT_RUN When_a_row_is_modified',
    'FLOW_UNKNOWN_PARAMETER secret',
  ],
  'standard-service-bus-session.json': ['FLOW_TRIGGER_NOT_RUN When_messages_are_available'],
  'standard-workflow-calls-and-timers.json': ['FLOW_UNKNOWN_PARAMETER uri'],
};

function readDefinition(file: string) {
  const [found] = listFlowDocuments(parseJson(readFileSync(join(folder, file), 'utf8')));
  if (found === undefined) throw new Error(`${file} holds no flow`);
  return found.definition;
}

describe.each(files)('%s', (file) => {
  const definition = readDefinition(file);

  test('is called right, and what cannot be carried out here is named', () => {
    const { errors, warnings } = checkFlow(definition);
    expect(errors).toEqual([]);
    const noted = warnings.map(({ code, pointer = '' }) => {
      const [last, owner] = pointer.split('/').reverse();
      return `${code} ${last === 'type' ? owner : last}`;
    });
    expect(noted.sort()).toEqual([...(NOTED[file] ?? [])].sort());
  });

  test('runs along every branch', () => {
    const { unreached, stumbles } = walkFlow(definition);
    expect(unreached.map((name) => `${name}: ${stumbles.get(name) ?? 'not come to'}`)).toEqual([]);
  });
});

test('what cannot be carried out fails in a run with what to do instead, and a mock stands in for it', () => {
  const definition = readDefinition('logic-edi.json');
  const failed = testFlow(definition).actions.find(({ name }) => name === 'Transform_XML');
  expect(failed).toMatchObject({
    status: 'Failed',
    error: {
      code: 'ActionTypeNotSupported',
      message: expect.stringContaining('map with Select and Compose'),
    },
  });
  const mocked = testFlow(definition, { mocks: { actions: { Transform_XML: { body: '<done/>' } } } });
  expect(mocked.actions.find(({ name }) => name === 'Transform_XML')).toMatchObject({
    status: 'Succeeded',
    outputs: { body: '<done/>' },
  });
});

test('a test may give what splitOn takes apart, or one element of it', () => {
  const definition = readDefinition('automate-approval-of-a-list-item.json');
  const mocks = {
    actions: { Start_and_wait_for_an_approval: { body: { outcome: 'Approve', responses: [] } } },
  };
  const element = { Status: { Value: 'New' }, ID: 7, StartDate: '2026-03-01' };
  for (const body of [{ value: [element] }, element]) {
    const { actions, status } = testFlow(definition, {
      trigger: { body },
      mocks: { actions: { ...mocks.actions, 'Get_manager_(V2)': { body: {} }, Update_item: { body: {} } } },
    });
    expect(status).toBe('Succeeded');
    expect(actions.find(({ name }) => name === 'Update_item')?.inputs).toMatchObject({
      parameters: { id: 7 },
    });
  }
});
