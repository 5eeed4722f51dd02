import { isJsonObject, type Json, stringifyJson } from '../base/index.ts';
import { CallFailure } from './call-errors.ts';

/** As many places are remembered; a circle of more pages than this is none. */
const REMEMBERED = 10_000;

/** Notices when a service leads in a circle: the same link, cursor or page twice. */
export class PageLoops {
  readonly #service: string;
  readonly #seen = new Set<string>();
  #last = '';

  constructor(service: string) {
    this.#service = service;
  }

  /** @throws CallFailure InvalidResponse when the place was visited before */
  visit(place: string): void {
    if (this.#seen.has(place)) throw this.#fail('the same next page was named twice');
    this.#seen.add(place);
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest = ''] = this.#seen;
    this.#seen.delete(oldest);
  }

  /**
   * A page that was asked for by its number; a service that does not know the parameter gives the first one again.
   *
   * @throws CallFailure InvalidResponse when it is the page before
   */
  compare(items: readonly Json[]): void {
    if (!items.some(isJsonObject)) return; // numbers and names may well repeat
    const text = stringifyJson([...items]);
    if (text === this.#last) throw this.#fail('the same page came twice');
    this.#last = text;
  }

  #fail(what: string): CallFailure {
    return new CallFailure('InvalidResponse', `The pages of ${this.#service} go in a circle: ${what}.`, {
      fix: 'Check how the operation pages; if that is right, tell the people who run the service.',
    });
  }
}
