/** The formats a definition goes out in. */
export const EXPORT_FORMATS = [
  'openapi-3.1',
  'openapi-3.0',
  'swagger-2.0',
  'power-platform',
  'postman',
  'typescript',
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  /** How OpenAPI documents are written; JSON when missing. The other formats have one way only. */
  readonly syntax?: 'json' | 'yaml';
}

export interface ExportedFile {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface ExportResult {
  readonly format: ExportFormat;
  /** One, or, of a Power Platform package, its files. */
  readonly files: readonly ExportedFile[];
}
