import type { Problem } from '../../../base/index.ts';

/** What an export leaves out or says in other words, and what that means. The message of a note names the place. */
export const EXPORT_NOTES = {
  EXPORT_POLICIES_LEFT_OUT: 'Policies change requests and answers; the format has no word for them.',
  EXPORT_SCRIPT_LEFT_OUT: 'Custom code runs between caller and service; the format has no place for it.',
  EXPORT_SCRIPT_NEEDS_PORT: 'Custom code is exported in a language that the other side does not run.',
  EXPORT_FILE_LEFT_OUT: 'A file that belongs to the connector is not part of the format.',
  EXPORT_CONNECTION_LEFT_OUT: 'What a connection asks for is described by the package only.',
  EXPORT_EXTENSIONS_LEFT_OUT: 'Extensions have no effect in the format and are left out.',
  EXPORT_KEYWORD_LEFT_OUT: 'A keyword of JSON Schema is unknown to the format: more is allowed than was.',
  EXPORT_ALTERNATIVES_LEFT_OUT: 'The format knows no alternatives: anything they have in common is allowed.',
  EXPORT_EXAMPLES_LEFT_OUT: 'Of several examples the format holds one.',
  EXPORT_MEDIA_TYPES_MERGED: 'Of bodies that differ by media type, the format describes one.',
  EXPORT_PARAMETER_LEFT_OUT: 'A parameter stands in a place that the format does not know.',
  EXPORT_PARAMETER_SIMPLIFIED: 'How a parameter or field is written cannot be said exactly.',
  EXPORT_SECURITY_CHANGED: 'A way to authenticate is said in other words.',
  EXPORT_SECURITY_LEFT_OUT: 'A way to authenticate is unknown to the format.',
  EXPORT_SERVERS_LEFT_OUT: 'The format names one address of the service.',
  EXPORT_OPERATION_LEFT_OUT: 'A method is unknown to the format.',
  EXPORT_MESSAGES_LEFT_OUT: 'Callbacks and webhooks, which the service sends, are left out.',
  EXPORT_LINKS_LEFT_OUT: 'Links from an answer to other operations are left out.',
  EXPORT_RESPONSE_CHANGED: 'A range of statuses is exported as its first.',
  EXPORT_COMPONENTS_LEFT_OUT: 'Shared parts that nothing refers to have no place in the format.',
  EXPORT_INFO_LEFT_OUT: 'A part of the title page is left out.',
  EXPORT_SCHEMAS_AS_SAMPLES: 'The format holds samples instead of schemas.',
  EXPORT_CONSTRAINTS_LEFT_OUT: 'The format has types, but no lengths, bounds or patterns.',
  EXPORT_CHANGED: 'Importing the export again gives something else here.',
  EXPORT_MORE_NOTES: 'There are more notes of one kind than anybody reads.',
} as const;

export type ExportNoteCode = keyof typeof EXPORT_NOTES;

/** Told with an export: nothing is lost silently. */
export interface ExportNote extends Problem {
  readonly code: ExportNoteCode;
  /** Into the definition's OpenAPI document, or below `/properties` and `/files`. */
  readonly pointer: string;
}

/** A hundred notes of one kind say no more than these. */
const MAX_PER_CODE = 25;

export class Notes {
  readonly #notes: ExportNote[] = [];
  readonly #counts = new Map<ExportNoteCode, number>();

  add(code: ExportNoteCode, pointer: string, message: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= MAX_PER_CODE) this.#notes.push({ code, message, pointer });
  }

  list(): ExportNote[] {
    const many = [...this.#counts].filter(([, count]) => count > MAX_PER_CODE);
    const more = many.map(([code, count]): ExportNote => {
      const message = `${count - MAX_PER_CODE} more notes of the kind ${code} are not listed.`;
      return { code: 'EXPORT_MORE_NOTES', message, pointer: '' };
    });
    return [...this.#notes, ...more];
  }
}
