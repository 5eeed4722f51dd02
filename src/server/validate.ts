import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Endpoint } from '../api/index.ts';
import { ServerError } from './errors.ts';

type Part = 'params' | 'query' | 'body';

/** Checks one part of a request and returns it, defaults filled in. */
export type PartCheck = (value: unknown) => unknown;

/** The checks of an endpoint's input, compiled once. */
export function compileChecks(endpoint: Endpoint): Record<Part, PartCheck> {
  return {
    params: compilePart('params', endpoint.params, true),
    query: compilePart('query', endpoint.query, true),
    body: compilePart('body', endpoint.body, false),
  };
}

/**
 * @param textual the values arrive as text and are converted to what the schema asks for
 */
function compilePart(part: Part, schema: TSchema | undefined, textual: boolean): PartCheck {
  if (schema === undefined) return () => undefined;
  const validator = Compile(schema);
  return (value) => {
    // An endpoint all of whose members are optional may be called with no body at all.
    const given = value ?? (part === 'body' ? {} : value);
    const filled = validator.Default(textual ? validator.Convert({ ...(given as object) }) : given);
    if (validator.Check(filled)) return filled;
    throw createInputError(part, validator.Errors(filled)[0]);
  };
}

interface Finding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

function createInputError(part: Part, finding: Finding | undefined) {
  const pointer = (finding?.instancePath ?? '') + readMissing(finding);
  const names = { params: 'The path', query: 'The query', body: 'The body' };
  const place = pointer === '' ? names[part] : `${names[part]}'s ${pointer.slice(1).replaceAll('/', '.')}`;
  const message = readMissing(finding) === '' ? (finding?.message ?? 'is not right') : 'is missing';
  return new ServerError('INVALID_INPUT', `${place} ${message}.`, {
    pointer: pointer === '' ? undefined : pointer,
  });
}

function readMissing(finding: Finding | undefined): string {
  if (finding?.keyword !== 'required') return '';
  const [name] = (finding.params as { requiredProperties?: string[] }).requiredProperties ?? [];
  return name === undefined ? '' : `/${name}`;
}
