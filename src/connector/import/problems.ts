import type { Problem } from '../../base/index.ts';

/** Everything an importer can find, and what it means. The message of a problem names the place. */
export const IMPORT_PROBLEMS = {
  // The input cannot be used: exactly one of these.
  CONNECTOR_EMPTY: 'There is nothing in the file.',
  CONNECTOR_BINARY: 'The file is not text.',
  CONNECTOR_HTML: 'The file is a web page.',
  CONNECTOR_XML: 'The file is XML.',
  CONNECTOR_JSON_SYNTAX: 'The file is not JSON, and what is meant cannot be told.',
  CONNECTOR_YAML_SYNTAX: 'The file is not YAML.',
  CONNECTOR_NOT_AN_API: 'The file can be read, but describes no API.',
  CONNECTOR_VERSION_UNSUPPORTED: 'The format has a version that cannot be read.',
  CONNECTOR_FORMAT_UNSUPPORTED: 'The format is known, but cannot be imported.',
  CONNECTOR_NO_OPERATIONS: 'The document describes no operations.',
  CONNECTOR_NO_DOCUMENT: 'None of the files is an API document.',
  CONNECTOR_UNREADABLE: 'Reading the document failed.',
  CONNECTOR_PROPERTIES_UNREADABLE: 'apiProperties.json is no object.',
  CONNECTOR_ARCHIVE: 'The zip archive cannot be unpacked.',
  // The input was repaired, or a part of it has no effect: warnings.
  CONNECTOR_BYTE_ORDER_MARK: 'The file begins with a byte order mark.',
  CONNECTOR_ENCODING: 'The file is not UTF-8.',
  CONNECTOR_COMMENT: 'JSON has no comments.',
  CONNECTOR_TRAILING_COMMA: 'A comma stands before a closing bracket.',
  CONNECTOR_MISSING_COMMA: 'A comma is missing.',
  CONNECTOR_MISSING_BRACKET: 'Closing brackets are missing at the end.',
  CONNECTOR_SURPLUS_BRACKET: 'There are more closing than opening brackets at the end.',
  CONNECTOR_CONTROL_CHARACTER: 'A text holds a control character or a wrong escape.',
  CONNECTOR_UNICODE_SPACE: 'A blank is none of those JSON knows.',
  CONNECTOR_DUPLICATE_KEY: 'An object has a key twice; the last one counts.',
  CONNECTOR_YAML_TABS: 'YAML is indented with tabs; each is read as two blanks.',
  CONNECTOR_YAML_WARNING: 'The YAML is unusual.',
  CONNECTOR_VERSION_ASSUMED: 'The version of the format is missing or unusual.',
  CONNECTOR_MISSPELT_EXTENSION: 'The name of an extension is misspelt.',
  CONNECTOR_INVALID_EXTENSION: 'An extension has a value that means nothing.',
  CONNECTOR_MALFORMED: 'A part of the document is not what must stand there; it is left out.',
  CONNECTOR_PATH_SLASH: 'A path does not begin with a slash.',
  CONNECTOR_MISSING_OPERATION_ID: 'An operation has no operationId.',
  CONNECTOR_DUPLICATE_OPERATION_ID: 'Two operations have the same operationId.',
  CONNECTOR_DANGLING_REFERENCE: 'A $ref leads nowhere; anything is allowed there.',
  CONNECTOR_EXTERNAL_REFERENCE: 'A $ref leads to another file; anything is allowed there.',
  CONNECTOR_NO_SERVER: 'The document names no host.',
  CONNECTOR_SERVER_ASSUMED: 'The document names no host; the one it was read from is taken.',
  CONNECTOR_HOST: 'The address of the service is written in the wrong form.',
  CONNECTOR_KEYWORD:
    'A keyword has a value that means nothing; it is ignored, and more is allowed than was meant.',
  CONNECTOR_VALUE_TYPE: 'A default, sample or allowed value is not of the type that is asked for.',
  CONNECTOR_MEDIA_TYPE: 'A name of a media type is none.',
  CONNECTOR_PARAMETER_TYPE: 'A parameter does not say what its values are.',
  CONNECTOR_DUPLICATE_PARAMETER: "Parameters of one operation stand in each other's way.",
  CONNECTOR_RESPONSE_STATUS: 'An answer is described under what is no status.',
  CONNECTOR_CIRCLE: 'A schema is made of itself.',
  CONNECTOR_WEBHOOKS: 'The document describes messages the API sends by itself; no trigger is made of them.',
  CONNECTOR_INSECURE_SERVER: 'The service is called without encryption.',
  CONNECTOR_WEBHOOKS_ONLY: 'The document describes messages the API sends, but nothing to call.',
  CONNECTOR_PATH_PARAMETER: 'A path and its parameters do not fit together.',
  CONNECTOR_POLICY_UNSUPPORTED: 'A policy is kept, but has no effect.',
  CONNECTOR_SECRET_LEFT_OUT:
    'The properties hold the secret of an OAuth application, which is not kept in a definition.',
  CONNECTOR_SCRIPT_NEEDS_PORT: 'Custom code in C# is kept, but not run; its operations need a port.',
  CONNECTOR_SCRIPT_INVALID: 'Custom code cannot be read.',
  CONNECTOR_ARCHIVE_PATH: 'A name in the archive leads out of it; the file is left out.',
  CONNECTOR_REQUEST_LEFT_OUT: 'A request cannot be described, or the description has no place for it.',
  CONNECTOR_AUTHENTICATION_UNSUPPORTED: 'A way to authenticate is not known; it is left out.',
  CONNECTOR_SCRIPT_LEFT_OUT: 'A script of a Postman collection is left out.',
  CONNECTOR_GRAPHQL: 'A request sends GraphQL, which is described as JSON.',
  CONNECTOR_MORE_PROBLEMS: 'There are more problems of one kind than anybody reads.',
} as const;

export type ImportProblemCode = keyof typeof IMPORT_PROBLEMS;

/** A hundred warnings of one kind say no more than ten. */
const MAX_PER_CODE = 25;

/** What was found so far. `lines` of problems with a pointer are filled in at the end: see `locate`. */
export class Problems {
  readonly #problems: Problem[] = [];
  readonly #counts = new Map<ImportProblemCode, number>();

  add(code: ImportProblemCode, message: string, place: { pointer?: string; line?: number } = {}): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= MAX_PER_CODE) this.#problems.push({ code, message, ...place });
  }

  /** All of them, lines filled in where `lineOf` knows them, in the order of the text. */
  list(lineOf: (pointers: readonly string[]) => (pointer: string) => number | undefined): Problem[] {
    const wanted = this.#problems.filter(needsLine).map((problem) => problem.pointer ?? '');
    const find = wanted.length > 0 ? lineOf(wanted) : () => undefined;
    const placed = this.#problems.map((problem) => (needsLine(problem) ? place(problem, find) : problem));
    return [...placed, ...this.#more()];
  }

  #more(): Problem[] {
    const many = [...this.#counts].filter(([, count]) => count > MAX_PER_CODE);
    return many.map(([code, count]) => ({
      code: 'CONNECTOR_MORE_PROBLEMS',
      message: `${count - MAX_PER_CODE} more problems of the kind ${code} are not listed.`,
    }));
  }
}

function needsLine(problem: Problem): boolean {
  return problem.pointer !== undefined && problem.line === undefined;
}

function place(problem: Problem, find: (pointer: string) => number | undefined): Problem {
  const line = find(problem.pointer ?? '');
  return line === undefined ? problem : { ...problem, line };
}

/** Stops an import: the input cannot be used. Caught by `importConnector`, nowhere else. */
export class UnusableInput extends Error {
  readonly problem: Problem & { readonly code: ImportProblemCode };

  constructor(code: ImportProblemCode, message: string, place: { pointer?: string; line?: number } = {}) {
    super(message);
    this.name = 'UnusableInput';
    this.problem = { code, message, ...place };
  }
}
