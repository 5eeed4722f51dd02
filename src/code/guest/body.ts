import { asBytes } from './encoding.ts';
import type { Headers } from './headers.ts';
import { call, toBuffer } from './host.ts';

export interface Part {
  name: string;
  filename?: string;
  type?: string;
  data: string | Uint8Array;
}

/**
 * The body of a request or an answer. Its bytes stay outside the sandbox until somebody reads them: `id` names
 * them there, undefined means that there is none.
 */
export class ScriptBody {
  #id: number | undefined;
  #headers: Headers;

  constructor(headers: Headers, id?: number) {
    this.#headers = headers;
    this.#id = id;
  }

  static idOf(body: ScriptBody): number | undefined {
    return body.#id;
  }

  static copy(body: ScriptBody, headers: Headers): ScriptBody {
    return new ScriptBody(headers, body.#id);
  }

  async text(): Promise<string> {
    if (this.#id === undefined) return '';
    return call('bodyText', [this.#id, this.#headers.get('content-type') ?? '']) as string;
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a service answers is for the script to know
  async json(): Promise<any> {
    return JSON.parse(await this.text());
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#id === undefined) return new Uint8Array(0);
    return new Uint8Array(call('bodyBytes', this.#id) as ArrayBuffer);
  }

  setJson(value: unknown): void {
    this.setText(JSON.stringify(value) ?? 'null', 'application/json');
  }

  setText(text: string, type = 'text/plain; charset=utf-8'): void {
    this.#store(call('storeText', String(text)) as number, type);
  }

  setBytes(bytes: Uint8Array | ArrayBuffer, type = 'application/octet-stream'): void {
    this.#store(call('storeBytes', null, toBuffer(asBytes(bytes))) as number, type);
  }

  setForm(form: Record<string, string>): void {
    const pairs = Object.entries(form).map(([name, value]) => [name, String(value)]);
    this.setText(call('writeQuery', pairs) as string, 'application/x-www-form-urlencoded');
  }

  setMultipart(parts: readonly Part[]): void {
    const boundary = `----patchbay-${call('uuid', null)}`;
    const ids = parts.map((part) => ({
      head: writeHead(part),
      id:
        typeof part.data === 'string'
          ? (call('storeText', part.data) as number)
          : (call('storeBytes', null, toBuffer(part.data)) as number),
    }));
    this.#store(
      call('storeMultipart', [boundary, ids]) as number,
      `multipart/form-data; boundary=${boundary}`,
    );
  }

  /** No body at all. */
  clear(): void {
    this.#id = undefined;
    this.#headers.delete('content-type');
  }

  #store(id: number, type: string): void {
    this.#id = id;
    this.#headers.set('content-type', type);
    this.#headers.delete('content-length');
    this.#headers.delete('content-encoding');
  }
}

function writeHead({ name, filename, type, data }: Part): string {
  const file = filename === undefined ? '' : `; filename="${quote(filename)}"`;
  const isFile = filename !== undefined || typeof data !== 'string';
  const media = type ?? (isFile ? 'application/octet-stream' : undefined);
  const typeLine = media === undefined ? '' : `\r\nContent-Type: ${media.replace(/[\r\n]/g, ' ')}`;
  return `Content-Disposition: form-data; name="${quote(name)}"${file}${typeLine}`;
}

function quote(text: string): string {
  return text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
