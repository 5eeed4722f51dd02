import { call, toBuffer } from './host.ts';

export class TextEncoder {
  readonly encoding = 'utf-8';

  encode(text = ''): Uint8Array {
    return toBytes(String(text), 'utf8');
  }
}

export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;

  constructor(label = 'utf-8', options: { fatal?: boolean } = {}) {
    this.fatal = options.fatal === true;
    this.encoding = call('checkEncoding', label) as string;
  }

  decode(input?: ArrayBuffer | Uint8Array): string {
    if (input === undefined) return '';
    const bytes = input instanceof Uint8Array ? input : new Uint8Array(input);
    return call('decodeText', [this.encoding, this.fatal], toBuffer(bytes)) as string;
  }
}

export function toBytes(text: string, encoding: string): Uint8Array {
  return new Uint8Array(call('encodeText', [text, encoding]) as ArrayBuffer);
}

export function toText(bytes: Uint8Array, encoding: string): string {
  return call('writeText', encoding, toBuffer(bytes)) as string;
}

/** Text means its UTF-8 bytes. */
export function asBytes(data: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof data === 'string') return toBytes(data, 'utf8');
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}
