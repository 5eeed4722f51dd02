import { isJsonObject, type Json } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';

/** Whether a value has the parts of a definition; what stands in its document may still be anything. */
export function isDefinition(value: Json | undefined): value is ConnectorDefinition {
  if (!isJsonObject(value)) return false;
  const { openapi, properties, source, files } = value;
  if (!isJsonObject(openapi) || !isJsonObject(properties) || !isJsonObject(files)) return false;
  if (!isJsonObject(source) || typeof source['format'] !== 'string') return false;
  return Object.values(files).every((content) => typeof content === 'string');
}
