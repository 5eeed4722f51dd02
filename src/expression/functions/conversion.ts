import { isJsonObject, type Json } from '../../base/index.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { BINARY_TYPE, type Content, decodeContent, isContent, wrapBase64, wrapText } from '../content.ts';
import { decodeDataUri, parseDataUri } from '../data-uri.ts';
import { define, defineVariadic, Fault, refuse } from '../define.ts';
import { parseDecimalText, parseFloatText, parseIntegerText } from '../dotnet/parse-number.ts';
import { parseLenientJson } from '../lenient-json.ts';
import { isInteger, toFloat, toNum } from '../numbers.ts';
import { anyText, json, optional, shownAs, text, value } from '../parameters.ts';
import { decodePercent, decodePercentToBytes, encodePercent } from '../percent.ts';
import {
  createFloat,
  createInteger,
  DecimalNumber,
  describeKind,
  toText,
  type Value,
  WholeFloat,
} from '../value.ts';
import { wrapXml } from '../xml/document.ts';
import { convertJsonToXml } from '../xml/from-json.ts';
import { convertXmlToJson } from '../xml/to-json.ts';

export const CONVERSION_FUNCTIONS = [
  define({
    name: 'array',
    group: 'conversion',
    parameters: [json('value')],
    returns: 'array',
    doc: 'An array with one item.',
    example: { expression: "array('a')", value: ['a'] },
    run: (given) => [given],
  }),
  define({
    name: 'base64',
    group: 'conversion',
    parameters: [shownAs('string', json('value'))],
    returns: 'string',
    doc: 'The base64 form of a text in UTF-8.',
    example: { expression: "base64('ship')", value: 'c2hpcA==' },
    run: (given) => toContent(given, 'text/plain').$content,
  }),
  define({
    name: 'base64ToBinary',
    group: 'conversion',
    parameters: [text('value')],
    returns: 'object',
    doc: 'The bytes of a base64 text, as a content envelope.',
    example: {
      expression: "base64ToBinary('c2hpcA==')",
      value: { '$content-type': 'application/octet-stream', $content: 'c2hpcA==' },
    },
    run: (given) => wrapBase64(BINARY_TYPE, encodeBase64(readBase64(given))),
  }),
  define({
    name: 'base64ToString',
    group: 'conversion',
    parameters: [text('value')],
    returns: 'string',
    doc: 'The text of a base64 text.',
    example: { expression: "base64ToString('c2hpcA==')", value: 'ship' },
    run: (given) => decodeText(given),
  }),
  define({
    name: 'binary',
    group: 'conversion',
    parameters: [json('value')],
    returns: 'object',
    doc: 'The bytes of a text in UTF-8, as a content envelope.',
    example: {
      expression: "binary('ship')",
      value: { '$content-type': 'application/octet-stream', $content: 'c2hpcA==' },
    },
    run: (given) => (given === null ? refuse('value', 'a value', given) : toContent(given, BINARY_TYPE)),
  }),
  define({
    name: 'bool',
    group: 'conversion',
    parameters: [value('value')],
    returns: 'boolean',
    doc: 'The boolean that a text (`true` or `false` in any case) or a number stands for; 0 is false.',
    example: { expression: "bool('TRUE')", value: true },
    run: (given) => convertToBoolean(given),
  }),
  defineVariadic({
    name: 'createArray',
    group: 'conversion',
    parameter: json('value'),
    returns: 'array',
    doc: 'An array of the given values.',
    example: { expression: "createArray(1, 'b', true)", value: [1, 'b', true] },
    run: (items) => items,
  }),
  define({
    name: 'dataUri',
    group: 'conversion',
    parameters: [shownAs('string', json('value'))],
    returns: 'string',
    doc: 'A data URI of a text.',
    example: { expression: "dataUri('hi')", value: 'data:text/plain;charset=utf-8;base64,aGk=' },
    run: (given) => {
      const content = toContent(given, 'text/plain;charset=utf-8');
      return `data:${content['$content-type']};base64,${content.$content}`;
    },
  }),
  define({
    name: 'dataUriToBinary',
    group: 'conversion',
    parameters: [text('uri')],
    returns: 'object',
    doc: 'The bytes and the media type of a data URI, as a content envelope.',
    example: {
      expression: "dataUriToBinary('data:image/png;base64,aGk=')",
      value: { '$content-type': 'image/png', $content: 'aGk=' },
    },
    run: (uri) => parseDataUri(uri),
  }),
  define({
    name: 'dataUriToString',
    group: 'conversion',
    parameters: [text('uri')],
    returns: 'string',
    doc: 'The text of a data URI.',
    example: { expression: "dataUriToString('data:text/plain,a%20b')", value: 'a b' },
    run: (uri) => decodeContent(parseDataUri(uri)),
  }),
  define({
    name: 'decimal',
    group: 'conversion',
    parameters: [shownAs('string', value('value'))],
    returns: 'decimal',
    doc: 'A decimal number of 28 or 29 digits; string() keeps them all.',
    example: { expression: "string(mul(decimal('0.1'), 3))", value: '0.3' },
    run: (given) => convertToDecimal(given),
  }),
  define({
    name: 'decodeBase64',
    group: 'conversion',
    parameters: [text('value')],
    returns: 'string',
    doc: 'The old name of base64ToString.',
    example: { expression: "decodeBase64('b2s=')", value: 'ok' },
    run: (given) => decodeText(given),
  }),
  define({
    name: 'decodeDataUri',
    group: 'conversion',
    parameters: [text('uri')],
    returns: 'object | string',
    doc: 'The old form of dataUriToBinary: textual media types come back as text.',
    example: { expression: "decodeDataUri('data:text/csv;base64,YTti')", value: 'a;b' },
    run: (uri) => decodeDataUri(uri),
  }),
  define({
    name: 'decodeUriComponent',
    group: 'conversion',
    parameters: [anyText('value')],
    returns: 'string',
    doc: 'The text with its percent escapes undone.',
    example: { expression: "decodeUriComponent('a%2Fb')", value: 'a/b' },
    run: (given) => decodePercent(given),
  }),
  define({
    name: 'encodeUriComponent',
    group: 'conversion',
    parameters: [anyText('value')],
    returns: 'string',
    doc: 'The old name of uriComponent.',
    example: { expression: "encodeUriComponent('a/b')", value: 'a%2Fb' },
    run: (given) => encodePercent(given),
  }),
  define({
    name: 'float',
    group: 'conversion',
    parameters: [shownAs('string', value('value')), optional(text('locale'))],
    returns: 'float',
    doc: 'The number of a text, with the marks of a locale.',
    example: { expression: "float('1.234,5', 'de-DE')", value: 1234.5 },
    run: (given, locale) => convertToFloat(given, locale),
  }),
  define({
    name: 'int',
    group: 'conversion',
    parameters: [shownAs('string', value('value'))],
    returns: 'integer',
    doc: 'The whole number of a text, of up to 64 bits.',
    example: { expression: "int('42')", value: 42 },
    run: (given) => convertToInteger(given),
  }),
  define({
    name: 'json',
    group: 'conversion',
    parameters: [shownAs('object | string', json('value'))],
    returns: 'any',
    doc: 'The value of a JSON text, or XML as an object.',
    example: { expression: `json('{"sku": "A-1"}')`, value: { sku: 'A-1' } },
    run: (given) => convertToJson(given),
  }),
  define({
    name: 'string',
    group: 'conversion',
    parameters: [value('value')],
    returns: 'string',
    doc: 'The text form of a value: null is empty, objects and arrays are compact JSON.',
    example: { expression: 'string(createArray(1, 2))', value: '[1,2]' },
    run: (given) => toText(given),
  }),
  define({
    name: 'uriComponent',
    group: 'conversion',
    parameters: [anyText('value')],
    returns: 'string',
    doc: 'The text with all but letters, digits and `-_.~` percent-escaped, to stand in a URI.',
    example: { expression: "uriComponent('50% & more')", value: '50%25%20%26%20more' },
    run: (given) => encodePercent(given),
  }),
  define({
    name: 'uriComponentToBinary',
    group: 'conversion',
    parameters: [anyText('value')],
    returns: 'object',
    doc: 'The bytes of a percent-escaped text, as a content envelope.',
    example: {
      expression: "uriComponentToBinary('h%69')",
      value: { '$content-type': 'application/octet-stream', $content: 'aGk=' },
    },
    run: (given) => wrapBase64(BINARY_TYPE, encodeBase64(decodePercentToBytes(given))),
  }),
  define({
    name: 'uriComponentToString',
    group: 'conversion',
    parameters: [anyText('value')],
    returns: 'string',
    doc: 'The text with its percent escapes undone.',
    example: { expression: "uriComponentToString('caf%C3%A9')", value: 'café' },
    run: (given) => decodePercent(given),
  }),
  define({
    name: 'xml',
    group: 'conversion',
    parameters: [shownAs('object | string', json('value'))],
    returns: 'object',
    doc: 'XML of a text or of an object with one root property, as a content envelope.',
    example: { expression: `string(xml(json('{"a": {"b": 1}}')))`, value: '<a><b>1</b></a>' },
    run: (given) => convertToXml(given),
  }),
];

function failConversion(given: Value, target: string): never {
  throw new Fault(`cannot convert ${describeKind(given)} ${target}`, { parameter: 'value', seen: given });
}

/** An envelope as it is, any other value as text. */
function toContent(given: Json, type: string): Content {
  return isJsonObject(given) && isContent(given) ? given : wrapText(type, toText(given));
}

function readBase64(given: string): Uint8Array {
  const bytes = decodeBase64(given);
  if (bytes === undefined) throw new Fault('expects a base64 text', { parameter: 'value', seen: given });
  return bytes;
}

function decodeText(given: string): string {
  return decodeContent(wrapBase64('text/plain', encodeBase64(readBase64(given))));
}

function convertToBoolean(given: Value): boolean {
  if (typeof given === 'boolean') return given;
  const number = toNum(given);
  if (number !== undefined) return toFloat(number) !== 0;
  const word = typeof given === 'string' ? given.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  return failConversion(given, 'to a boolean');
}

function convertToInteger(given: Value): Value {
  if (given instanceof WholeFloat) return given.float;
  if (given instanceof DecimalNumber && given.decimal.isInteger()) return given.toJson();
  const number = toNum(given);
  if (number !== undefined && isInteger(number)) return number;
  const integer = typeof given === 'string' ? parseIntegerText(given) : undefined;
  return integer === undefined ? failConversion(given, 'to an integer') : createInteger(integer);
}

function convertToFloat(given: Value, locale: string | undefined): Value {
  const number = toNum(given);
  if (number !== undefined) return createFloat(toFloat(number));
  const float = typeof given === 'string' ? parseFloatText(given, locale) : undefined;
  return float === undefined ? failConversion(given, 'to a float') : createFloat(float);
}

function convertToDecimal(given: Value): Value {
  if (given instanceof DecimalNumber) return given;
  const isNumeric = typeof given === 'string' || toNum(given) !== undefined;
  const decimal = isNumeric ? parseDecimalText(toText(given)) : undefined;
  return decimal === undefined ? failConversion(given, 'to a decimal number') : new DecimalNumber(decimal);
}

function convertToJson(given: Json): Json {
  if (typeof given === 'string') return /^\s*</.test(given) ? convertXmlToJson(given) : readJson(given);
  if (!isJsonObject(given) || !isContent(given)) return refuse('value', 'a string or XML', given);
  return /[/+]xml\b/i.test(given['$content-type']) ? convertXmlToJson(given) : readJson(decodeContent(given));
}

/** The message of JSON.parse quotes the text, which may hold secrets: only the position is taken over. */
function readJson(given: string): Json {
  try {
    return parseLenientJson(given);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    const place = position === undefined ? '' : ` (at character ${Number(position) + 1})`;
    throw new Fault(`cannot read its parameter as JSON${place}`, { parameter: 'value', seen: given });
  }
}

function convertToXml(given: Json): Content {
  if (typeof given === 'string') return wrapXml(given);
  if (!isJsonObject(given)) return refuse('value', 'a string or an object', given);
  return wrapXml(isContent(given) ? decodeContent(given) : convertJsonToXml(given));
}
