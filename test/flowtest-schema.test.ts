import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FLOW_TEST_SCHEMA } from '../src/flow/index.ts';

/** Editors read the file; `patchbay flow test --schema > docs/flowtest.schema.json` writes it. */
test('the published schema of flow tests is the one that is used', () => {
  const url = new URL('../docs/flowtest.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(url, 'utf8'))).toEqual(FLOW_TEST_SCHEMA);
});
