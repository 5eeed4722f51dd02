import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { PARENT_TAG } from '../../import/postman/import-postman.ts';
import { textOf } from './work.ts';

/** The folders of a collection: one per tag, a later tag of an operation inside that of an earlier one. */
export class Folders {
  readonly items: JsonObject[] = [];
  readonly #descriptions = new Map<string, string>();
  /** What lies in each folder that was opened; of several of one name in the first. */
  readonly #opened = new Map<string, Json[]>();
  readonly #tags: readonly JsonObject[];

  constructor(tags: Json | undefined) {
    this.#tags = [tags ?? []].flat().filter(isJsonObject);
    for (const tag of this.#tags) {
      const name = textOf(tag, 'name');
      this.#descriptions.set(name, textOf(tag, 'description'));
      if (name !== '' && tag[PARENT_TAG] === undefined) this.#open(this.items, name);
    }
  }

  /** Puts the requests of an operation where its tags say. */
  add(tags: Json | undefined, items: readonly JsonObject[]): void {
    const names = [tags ?? []].flat().filter((tag) => typeof tag === 'string' && tag !== '');
    let place: Json[] = this.items;
    for (const name of names) place = this.#open(place, String(name));
    place.push(...items);
  }

  /** Folders inside others that nothing was put into are there all the same. */
  addEmpty(): void {
    for (const tag of this.#tags) {
      const name = textOf(tag, 'name');
      const parent = this.#opened.get(textOf(tag, PARENT_TAG));
      if (name !== '' && parent !== undefined && !this.#opened.has(name)) this.#open(parent, name);
    }
  }

  #open(place: Json[], name: string): Json[] {
    const found = place.find(
      (one) => isJsonObject(one) && one['name'] === name && Array.isArray(one['item']),
    );
    if (isJsonObject(found) && Array.isArray(found['item'])) return found['item'];
    const description = this.#descriptions.get(name) ?? '';
    const item: Json[] = [];
    if (!this.#opened.has(name)) this.#opened.set(name, item);
    place.push({ name, ...(description === '' ? {} : { description }), item });
    return item;
  }
}
