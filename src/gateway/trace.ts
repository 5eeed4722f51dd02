import type { JsonObject } from '../base/index.ts';
import type { Redactor } from './redact.ts';
import type { TraceStep } from './types.ts';

/** Collects what the pipeline did, step by step, for people to look at. */
export class Tracer {
  readonly steps: TraceStep[] = [];
  readonly #redactor: Redactor;
  #lastAt = performance.now();

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  add(step: string, value: JsonObject): void {
    const now = performance.now();
    this.steps.push({ step, durationMs: now - this.#lastAt, value: this.#redactor.json(value) });
    this.#lastAt = now;
  }
}
