/**
 * The expressions of the Workflow Definition Language: parsed with their places, compiled to closures once for a
 * version of a flow, evaluated in a scope. Pure: clock and chance come from the scope.
 */
export type {
  CallExpression,
  Expression,
  LiteralExpression,
  MissingExpression,
  PathExpression,
  PathStep,
  Span,
} from './ast.ts';
export { formatSignature } from './compile.ts';
export { createContextScope, type World } from './context-scope.ts';
export type { FunctionDoc, FunctionExample, FunctionGroup, TypeName } from './define.ts';
export {
  type Completion,
  type CompletionItem,
  complete,
  completeTemplate,
  type SignatureHelp,
} from './editor/complete.ts';
export { inferType } from './editor/infer.ts';
export type { InferredType, KnownValue, TypeEnvironment } from './editor/types.ts';
export { ExpressionError, type ExpressionFault } from './errors.ts';
export { functionTable } from './functions/table.ts';
export { parseExpression } from './parse.ts';
export { compileExpression, compileTemplate, parseTemplateText } from './template.ts';
export type { CompiledTemplate, Reference, Scope } from './types.ts';
