import type { JsonObject } from '../../base/index.ts';
import type { Evaluate } from '../call.ts';
import { define, defineLazy, Fault } from '../define.ts';
import { json, object, shownAs, text, value } from '../parameters.ts';
import { findKey } from '../property.ts';
import { toJson } from '../value.ts';
import { evaluateXPath } from '../xml/xpath.ts';

export const OBJECT_FUNCTIONS = [
  define({
    name: 'addProperty',
    group: 'objects',
    parameters: [object('object'), text('property'), json('value')],
    returns: 'object',
    doc: 'A copy of an object with a new property.',
    example: { expression: `addProperty(json('{"a": 1}'), 'b', 2)`, value: { a: 1, b: 2 } },
    run: (given, name, added) => {
      if (findKey(given, name) === undefined) return { ...given, [name]: added };
      throw new Fault(
        `cannot add the property '${name}', the object has it already; use setProperty to change it`,
      );
    },
  }),
  defineLazy({
    name: 'coalesce',
    group: 'objects',
    parameters: [value('value')],
    variadic: true,
    returns: 'any',
    doc: 'The first value that is not null; the ones after it are not evaluated.',
    example: { expression: "coalesce(null, 'default')", value: 'default' },
    build: (args) => (scope) => {
      for (let index = 0; index < args.length; index++) {
        const found = (args[index] as Evaluate)(scope);
        if (found !== null) return found;
      }
      return null;
    },
  }),
  define({
    name: 'removeProperty',
    group: 'objects',
    parameters: [object('object'), text('property')],
    returns: 'object',
    doc: 'A copy of an object without a property.',
    example: { expression: `removeProperty(json('{"a": 1, "b": 2}'), 'a')`, value: { b: 2 } },
    run: (given, name) => removeKey(given, findKey(given, name)),
  }),
  define({
    name: 'setProperty',
    group: 'objects',
    parameters: [object('object'), text('property'), json('value')],
    returns: 'object',
    doc: 'A copy of an object with a property set, be it new or not.',
    example: { expression: `setProperty(json('{"a": 1}'), 'a', 5)`, value: { a: 5 } },
    run: (given, name, set) => ({ ...given, [findKey(given, name) ?? name]: set }),
  }),
  define({
    name: 'xpath',
    group: 'objects',
    parameters: [shownAs('object | string', value('xml')), text('xpath')],
    returns: 'any',
    doc: 'The result of an XPath 1.0 expression: a text, number or boolean, or an array of nodes.',
    example: { expression: "xpath(xml('<a><b>1</b><b>2</b></a>'), 'sum(/a/b)')", value: 3 },
    run: (given, path) => evaluateXPath(toJson(given), path),
  }),
];

function removeKey(object: JsonObject, key: string | undefined): JsonObject {
  if (key === undefined) return object;
  const { [key]: _, ...rest } = object;
  return rest;
}
