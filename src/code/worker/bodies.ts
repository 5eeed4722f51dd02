/** A script goes beyond what it may have; ends the run unless it is caught, and nothing is done. */
export class LimitExceeded extends RangeError {
  override readonly name = 'LimitExceeded';
}

/** The bodies a run works with. They stay out of the sandbox's memory until the script reads them. */
export class Bodies {
  readonly #bodies: Uint8Array[] = [];
  readonly #maxBytes: number;
  #total = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What comes from outside is as large as the gateway let it be. */
  add(body: Uint8Array | undefined): number | undefined {
    return body === undefined || body.length === 0 ? undefined : this.#bodies.push(body) - 1;
  }

  /** @throws LimitExceeded */
  store(body: Uint8Array): number {
    const limit = `${Math.round(this.#maxBytes / 1024 / 1024)} MiB`;
    if (body.length > this.#maxBytes) throw new LimitExceeded(`A body may have at most ${limit}.`);
    this.#total += body.length;
    if (this.#total > 4 * this.#maxBytes) {
      throw new LimitExceeded(`All bodies a script makes may have at most four times ${limit}.`);
    }
    return this.#bodies.push(body) - 1;
  }

  get(id: unknown): Uint8Array | undefined {
    return typeof id === 'number' ? this.#bodies[id] : undefined;
  }
}
