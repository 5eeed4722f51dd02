import { type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { inferSchema } from '../../schema/index.ts';
import { ConnectorError } from '../errors.ts';
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
  return inferSchema(texts.map(readJson));
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

function readJson(text: string, index: number): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw invalid(
      `Sample ${index + 1} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
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
