import type { OperationDetail } from '../../api/index.ts';
import type { Json, JsonObject } from '../../base/index.ts';
import { listFields, listMembers } from './form-model.ts';
import { setAt } from './inputs.ts';
import type { FormField } from './types.ts';

/** Objects in objects; deeper ones only come in circles. */
const MAX_DEPTH = 5;

/** What a form begins with: values to test with (`x-ms-test-value`), and the defaults of what is required. */
export function prefill(operation: OperationDetail): JsonObject {
  let inputs: JsonObject =
    operation.body?.required && !operation.body.file ? { [operation.body.name]: {} } : {};
  const visit = (field: FormField, depth: number) => {
    const value = readStart(field);
    if (value !== undefined) inputs = setAt(inputs, field.path, value);
    else if (field.kind === 'object' && depth < MAX_DEPTH) {
      for (const member of listMembers(field, operation.definitions, operation.method))
        visit(member, depth + 1);
    }
  };
  for (const field of listFields(operation)) visit(field, 0);
  const { body } = operation;
  const isObject =
    body === undefined || listFields(operation).every(({ path }) => path[0] !== body.name || path.length > 1);
  if (!isObject && body && Object.keys((inputs[body.name] as JsonObject | undefined) ?? {}).length === 0) {
    const { [body.name]: _empty, ...rest } = inputs;
    return rest;
  }
  return inputs;
}

function readStart({ schema, required, path, kind }: FormField): Json | undefined {
  const tested = schema['x-ms-test-value'];
  if (tested !== undefined && tested !== null) return tested;
  const isNested = path.length > 2;
  return required && !isNested && kind !== 'object' ? (schema.default ?? undefined) : undefined;
}
