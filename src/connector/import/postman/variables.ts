import { isCredentialName, isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { carriesCredential } from '../requests/credentials.ts';

/** The variables of a collection and its folders; those that hold secrets have no value. */
export class Variables {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string> = new Map()) {
    this.#values = values;
  }

  /** These and the ones somebody wrote at a folder, which win. */
  with(written: Json | undefined): Variables {
    if (!Array.isArray(written)) return this;
    const values = new Map(this.#values);
    for (const variable of written.filter(isJsonObject)) {
      const name = String(variable['key'] ?? variable['id'] ?? '');
      if (name !== '' && variable['disabled'] !== true) values.set(name, readValue(name, variable));
    }
    return new Variables(values);
  }

  /** Its value, other variables in it filled in; `undefined` when none is known. */
  get(name: string): string | undefined {
    const value = this.#resolve(name, 0);
    return value === undefined || value === '' ? undefined : value;
  }

  /** Its value as it is written, when there is one. */
  getWritten(name: string): string | undefined {
    const value = this.#values.get(name);
    return value === '' ? undefined : value;
  }

  /** A text with the variables whose value is known filled in; the others stay as they stand. */
  fill(text: string): string {
    return text.replace(/\{\{([^{}]+)\}\}/g, (written, name: string) => this.get(name.trim()) ?? written);
  }

  #resolve(name: string, depth: number): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined || depth > 10) return value;
    return value.replace(/\{\{([^{}]+)\}\}/g, (written, inner: string) => {
      return this.#resolve(inner.trim(), depth + 1) || written;
    });
  }
}

function readValue(name: string, variable: JsonObject): string {
  if (variable['type'] === 'secret' || isCredentialName(name) || carriesCredential(name)) return '';
  const value = variable['value'] ?? variable['default'] ?? '';
  return typeof value === 'object' && value !== null ? '' : String(value);
}

/** The name in `{{name}}`, when that is the whole text. */
export function variableName(text: string): string | undefined {
  return /^\{\{([^{}]+)\}\}$/.exec(text.trim())?.[1]?.trim().replace(/^\$/, '');
}
