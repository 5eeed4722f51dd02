import { expect, test } from 'vitest';
import type { ErrorTable } from '../src/base/index.ts';
import { LIST_ERRORS, MAIL_ERRORS, ODATA_ERRORS } from '../src/builtin/index.ts';
import { CLI_ERRORS } from '../src/cli/errors.ts';
import { CODE_ERRORS } from '../src/code/index.ts';
import { CONNECTOR_ERRORS, OAUTH_ERRORS } from '../src/connector/index.ts';
import { ENGINE_ERRORS } from '../src/engine/index.ts';
import { FLOW_ERRORS } from '../src/flow/index.ts';
import { CALL_ERRORS } from '../src/gateway/index.ts';
import { HTTP_ERRORS } from '../src/http/index.ts';
import { IDENTITY_ERRORS } from '../src/identity/index.ts';
import { SERVER_ERRORS } from '../src/server/errors.ts';
import { STORE_ERRORS } from '../src/store/index.ts';
import { VAULT_ERRORS } from '../src/vault/index.ts';

const TABLES: Record<string, ErrorTable> = {
  CALL_ERRORS,
  CLI_ERRORS,
  CODE_ERRORS,
  CONNECTOR_ERRORS,
  ENGINE_ERRORS,
  FLOW_ERRORS,
  HTTP_ERRORS,
  IDENTITY_ERRORS,
  LIST_ERRORS,
  MAIL_ERRORS,
  OAUTH_ERRORS,
  ODATA_ERRORS,
  SERVER_ERRORS,
  STORE_ERRORS,
  VAULT_ERRORS,
};

test('a code means one thing, whichever room it comes from', () => {
  const rooms = new Map<string, string[]>();
  for (const [room, table] of Object.entries(TABLES)) {
    for (const code of Object.keys(table)) rooms.set(code, [...(rooms.get(code) ?? []), room]);
  }
  expect([...rooms].filter(([, owners]) => owners.length > 1)).toEqual([]);
});

test('advice is whole sentences', () => {
  const fixes = Object.values(TABLES).flatMap((table) =>
    Object.entries(table).flatMap(([code, { fix }]) => (fix === undefined ? [] : [`${code}: ${fix}`])),
  );
  expect(fixes.filter((fix) => !/: [A-Z].*\.$/.test(fix))).toEqual([]);
});
