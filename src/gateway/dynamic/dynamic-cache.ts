import type { Json } from '../../base/index.ts';

/** Long enough for somebody to move through a form, too short to notice that a list is old. */
const FRESH_MS = 15_000;
/** Of all answers, as JSON text. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_ENTRIES = 500;

interface Entry {
  readonly body: Json;
  readonly characters: number;
  readonly expiresAt: number;
}

/** Answers of dynamic operations for a few seconds, so that a form that asks again does not call again. */
export class DynamicCache {
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<Json>>();
  readonly #now: () => number;
  #characters = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The answer under a key, or what `load` brings; those who ask at the same time share one call. */
  async get(key: string, load: () => Promise<{ body: Json; characters: number }>): Promise<Json> {
    const known = this.#entries.get(key);
    if (known !== undefined && known.expiresAt > this.#now()) return known.body;
    const loading = this.#loading.get(key) ?? this.#load(key, load);
    this.#loading.set(key, loading);
    return loading;
  }

  /** Forgets what was read through a connection: its credentials or its connector changed. */
  forget(connectionId: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(connectionId)) this.#drop(key);
    // What is on its way belongs to the connection as it was.
    for (const key of this.#loading.keys()) if (key.startsWith(connectionId)) this.#loading.delete(key);
  }

  /** Answers with the very promise that stands in `#loading`: by it a load knows whether it was forgotten meanwhile. */
  #load(key: string, load: () => Promise<{ body: Json; characters: number }>): Promise<Json> {
    const isCurrent = () => this.#loading.get(key) === own;
    const own: Promise<Json> = load()
      .then((loaded) => {
        if (isCurrent()) this.#keep(key, loaded);
        return loaded.body;
      })
      .finally(() => {
        if (isCurrent()) this.#loading.delete(key);
      });
    return own;
  }

  #keep(key: string, { body, characters }: { body: Json; characters: number }): void {
    this.#drop(key);
    if (characters > MAX_CHARACTERS / 4) return;
    this.#entries.set(key, { body, characters, expiresAt: this.#now() + FRESH_MS });
    this.#characters += characters;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= MAX_CHARACTERS && this.#entries.size <= MAX_ENTRIES) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#characters -= entry.characters;
  }
}
