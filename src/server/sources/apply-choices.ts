import type { PagingChoices } from '../../api/index.ts';
import {
  type ConnectorDefinition,
  compileConnector,
  declarePaging,
  type ImportResult,
  keepOperations,
  type Paging,
} from '../../connector/index.ts';
import { ServerError } from '../errors.ts';

/** What somebody chose of what a document holds. */
interface ImportChoices {
  readonly operations?: readonly string[] | undefined;
  readonly paging?: PagingChoices | undefined;
}

/** @throws ServerError INVALID_INPUT for an operation that the document does not have */
export function applyChoices(result: ImportResult, { operations, paging }: ImportChoices): ImportResult {
  const { definition } = result;
  if (definition === undefined) return result;
  if (operations !== undefined) assertKnown(operations, definition);
  const kept = operations === undefined ? definition : keepOperations(definition, operations);
  if (paging === undefined) return { ...result, definition: kept };
  const byOperation = new Map(Object.entries(paging)) as Map<string, Paging | null>;
  return { ...result, definition: declarePaging(kept, byOperation) };
}

function assertKnown(operations: readonly string[], definition: ConnectorDefinition): void {
  const { title, operation } = compileConnector(definition);
  const unknown = operations.findIndex((id) => operation(id) === undefined);
  if (unknown < 0) return;
  throw new ServerError('INVALID_INPUT', `${title} has no operation '${operations[unknown]}'.`, {
    pointer: `/operations/${unknown}`,
  });
}
