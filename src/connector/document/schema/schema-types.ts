import type { Json } from '../../../base/index.ts';

/** What is offered beside the values that a schema lists: names that the document itself holds. */
export type Suggestion = 'operationIds' | 'references' | 'securitySchemes' | 'tags' | 'propertyNames';

/**
 * A schema of our own documents: the keywords of JSON Schema 2020-12 that they need, so that any validator understands
 * it, and a few words for editors that validators pass over.
 */
export interface DocumentSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, DocumentSchema>>;
  /** Shown as it is written, in Markdown. */
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, DocumentSchema>>;
  readonly patternProperties?: Readonly<Record<string, DocumentSchema>>;
  readonly additionalProperties?: DocumentSchema;
  readonly unevaluatedProperties?: false;
  readonly required?: readonly string[];
  readonly items?: DocumentSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly allOf?: readonly DocumentSchema[];
  readonly if?: DocumentSchema;
  readonly then?: DocumentSchema;
  readonly else?: DocumentSchema;
  readonly examples?: readonly Json[];
  /** What the values of `enum` mean, by value. */
  readonly 'x-meanings'?: Readonly<Record<string, string>>;
  /** What to say when `pattern` does not fit, as the end of “must …”. */
  readonly 'x-form'?: string;
  readonly 'x-suggest'?: Suggestion;
  /** Names that members usually have, where any name will do. */
  readonly 'x-names'?: readonly string[];
  /** What does not fit is a doubt, not a mistake. */
  readonly 'x-doubt'?: true;
}

/** Members by name; others may only be extensions. */
export function fields(
  description: string,
  properties: Readonly<Record<string, DocumentSchema>>,
  more: DocumentSchema = {},
): DocumentSchema {
  return {
    description,
    type: 'object',
    properties,
    patternProperties: { '^x-': {}, ...more.patternProperties },
    unevaluatedProperties: false,
    ...omitPatterns(more),
  };
}

function omitPatterns({ patternProperties: _patterns, ...more }: DocumentSchema): DocumentSchema {
  return more;
}

export function text(description: string, more: DocumentSchema = {}): DocumentSchema {
  return { description, type: 'string', ...more };
}

export function flag(description: string, more: DocumentSchema = {}): DocumentSchema {
  return { description, type: 'boolean', ...more };
}

export function list(description: string, items: DocumentSchema, more: DocumentSchema = {}): DocumentSchema {
  return { description, type: 'array', items, ...more };
}

/** Members under names of one's own. */
export function map(
  description: string,
  additionalProperties: DocumentSchema,
  more: DocumentSchema = {},
): DocumentSchema {
  return { description, type: 'object', additionalProperties, ...more };
}

/** One of some words, each with what it means. */
export function choice(
  description: string,
  meanings: Readonly<Record<string, string>>,
  more: DocumentSchema = {},
): DocumentSchema {
  return { description, type: 'string', enum: Object.keys(meanings), 'x-meanings': meanings, ...more };
}

export function ref(name: string): DocumentSchema {
  return { $ref: `#/$defs/${name}` };
}

/** The thing itself, or a reference to where it is described. */
export function refOr(name: string): DocumentSchema {
  return {
    properties: {
      $ref: text('Where this is described: `#/components/…`.', { 'x-suggest': 'references' }),
    },
    ...when({ type: 'object', required: ['$ref'] }, ref('reference'), ref(name)),
  };
}

/** What holds depends on what is there. */
export function when(
  condition: DocumentSchema,
  fitting: DocumentSchema,
  otherwise?: DocumentSchema,
): DocumentSchema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: condition, then: fitting, ...(otherwise === undefined ? {} : { else: otherwise }) };
}
