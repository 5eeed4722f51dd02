import { createErrorClass } from '../../base/index.ts';

export const ODATA_ERRORS = {
  ODATA_SYNTAX: {
    status: 400,
    title: 'The query option cannot be read',
    fix: "Write it like: Status eq 'New' and Total gt 100. Text stands in single quotes, a quote inside is doubled.",
  },
  ODATA_UNKNOWN_COLUMN: {
    status: 400,
    title: 'The list has no such column',
    fix: 'Use the name of a column of the list.',
  },
  ODATA_TYPE_MISMATCH: {
    status: 400,
    title: 'The value does not fit the column',
    fix: "Compare text in single quotes, numbers without, instants like '2026-01-31T12:00:00Z'.",
  },
} as const;

const ODataErrorBase = createErrorClass('ODataError', ODATA_ERRORS);

/** A `$filter` or `$orderby` that cannot be used, with the 1-based character where it went wrong. */
export class ODataError extends ODataErrorBase {
  static at(code: keyof typeof ODATA_ERRORS, option: string, position: number, message: string): ODataError {
    return new ODataError(code, `${option}, character ${position + 1}: ${message}`);
  }
}
