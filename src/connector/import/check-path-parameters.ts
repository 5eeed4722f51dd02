import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { listOperations, type OperationPlace } from '../operations.ts';
import type { Problems } from './problems.ts';

/**
 * Makes paths and parameters fit, in place: a `{name}` in a path that no parameter describes gets one, since the
 * address cannot be made without it.
 */
export function checkPathParameters(document: JsonObject, problems: Problems): void {
  for (const place of listOperations(document)) {
    const known = new Set(namesOf(place, document));
    for (const [, name = ''] of place.path.matchAll(/\{([^{}]+)\}/g)) {
      if (known.has(name)) continue;
      known.add(name);
      const { parameters } = place.operation;
      const added: Json = { name, in: 'path', required: true, schema: { type: 'string' } };
      place.operation['parameters'] = [...(Array.isArray(parameters) ? parameters : []), added];
      const where = `${place.method.toUpperCase()} ${place.path}`;
      problems.add(
        'CONNECTOR_PATH_PARAMETER',
        `${where} has no parameter '${name}'; it is taken for a text.`,
        {
          pointer: place.pointer,
        },
      );
    }
  }
}

function namesOf(place: OperationPlace, document: JsonObject): string[] {
  const written = [place.pathItem['parameters'], place.operation['parameters']].flat();
  return written
    .map((one) => resolveReference(one, document))
    .filter((one) => isJsonObject(one) && one['in'] === 'path')
    .map((one) => String((one as JsonObject)['name']));
}
