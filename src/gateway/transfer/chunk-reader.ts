/** Reads a stream in pieces of chosen sizes; what was not taken in stays for the next piece. */
export class ChunkReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #pending: Uint8Array[] = [];
  #bytes = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, fewer only at the end. They stay until they are dropped. */
  async peek(bytes: number): Promise<Uint8Array> {
    while (this.#bytes < bytes) {
      const { value, done } = await this.#source.next();
      if (done === true) break;
      this.#pending.push(value);
      this.#bytes += value.length;
    }
    const [only] = this.#pending;
    const whole = this.#pending.length === 1 && only !== undefined ? only : Buffer.concat(this.#pending);
    this.#pending = [whole];
    return whole.subarray(0, Math.min(bytes, whole.length));
  }

  drop(bytes: number): void {
    const [whole = new Uint8Array(0)] = this.#pending;
    this.#pending = [whole.subarray(bytes)];
    this.#bytes -= bytes;
  }
}
