import type { JsonObject } from '../../../base/index.ts';
import { type ImportProblemCode, UnusableInput } from '../problems.ts';
import { upgradeSwagger } from './upgrade-swagger.ts';
import { upgradeTo31 } from './upgrade-to-31.ts';

/**
 * Upgrades a Swagger 2.0 or OpenAPI 3.0 document to 3.1; a later one is returned as it is. The document given is
 * used up.
 *
 * @throws UnusableInput when the upgrade fails.
 */
export function upgradeDocument(name: string, document: JsonObject): JsonObject {
  try {
    const three = document['swagger'] === '2.0' ? upgradeSwagger(document) : document;
    if (String(three['openapi']).startsWith('3.0')) upgradeTo31(three);
    return three;
  } catch (error) {
    const code: ImportProblemCode = 'CONNECTOR_UNREADABLE';
    throw new UnusableInput(code, `${name} cannot be brought to OpenAPI 3.1: ${String(error)}.`);
  }
}
