import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { createLazy } from './lazy.ts';

/** The alternatives of an operation, each the names of the schemes it needs together. */
export type OperationSecurity = readonly (readonly string[])[];

/** Reads what an operation asks for; undefined: whatever its connection has. */
export type ReadSecurity = (operation: JsonObject) => OperationSecurity | undefined;

/**
 * What operations say of their own credentials. The Power Platform authenticates all operations alike, so those of its
 * packages say nothing; nor does the `security: []` that editors write into documents that ask for nothing anywhere.
 * See docs/decisions/0004-operations-that-need-no-credentials.md.
 */
export function createSecurityReader({ openapi, source }: ConnectorDefinition): ReadSecurity {
  if (source.format === 'power-platform') return () => undefined;
  const asks = createLazy(() => asksForCredentials(openapi));
  const root = openapi['security'];
  return (operation) => {
    const written = operation['security'] ?? (isOpen(root) ? root : undefined);
    if (!Array.isArray(written)) return undefined;
    if (isOpen(written)) return asks() ? [] : undefined;
    return written.filter(isJsonObject).map((requirement) => Object.keys(requirement));
  };
}

/** `[]`, and `[{}]`, which some write for it. */
function isOpen(written: Json | undefined): boolean {
  return Array.isArray(written) && !written.some(asksForSomething);
}

function asksForCredentials(document: JsonObject): boolean {
  const asks = ({ security }: JsonObject) => [security ?? []].flat().some(asksForSomething);
  return asks(document) || [...listOperations(document)].some(({ operation }) => asks(operation));
}

function asksForSomething(requirement: Json): boolean {
  return isJsonObject(requirement) && Object.keys(requirement).length > 0;
}
