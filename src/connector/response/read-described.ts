import { type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { isTextType, isXmlType } from '../compile/media-types.ts';
import { compilePrune, type Prune } from '../compile/prune.ts';
import { readXml } from '../xml/read-xml.ts';
import { readXmlShape } from '../xml/xml-shape.ts';

/** What a response's schema says of a value, compiled at the first answer. */
interface Description {
  /** An object or a list is described: text may stand for one. */
  readonly structured: boolean;
  readonly prune: Prune | undefined;
}

const compiled = new WeakMap<object, Description>();

/**
 * The value that the schema of a response describes: XML, and JSON under the label of a text, become objects and
 * lists where such are described; what the service only takes (`writeOnly`) is left out.
 */
export function readDescribed(
  value: Json,
  mediaType: string,
  schema: JsonObject,
  document: JsonObject,
): Json {
  let description = compiled.get(schema);
  if (description === undefined) {
    description = describe(schema, document);
    compiled.set(schema, description);
  }
  const read =
    typeof value === 'string' && description.structured && isTextType(mediaType)
      ? readText(value, mediaType, schema, document)
      : value;
  return description.prune === undefined ? read : description.prune(read);
}

function describe(schema: JsonObject, document: JsonObject): Description {
  const { type, properties, items } = readXmlShape(schema, document);
  // An object of which nothing is said may as well be text that a flow takes apart by itself.
  const structured = properties.size > 0 || (type === 'array' && items !== undefined);
  return { structured, prune: compilePrune(schema, document, 'writeOnly') };
}

function readText(text: string, mediaType: string, schema: JsonObject, document: JsonObject): Json {
  if (isXmlType(mediaType)) return readXml(text, schema, document) ?? text;
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
