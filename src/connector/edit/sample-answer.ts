import type { Json } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import type { CompiledConnector } from '../types.ts';

/** An answer as an operation describes it: of its first success, made from the schema; without a body where none is described. */
export function makeSampleAnswer(
  connector: CompiledConnector,
  operationId: string,
): { readonly status: number; readonly body?: Json } {
  const response = connector.operation(operationId)?.successResponse;
  const status = Number(response?.status);
  return {
    status: Number.isInteger(status) ? status : 200,
    ...(response?.schema === undefined
      ? {}
      : { body: makeSample(response.schema, connector.definition.openapi) }),
  };
}
