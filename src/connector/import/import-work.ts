import type { ConnectorFormat } from '../definition-types.ts';
import type { ParsedDocument } from './parse-document.ts';
import type { Problems } from './problems.ts';

/** What an importer works with: it notes findings and the format as soon as it knows it. */
export interface ImportWork {
  readonly problems: Problems;
  setFormat(format: ConnectorFormat): void;
  /** Reads the main document; problems with pointers are located in it. */
  parse(name: string, bytes: Uint8Array): ParsedDocument;
}
