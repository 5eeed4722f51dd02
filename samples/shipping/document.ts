import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { type FieldProblem, ShippingError } from './problems.ts';

const DOCUMENT_ID = 'https://patchbay.dev/samples/shipping';

const DOCUMENT_FILE = new URL('./openapi.yaml', import.meta.url);

/** What is declared in openapi.yaml is what the server checks: the document cannot lag behind. */
export function loadDocument() {
  const document = parse(readFileSync(DOCUMENT_FILE, 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
  const ajvCoercing = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true, useDefaults: true });
  for (const instance of [ajv, ajvCoercing]) {
    // The package is CommonJS: its plugin is the module itself or its `default`, by the loader.
    (formats as unknown as { default: (target: Ajv2020) => void }).default(instance);
    instance.addSchema(document, DOCUMENT_ID);
  }
  const compile = (instance: Ajv2020, pointer: string) =>
    instance.compile({ $ref: `${DOCUMENT_ID}#${pointer}` });
  return {
    document,
    /** A check of a JSON body by a schema of the document; throws the 400 that names each field. */
    createBodyCheck<T>(schemaName: string) {
      const validate = compile(ajv, `/components/schemas/${schemaName}`);
      return (body: unknown): T => {
        if (!validate(body)) throw new ShippingError(400, (validate.errors ?? []).map(describeFieldError));
        return body as T;
      };
    },
    /** A check of query parameters, which arrive as text; fills in defaults. */
    createQueryCheck<T>(parameters: readonly { name: string; required?: boolean; schema: object }[]) {
      const validate = ajvCoercing.compile({
        type: 'object',
        properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
        required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
      });
      return (query: unknown): T => {
        const values = { ...(query as object) };
        if (!validate(values)) throw new ShippingError(400, (validate.errors ?? []).map(describeFieldError));
        return values as T;
      };
    },
  };
}

function describeFieldError(error: ErrorObject): FieldProblem {
  const missing = error.keyword === 'required' ? `/${String(error.params['missingProperty'])}` : '';
  const field = (error.instancePath + missing).slice(1).replaceAll('/', '.');
  const place = field === '' ? 'The body' : field;
  if (missing !== '') return { code: 'field_missing', message: `${place} is missing.`, field };
  return {
    code: 'field_invalid',
    message: `${place} ${error.message ?? 'is not right'}.`,
    field: field || null,
  };
}
