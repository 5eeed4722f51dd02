import { getByPointer, type JsonObject } from '../../base/index.ts';
import type { Problems } from './problems.ts';
import type { References } from './repair-extensions.ts';

/** Warns of references that lead nowhere or out of the document. */
export function checkReferences(document: JsonObject, references: References, problems: Problems): void {
  for (const [reference, pointer] of references) {
    if (!reference.startsWith('#')) {
      const message = `'${reference}' is in another file, which could not be read; anything is allowed there.`;
      problems.add('CONNECTOR_EXTERNAL_REFERENCE', message, { pointer });
    } else if (getByPointer(document, reference) === undefined) {
      const message = `'${reference}' does not exist; anything is allowed there.`;
      problems.add('CONNECTOR_DANGLING_REFERENCE', message, { pointer });
    }
  }
}
