import { describeError, type Json, joinPointer, PatchbayError, type Problem } from '../base/index.ts';
import { type CompiledTemplate, compileTemplate } from '../expression/index.ts';
import type { Origin } from './origin.ts';
import type { FlowProblemCode } from './problems.ts';
import type { PlacedTemplate } from './types.ts';

/**
 * What one compilation gathers: problems instead of exceptions, so that an author sees all of them at once,
 * and every template with its place, so that checks can follow the references.
 */
export class Compiler {
  readonly problems: Problem[] = [];
  /** What an author should know and what keeps no flow from running. */
  readonly warnings: Problem[] = [];
  readonly templates: PlacedTemplate[] = [];
  /** The action that is being compiled. */
  action: string | undefined;
  /** The action stands in a tool of an agent. */
  isInAgent = false;
  /** Where the definition was drawn: some defaults depend on it. */
  readonly origin: Origin;

  constructor(origin: Origin = 'unknown') {
    this.origin = origin;
  }

  /** Compiles a value of the definition; a bad expression is noted and stands as the literal it was. */
  template(value: Json | undefined, pointer: string): CompiledTemplate {
    try {
      const template = compileTemplate(value ?? null);
      if (!template.constant) this.templates.push({ pointer, template, action: this.action });
      return template;
    } catch (error) {
      this.reportExpression(error, pointer);
      return UNUSABLE;
    }
  }

  report(code: FlowProblemCode, message: string, pointer: string): void {
    this.problems.push({ code, message, pointer });
  }

  warn(code: FlowProblemCode, message: string, pointer: string): void {
    this.warnings.push({ code, message, pointer });
  }

  private reportExpression(error: unknown, pointer: string): void {
    const { pointer: inner, fix } = error instanceof PatchbayError ? error : {};
    const where = this.action === undefined ? '' : `Action '${this.action}': `;
    const advice = fix === undefined ? '' : `\n${fix}`;
    this.report('FLOW_EXPRESSION', `${where}${describeError(error)}${advice}`, pointer + (inner ?? ''));
  }
}

/** Stands for a template that did not compile; a flow that holds one is refused before it could be evaluated. */
const UNUSABLE: CompiledTemplate = compileTemplate(null);

export function at(pointer: string, ...segments: (string | number)[]): string {
  return joinPointer(pointer, ...segments);
}
