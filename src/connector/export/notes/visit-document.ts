import { formatPointer, type JsonObject } from '../../../base/index.ts';
import { type Place, rewriteDocument } from '../walk-document.ts';

/** Shows every object of a document with its place; data (examples, defaults) is passed over. */
export function visitDocument(
  document: JsonObject,
  visit: (node: JsonObject, place: Place, pointer: string) => void,
): void {
  rewriteDocument(document, (node, place) => {
    visit(node, place, formatPointer(listKeys(place)));
    return node;
  });
}

function listKeys(place: Place): string[] {
  return place.parent === undefined ? [] : [...listKeys(place.parent), place.key];
}

/** A schema itself, not a map of schemas or a list of alternatives. */
export function isSchemaNode({ inSchema, isNameMap, inExtension, inExamples }: Place): boolean {
  return inSchema && !isNameMap && !inExtension && !inExamples;
}
