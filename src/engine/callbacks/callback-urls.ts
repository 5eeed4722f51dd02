import type { Sealer } from '../types.ts';

/** A webhook action of a run. */
export interface CallbackPlace {
  readonly runId: string;
  readonly key: string;
}

const PREFIX = 'callback';
/** Longer than any token we make. */
const MAX_TOKEN_LENGTH = 4_000;

/**
 * The URLs that webhook actions are called back at. What stands in one is sealed: nobody else can make one, and it
 * says nothing to whom it passes by. It works until its action has ended.
 */
export class CallbackUrls {
  readonly #sealer: Sealer;
  readonly #publicUrl: () => string;

  constructor(sealer: Sealer, publicUrl: () => string) {
    this.#sealer = sealer;
    this.#publicUrl = publicUrl;
  }

  /** The address under which services reach this server, without a slash at the end. */
  get base(): string {
    return this.#publicUrl();
  }

  urlOf({ runId, key }: CallbackPlace): string {
    const sealed = this.#sealer.seal(`${PREFIX}\n${runId}\n${key}`);
    const token = sealed.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return `${this.base}/hooks/callback/${token}`;
  }

  /** The action that a token was made for; undefined for anything else. */
  open(token: string): CallbackPlace | undefined {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      const text = this.#sealer.open(token.replaceAll('-', '+').replaceAll('_', '/'));
      const [prefix, runId, ...key] = text.split('\n');
      return prefix === PREFIX && runId ? { runId, key: key.join('\n') } : undefined;
    } catch {
      return undefined;
    }
  }
}

const TOKEN_IN_URL = /(\/hooks\/callback\/)[\w-]{20,}/g;

/** Text with the tokens of callback URLs masked: whoever has one can answer for the service. */
export function maskCallbackUrls(text: string): string {
  return text.replace(TOKEN_IN_URL, '$1•••');
}
