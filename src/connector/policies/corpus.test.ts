import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { checkPolicy } from './check-policy.ts';
import { type ConnectorPolicy, readPolicies } from './read-policies.ts';

/** A folder with `connectors/NAME/apiProperties.json`, if there is one on this machine. */
const CORPUS = process.env['PATCHBAY_CORPUS'];

function listPolicies(corpus: string): { name: string; policy: ConnectorPolicy }[] {
  const folder = join(corpus, 'connectors');
  return readdirSync(folder).flatMap((name) => {
    const properties = readProperties(join(folder, name, 'apiProperties.json'));
    return readPolicies(properties).map((policy) => ({ name, policy }));
  });
}

/** Files that need repair are the importer's business; none of them has a policy. */
function readProperties(path: string): JsonObject {
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return isJsonObject(value) && isJsonObject(value['properties']) ? value['properties'] : {};
  } catch {
    return {};
  }
}

describe.skipIf(CORPUS === undefined)('policies of published connectors (PATCHBAY_CORPUS)', () => {
  it('are all of known templates, and nearly all complete', () => {
    const policies = listPolicies(CORPUS ?? '');
    const unknown = policies.filter(({ policy }) => !policy.supported);
    const wrong = policies.flatMap(({ name, policy }) =>
      checkPolicy(policy).map((problem) => `${name}: ${policy.template}: ${problem}`),
    );
    console.info(
      `${policies.length} policies, ${unknown.length} of unknown templates, ${wrong.length} problems`,
    );
    for (const problem of wrong) console.info(problem);
    expect(policies.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
    expect(wrong.length).toBeLessThan(policies.length / 50);
  });
});
