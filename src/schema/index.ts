/**
 * JSON Schema (2020-12, and what OpenAPI 3.0 makes of it): check a value, infer a schema from samples, make a
 * sample, cut a schema out of a document, say in words what it allows.
 */
export { type BundleOptions, bundleSchema } from './bundle.ts';
export { describeSchema } from './describe.ts';
export { extendSchema } from './extend.ts';
export { improveSample } from './improve-sample.ts';
export { inferSchema } from './infer.ts';
export { listTypes } from './list-types.ts';
export { resolveReference, resolveSchema } from './resolve.ts';
export { makeSample, type SampleOptions } from './sample.ts';
export type { SchemaProblem } from './types.ts';
export { createValidator, type Validator, type ValidatorOptions } from './validator.ts';
