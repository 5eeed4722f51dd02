import { type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { inferSchema } from '../../schema/index.ts';
import { ConnectorError } from '../errors.ts';
import { parseTolerantJson } from '../import/parse-json.ts';
import { Problems, UnusableInput } from '../import/problems.ts';
import { guessScalar } from './guess-scalar.ts';
import { inferXmlSchema } from './infer-xml.ts';

/** A body as somebody copied it from a page or a tool. */
export interface TextSample {
  readonly text: string;
  /** As in a `Content-Type` header; read off the text when missing. */
  readonly contentType?: string | undefined;
}

type SampleKind = 'json' | 'xml' | 'form';

/**
 * Infers the JSON Schema of bodies from samples in JSON, XML or URL-encoded form, all in the same of the three. A
 * schema from XML says with `xml` what is an attribute and what the root is called.
 *
 * @throws ConnectorError CONNECTOR_INVALID_SAMPLE which says which sample cannot be read, and why
 */
export function inferSchemaFromTexts(samples: readonly TextSample[]): JsonObject {
  const kinds = new Set(samples.map(detectKind));
  if (kinds.size > 1) throw invalid('The samples are in different formats; give samples of one body.');
  const [kind] = kinds;
  const texts = samples.map(({ text }) => text.replace(/^\uFEFF/, ''));
  if (kind === 'xml') return inferXmlSchema(texts);
  if (kind === 'form') return inferSchema(texts.map(readForm));
  return inferSchema(texts.flatMap(readJson));
}

function detectKind({ text, contentType = '' }: TextSample): SampleKind {
  const type = contentType.toLowerCase();
  if (/[/+]json\b/.test(type)) return 'json';
  if (/[/+]xml\b/.test(type)) return 'xml';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'form';
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('<')) return 'xml';
  return /^[\w.%+~[\]-]+=[^\n]*$/.test(start.trimEnd()) ? 'form' : 'json';
}

/** Samples as people paste them: with comments and commas too many, or one value a line. */
function readJson(text: string, index: number): Json[] {
  const marked = markDecimals(text);
  const value = tryParse(marked);
  if (value !== undefined) return [value];
  const lines = marked.split('\n').filter((line) => line.trim() !== '');
  const values = lines.length > 1 ? lines.map(tryParse) : [undefined];
  if (values.every((one) => one !== undefined)) return values;
  try {
    return [parseTolerantJson(`Sample ${index + 1}`, marked, new Problems())];
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    throw invalid(error.message);
  }
}

function tryParse(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A price that is written 12.00 is a number, and only by chance a whole one; read, it would not look like that. */
function markDecimals(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|(-?\d+)\.0+(?![\d.eE])/g, (written, whole: string | undefined) =>
    whole === undefined ? written : `${whole}.5`,
  );
}

/** Names that repeat, and names that end in `[]`, are lists. */
function readForm(text: string): JsonObject {
  const form = new URLSearchParams(text.trim());
  const value: JsonObject = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).map(guessScalar);
    const isList = values.length > 1 || name.endsWith('[]');
    Object.defineProperty(value, name, { value: isList ? values : (values[0] ?? ''), enumerable: true });
  }
  return value;
}

function invalid(message: string) {
  return new ConnectorError('CONNECTOR_INVALID_SAMPLE', message);
}
