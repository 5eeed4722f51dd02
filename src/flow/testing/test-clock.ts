import type { Clock } from '../machine/types.ts';

/** A clock that stands still until it is moved, and chance that repeats. */
export class TestClock implements Clock {
  #now: number;
  #seed = 1;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** A small generator with a fixed seed (Numerical Recipes' constants): tests repeat. */
  random(): number {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return this.#seed / 4_294_967_296;
  }

  moveTo(instant: number): void {
    this.#now = Math.max(this.#now, instant);
  }
}
