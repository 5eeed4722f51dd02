import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { upgradeFromThreeToThreeOne } from '@scalar/openapi-upgrader/3.0-to-3.1';
import type { JsonObject } from '../../base/index.ts';
import { type ImportProblemCode, UnusableInput } from './problems.ts';

type Upgrader = (document: Record<string, unknown>) => unknown;

/**
 * Upgrades a Swagger 2.0 or OpenAPI 3.0 document to 3.1; a later one is returned as it is. The document given is
 * used up.
 *
 * @throws UnusableInput when the upgrade fails.
 */
export function upgradeDocument(name: string, document: JsonObject): JsonObject {
  const three = run(name, upgradeFromTwoToThree as Upgrader, document);
  return run(name, upgradeFromThreeToThreeOne as Upgrader, three);
}

function run(name: string, upgrade: Upgrader, document: JsonObject): JsonObject {
  try {
    return upgrade(document) as JsonObject;
  } catch (error) {
    const code: ImportProblemCode = 'CONNECTOR_UNREADABLE';
    throw new UnusableInput(code, `${name} cannot be brought to OpenAPI 3.1: ${String(error)}.`);
  }
}
