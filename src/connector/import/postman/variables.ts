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
    const value = this.#values.get(name) ?? sampleDynamic(name);
    if (value === undefined || depth > 10) return value;
    return value.replace(/\{\{([^{}]+)\}\}/g, (written, inner: string) => {
      return this.#resolve(inner.trim(), depth + 1) || written;
    });
  }
}

/** What Postman makes up for each request: `{{$guid}}`; here always the same. */
const DYNAMIC: readonly (readonly [RegExp, string])[] = [
  [/^\$(?:guid|randomUUID)$/, '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
  [/^\$timestamp$/, '1769853600'],
  [/^\$isoTimestamp$/, '2026-01-31T10:00:00.000Z'],
  [/^\$randomDate/, '2026-01-31T10:00:00.000Z'],
  [/^\$random(?:Int|Price|BankAccount|Digit|AlphaNumeric)/, '42'],
  [/^\$randomBoolean$/, 'true'],
  [/^\$random(?:Example)?Email$/, 'ada@example.com'],
  [/^\$random(?:IP|IPV4)$/, '192.0.2.1'],
  [/^\$randomIPV6$/, '2001:db8::1'],
  [/^\$random(?:Url|\w*ImageUrl|\w*Image|ImageUrl)$/, 'https://example.com'],
  [/^\$random(?:First)?Name/, 'Ada'],
  [/^\$randomFullName$/, 'Ada Lovelace'],
  [/^\$randomPhoneNumber/, '555-0100'],
  [/^\$random(?:Latitude|Longitude)$/, '47.5'],
  [/^\$random/, 'sample'],
];

function sampleDynamic(name: string): string | undefined {
  return DYNAMIC.find(([pattern]) => pattern.test(name))?.[1];
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
