import type { Json, JsonObject } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import type { CompiledConnector, CompiledOperation, CompiledParameter } from '../types.ts';

/** An example of a file: nine letters in a text file. */
const FILE: JsonObject = { '$content-type': 'text/plain', $content: 'UGF0Y2hiYXk=', $filename: 'sample.txt' };

/** Inputs to try an operation with: every parameter and the body, from examples, defaults and types. */
export function makeSampleInputs(connector: CompiledConnector, operation: CompiledOperation): JsonObject {
  const root = connector.definition.openapi;
  const sample = (schema: JsonObject) => makeSample(schema, root, { forRequest: true });
  const ofField = (field: CompiledParameter): Json => {
    if (field.file) return FILE;
    return field.extensions['x-ms-test-value'] ?? field.default ?? sample(field.schema);
  };
  const inputs: [string, Json][] = operation.parameters.map((parameter) => [
    parameter.name,
    ofField(parameter),
  ]);
  const { body } = operation;
  if (body?.fields !== undefined) {
    const fields = body.fields.map((field): [string, Json] => [field.name, ofField(field)]);
    if (body.asParameters) inputs.push(...fields);
    else inputs.push([body.name, Object.fromEntries(fields)]);
  } else if (body !== undefined) {
    inputs.push([body.name, body.kind === 'binary' ? FILE : sample(body.schema)]);
  }
  return Object.fromEntries(inputs);
}
