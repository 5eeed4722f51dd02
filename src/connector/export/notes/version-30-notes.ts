import { isJsonObject, type JsonObject } from '../../../base/index.ts';
import type { Notes } from './notes.ts';

/** What an OpenAPI 3.1 document says outside of its schemas that 3.0 cannot. */
export function noteVersion30(
  { info, webhooks, jsonSchemaDialect, components }: JsonObject,
  notes: Notes,
): void {
  if (isJsonObject(info)) {
    if (info['summary'] !== undefined)
      notes.add('EXPORT_INFO_LEFT_OUT', '/info/summary', `The summary of the API is left out.`);
    if (isJsonObject(info['license']) && info['license']['identifier'] !== undefined) {
      notes.add(
        'EXPORT_INFO_LEFT_OUT',
        '/info/license/identifier',
        'The identifier of the licence is left out.',
      );
    }
  }
  if (isJsonObject(webhooks) && Object.keys(webhooks).length > 0) {
    const message = `OpenAPI 3.0 has no webhooks; the ${Object.keys(webhooks).length} of this document are kept as 'x-webhooks', which most tools pass over.`;
    notes.add('EXPORT_MESSAGES_LEFT_OUT', '/webhooks', message);
  }
  if (jsonSchemaDialect !== undefined) {
    const message = 'OpenAPI 3.0 has one dialect of schemas; the name of another is left out.';
    notes.add('EXPORT_KEYWORD_LEFT_OUT', '/jsonSchemaDialect', message);
  }
  if (isJsonObject(components) && isJsonObject(components['pathItems'])) {
    const message = `OpenAPI 3.0 shares no path items; 'components/pathItems' may be refused by other tools.`;
    notes.add('EXPORT_COMPONENTS_LEFT_OUT', '/components/pathItems', message);
  }
}
