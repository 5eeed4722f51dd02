import { log } from './context.ts';
import { TextDecoder, TextEncoder } from './encoding.ts';
import { Headers } from './headers.ts';
import { call } from './host.ts';
import { structuredClone } from './structured-clone.ts';
import { clearTimer, queueMicrotask, setInterval, setTimeout } from './timers.ts';
import { URL, URLSearchParams } from './url.ts';

const SURFACE = {
  Headers,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  console: { debug: log.debug, log: log.info, info: log.info, warn: log.warn, error: log.error },
  setTimeout,
  setInterval,
  clearTimeout: clearTimer,
  clearInterval: clearTimer,
  queueMicrotask,
  structuredClone,
  atob: (text: string) => call('atob', String(text)),
  btoa: (text: string) => call('btoa', String(text)),
};

/** Puts the web's surface in place, and takes away what makes code of text. */
export function installGlobals(): void {
  for (const [name, value] of Object.entries(SURFACE)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
  Object.defineProperty(globalThis, 'eval', { value: refuse });
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds) forbid(Object.getPrototypeOf(kind));
  Object.defineProperty(globalThis, 'Function', { value: refuse });
}

function forbid(prototype: object): void {
  Object.defineProperty(prototype, 'constructor', { value: refuse });
}

function refuse(): never {
  throw new EvalError('Code cannot be made of text here.');
}
refuse.prototype = Function.prototype;
