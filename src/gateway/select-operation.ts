import type { JsonObject } from '../base/index.ts';
import {
  type BuildOptions,
  type CompiledConnector,
  type CompiledOperation,
  readHttpInputs,
} from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';
import type { OperationSelector } from './types.ts';

export interface SelectedOperation {
  readonly operation: CompiledOperation;
  /** By parameter name. */
  readonly inputs: JsonObject;
  /** Queries and headers that no parameter describes. */
  readonly extra: BuildOptions;
}

const NOTHING: BuildOptions = {};

/**
 * Finds the operation a call means, and its inputs by name: Logic Apps names method and path, and gives queries,
 * headers and body apart.
 *
 * @throws CallFailure OperationNotFound
 */
export function selectOperation(
  connector: CompiledConnector,
  selector: OperationSelector,
  inputs: JsonObject,
): SelectedOperation {
  if ('operationId' in selector) {
    const operation = connector.operation(selector.operationId);
    if (operation !== undefined) return { operation, inputs, extra: NOTHING };
    const message = `The connector ${connector.title} has no operation ${selector.operationId}.`;
    throw new CallFailure('OperationNotFound', message);
  }
  const match = connector.find(selector.method, selector.path);
  if (match === undefined) {
    const request = `${selector.method.toUpperCase()} ${selector.path.split('?')[0]}`;
    throw new CallFailure(
      'OperationNotFound',
      `The connector ${connector.title} has no operation ${request}.`,
    );
  }
  const { inputs: named, ...extra } = readHttpInputs(match.operation, match.pathParameters, inputs);
  return { operation: match.operation, inputs: named, extra };
}
