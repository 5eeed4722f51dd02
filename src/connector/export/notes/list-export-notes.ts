import type { ConnectorDefinition } from '../../definition-types.ts';
import type { ExportFormat } from '../types.ts';
import { type ExportNote, Notes } from './notes.ts';
import { notePackage } from './package-notes.ts';
import { noteClient, notePostman } from './sample-notes.ts';
import { noteSchemas30, noteSchemasSwagger } from './schema-notes.ts';
import { noteSwagger } from './swagger-notes.ts';
import { noteVersion30 } from './version-30-notes.ts';

/** What a format cannot say of a definition. Empty when all of it is said. */
export function listExportNotes(definition: ConnectorDefinition, format: ExportFormat): ExportNote[] {
  const notes = new Notes();
  const source = definition.source.format;
  const isSwagger = source === 'swagger-2.0' || source === 'power-platform';
  notePackage(definition, format, notes);
  if (format === 'openapi-3.0' && source !== 'openapi-3.0') note30(definition, notes);
  if ((format === 'swagger-2.0' || format === 'power-platform') && !isSwagger) {
    note30(definition, notes);
    noteSchemasSwagger(definition.openapi, notes);
    noteSwagger(definition.openapi, notes, format);
  }
  if (format === 'postman') notePostman(definition, notes);
  if (format === 'typescript') noteClient(definition, notes);
  return notes.list();
}

function note30({ openapi }: ConnectorDefinition, notes: Notes): void {
  noteVersion30(openapi, notes);
  noteSchemas30(openapi, notes);
}
