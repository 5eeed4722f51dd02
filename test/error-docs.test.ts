/**
 * docs/errors.md is written from the tables the code throws from, so neither can say what the other does not.
 * After a change of a table: `npm test -- test/error-docs.test.ts -u`.
 */
import { expect, test } from 'vitest';
import type { ErrorTable } from '../src/base/index.ts';
import { LIST_ERRORS, MAIL_ERRORS, ODATA_ERRORS } from '../src/builtin/index.ts';
import { CLI_ERRORS } from '../src/cli/errors.ts';
import { CODE_ERRORS } from '../src/code/index.ts';
import { CONNECTOR_ERRORS, EXPORT_NOTES, IMPORT_PROBLEMS, OAUTH_ERRORS } from '../src/connector/index.ts';
import { ENGINE_ERRORS } from '../src/engine/index.ts';
import { FLOW_ERRORS, FLOW_PROBLEMS } from '../src/flow/index.ts';
import { CALL_ERRORS } from '../src/gateway/index.ts';
import { HTTP_ERRORS } from '../src/http/index.ts';
import { IDENTITY_ERRORS } from '../src/identity/index.ts';
import { SERVER_ERRORS } from '../src/server/errors.ts';
import { STORE_ERRORS } from '../src/store/index.ts';
import { VAULT_ERRORS } from '../src/vault/index.ts';

const TABLES: readonly [title: string, table: ErrorTable][] = [
  ['Calls of operations', CALL_ERRORS],
  ['Flows', FLOW_ERRORS],
  ['Runs and triggers', ENGINE_ERRORS],
  ['Connectors', CONNECTOR_ERRORS],
  ['Signing in', OAUTH_ERRORS],
  ['Custom code', CODE_ERRORS],
  ['Lists', LIST_ERRORS],
  ['Filters of lists', ODATA_ERRORS],
  ['Mail', MAIL_ERRORS],
  ['The API', SERVER_ERRORS],
  ['People and keys', IDENTITY_ERRORS],
  ['Outgoing HTTP', HTTP_ERRORS],
  ['The database', STORE_ERRORS],
  ['Secrets', VAULT_ERRORS],
  ['The command line', CLI_ERRORS],
];

const FINDINGS: readonly [title: string, table: Readonly<Record<string, string>>][] = [
  ['What importing a document can find', IMPORT_PROBLEMS],
  ['What exporting a connector can note', EXPORT_NOTES],
  ['What checking a flow can find', FLOW_PROBLEMS],
];

const INTRODUCTION = `# Errors

Every error has a code that does not change and one sentence that names value and place; most say what to do. The API
answers with them as \`application/problem+json\`.
`;

test('docs/errors.md lists every code with its meaning', async () => {
  const sections = [...TABLES.map(writeErrors), ...FINDINGS.map(writeFindings)];
  await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot('../docs/errors.md');
});

function writeErrors([title, table]: (typeof TABLES)[number]): string {
  const rows = Object.entries(table).map(
    ([code, entry]) =>
      `| \`${code}\` | ${entry.status} | ${cell(entry.title)} | ${cell(entry.fix ?? '')} |\n`,
  );
  return `## ${title}\n\n| code | HTTP status | what it means | what to do |\n|---|---|---|---|\n${rows.join('')}`;
}

function writeFindings([title, table]: (typeof FINDINGS)[number]): string {
  const rows = Object.entries(table).map(([code, meaning]) => `| \`${code}\` | ${cell(meaning)} |\n`);
  return `## ${title}\n\n| code | what it means |\n|---|---|\n${rows.join('')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
