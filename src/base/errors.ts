/** One row of a module's error table: what happened in words, and what the reader can do about it. */
export interface ErrorEntry {
  /** HTTP status when the error reaches a client. */
  readonly status: number;
  /** What this kind of error means, for the documentation; the message of an instance names value and place. */
  readonly title: string;
  /** What to do next, where one advice fits all instances. */
  readonly fix?: string;
}

export interface ErrorDetails {
  /** JSON pointer to the place in the input or document that is wrong. */
  readonly pointer?: string;
  /** What to do next; overrides the table's advice. */
  readonly fix?: string;
  /** Overrides the table's HTTP status. */
  readonly status?: number;
  /** Further members of the problem document; never secrets. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The base of every error that is meant for people: a stable code, one sentence that says what is wrong and
 * where, and what to do next. The server renders it as `application/problem+json` (RFC 9457).
 */
export class PatchbayError extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly pointer: string | undefined;
  readonly fix: string | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;

  constructor(code: string, entry: ErrorEntry, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = details.status ?? entry.status;
    this.title = entry.title;
    this.pointer = details.pointer;
    this.fix = details.fix ?? entry.fix;
    this.extra = details.extra;
  }
}

export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/**
 * Makes a module's error class from its table, so that only listed codes can be thrown.
 *
 * @example
 * export const VAULT_ERRORS = { VAULT_KEY_MISSING: { status: 500, title: '…' } } as const;
 * export const VaultError = createErrorClass('VaultError', VAULT_ERRORS);
 * throw new VaultError('VAULT_KEY_MISSING', 'No master key in /path.');
 */
export function createErrorClass<Table extends ErrorTable>(name: string, table: Table) {
  const ModuleError = class extends PatchbayError {
    constructor(code: keyof Table & string, message: string, details: ErrorDetails = {}) {
      const entry = table[code];
      if (entry === undefined) throw new TypeError(`${name} has no code ${code}`);
      super(code, entry, message, details);
      this.name = name;
    }
  };
  return ModuleError;
}

/** A finding in a document somebody wrote: an importer's warning, a flow's mistake. */
export interface Problem {
  /** Stable, module-prefixed: `CONNECTOR_DUPLICATE_KEY`. */
  readonly code: string;
  /** One sentence: what is wrong, where, what to do. */
  readonly message: string;
  /** JSON pointer into the document. */
  readonly pointer?: string;
  /** 1-based line in the source text, where it is known. */
  readonly line?: number;
  /** The source text there: a line or a few. */
  readonly snippet?: string;
}

/** The message of anything that was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
