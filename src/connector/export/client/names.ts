/** What the generated file declares or uses itself. */
const RESERVED = [
  'ApiError',
  'Array',
  'Blob',
  'CallOptions',
  'ClientOptions',
  'Credentials',
  'CredentialRule',
  'Credential',
  'Date',
  'Error',
  'FormData',
  'Headers',
  'JSON',
  'Math',
  'Number',
  'Object',
  'OperationSpec',
  'ParameterSpec',
  'Promise',
  'RequestInit',
  'Response',
  'String',
  'URL',
  'URLSearchParams',
];

/** Gives names that are identifiers and stand only once. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set([...RESERVED, ...taken]);
  }

  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}${count}`;
    this.#taken.add(name);
    return name;
  }
}

function toWords(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** `label request` → `LabelRequest`; what cannot begin a name gets a `T` before it. */
export function toTypeName(text: string): string {
  const name = toWords(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return /^\p{L}/u.test(name) ? name : `T${name}`;
}

/** `GetLabel` → `getLabel`, `HTTPGet` → `httpGet`. */
export function toMethodName(text: string): string {
  const name = toTypeName(text);
  return name.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll}|\P{L}|$)|^\p{Lu}/u, (start) => start.toLowerCase());
}

/** A key of an object type. */
export function toKey(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
}
