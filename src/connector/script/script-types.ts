/** What a script may use, for editors: `connector port` writes it beside the script. */
export const SCRIPT_TYPES = `declare module 'connector:types' {
  export interface ScriptContext {
    readonly operationId: string;
    readonly correlationId: string;
    /** The request as it would go out, credentials and policies applied. */
    readonly request: ScriptRequest;
    /** The same address, without what authenticates it. */
    readonly originalUrl: string;
    /** The operation's inputs by name. */
    readonly params: Readonly<Record<string, any>>;
    /** The values of the connection that are not secret. */
    readonly connection: Readonly<Record<string, string>>;
    readonly signal: { readonly aborted: boolean; throwIfAborted(): void };
    /** Sends ctx.request, another request, or one of its own. */
    send(request?: ScriptRequest | SendInit): Promise<ScriptResponse>;
    /** An address that leads back to the trigger this call subscribes. */
    notificationUrl(pathAndQuery: string): string;
    json(body: unknown, status?: number): ScriptResponse;
    fail(status: number, message: string): ScriptResponse;
    readonly log: Record<'debug' | 'info' | 'warn' | 'error', (message: string, data?: unknown) => void>;
  }
  export interface ScriptRequest {
    method: string;
    get url(): URL;
    set url(url: URL | string);
    headers: Headers;
    body: ScriptBody;
    clone(): ScriptRequest;
  }
  export interface ScriptResponse {
    status: number;
    headers: Headers;
    body: ScriptBody;
    readonly ok: boolean;
  }
  export interface ScriptBody {
    text(): Promise<string>;
    json<T = any>(): Promise<T>;
    bytes(): Promise<Uint8Array>;
    setJson(value: unknown): void;
    setText(text: string, type?: string): void;
    setBytes(bytes: Uint8Array | ArrayBuffer, type?: string): void;
    setForm(form: Record<string, string>): void;
    setMultipart(parts: readonly Part[]): void;
    clear(): void;
  }
  export interface Part {
    name: string;
    filename?: string;
    type?: string;
    data: string | Uint8Array;
  }
  export interface SendInit {
    method?: string;
    url: string | URL;
    headers?: Record<string, string> | Headers;
    json?: unknown;
    text?: string;
    bytes?: Uint8Array;
    form?: Record<string, string>;
    /** 'inherit' (the default) adds the connection's credentials on the connector's own host. */
    auth?: 'inherit' | 'none';
  }
}

declare module 'connector:util' {
  type Data = string | Uint8Array | ArrayBuffer;
  type Hash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
  type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';
  export const base64: { encode(data: Data): string; decode(text: string): Uint8Array };
  export const base64url: { encode(data: Data): string; decode(text: string): Uint8Array };
  export function hex(data: Data, upper?: boolean): string;
  export function bytes(text: string, encoding?: Encoding): Uint8Array;
  export function text(data: Data, encoding?: Encoding): string;
  export function hash(algorithm: Hash, data: Data): Uint8Array;
  export function hmac(algorithm: Hash, key: Data, data: Data): Uint8Array;
  export function timingSafeEqual(a: Data, b: Data): boolean;
  export const query: {
    parse(search: string): URLSearchParams;
    getAll(search: string, name: string): string[];
    set(search: string, name: string, value: string): string;
    append(search: string, name: string, value: string): string;
    toString(pairs: Record<string, string> | Iterable<readonly [string, string]>): string;
  };
  export const html: { encode(text: string): string; decode(text: string): string };
  export interface XmlElement {
    name: string;
    attributes?: Record<string, string>;
    children?: (XmlElement | string)[];
  }
  export const xml: {
    parse(source: string): XmlElement;
    build(root: XmlElement, declaration?: boolean): string;
    find(root: XmlElement, name: string): XmlElement | undefined;
    findAll(root: XmlElement, name: string): XmlElement[];
    text(element: XmlElement | undefined): string;
  };
  export function uuid(): string;
  export function sleep(milliseconds: number): Promise<void>;
  export const cache: {
    get(key: string): Promise<any>;
    set(key: string, value: unknown, ttlSeconds?: number): Promise<void>;
    delete(key: string): Promise<void>;
  };
  export function pages<Body = any, Item = any>(
    ctx: object,
    paging: { next: (body: Body, page: any) => string | null | undefined; items: (body: Body) => Item[]; max?: number },
  ): Promise<Item[]>;
}
`;
