import type { JsonObject } from '../../../base/index.ts';

/** The variables of a collection while it is written. */
export class VariableList {
  readonly #values = new Map<string, string>();
  /** Names that stand for something that has no value here. */
  readonly #open = new Set<string>();

  /** A variable of that value; it has another name when the wanted one is taken. */
  add(wanted: string, value: string): string {
    let name = wanted;
    for (let count = 2; this.#isTaken(name, value); count++) name = `${wanted}${count}`;
    this.#values.set(name, value);
    return name;
  }

  /** Whether a variable of that very name can have the value. */
  addExactly(name: string, value: string): boolean {
    if (this.#isTaken(name, value)) return false;
    this.#values.set(name, value);
    return true;
  }

  /** Whether the name can stand for something without a value. */
  leaveOpen(name: string): boolean {
    if ((this.#values.get(name) ?? '') !== '') return false;
    this.#open.add(name);
    return true;
  }

  list(): JsonObject[] {
    return [...this.#values].map(([key, value]) => ({ key, value, type: 'string' }));
  }

  #isTaken(name: string, value: string): boolean {
    const known = this.#values.get(name);
    return known === undefined ? this.#open.has(name) && value !== '' : known !== value;
  }
}
