import type { ConnectorSource } from '../../api/index.ts';
import { checkScript } from '../check-script.ts';
import { ServerError } from '../errors.ts';
import type { Services } from '../services.ts';
import { type ImportedDocument, importDocument } from './import-document.ts';
import { readConnectorSource } from './read-source.ts';

/**
 * What a source holds, read now or, with `importId`, before; its custom code is checked.
 *
 * @throws ServerError NOT_FOUND for an import that is not there, not done, or somebody else's
 */
export async function loadDocument(
  source: ConnectorSource,
  userId: string | undefined,
  services: Services,
): Promise<ImportedDocument> {
  const { importId } = source;
  if (importId === undefined) {
    const imported = await importDocument(await readConnectorSource(source, services));
    return { ...imported, result: await checkScript(imported.result, services.code) };
  }
  const known = await services.imports.load(importId, userId ?? '');
  if (known === undefined) {
    throw new ServerError('NOT_FOUND', `There is no finished import ${importId}.`, {
      pointer: '/importId',
      fix: 'Read the document again: imports are kept for a day.',
    });
  }
  return known;
}
