import { ScriptBody } from './body.ts';
import { Headers } from './headers.ts';
import { URL } from './url.ts';

/** A request or an answer on its way through the wall of the sandbox. */
export interface PassedRequest {
  method: string;
  url: string;
  headers: [string, string][];
  body?: number | undefined;
}

export interface PassedAnswer {
  status: number;
  headers: [string, string][];
  body?: number | undefined;
}

export class ScriptRequest {
  method: string;
  headers: Headers;
  #url: URL;
  body: ScriptBody;

  constructor(passed: PassedRequest) {
    this.method = passed.method;
    this.#url = new URL(passed.url);
    this.headers = new Headers(passed.headers);
    this.body = new ScriptBody(this.headers, passed.body);
  }

  get url(): URL {
    return this.#url;
  }

  set url(url: URL | string) {
    this.#url = url instanceof URL ? url : new URL(url);
  }

  clone(): ScriptRequest {
    const copy = new ScriptRequest({
      method: this.method,
      url: this.#url.href,
      headers: [...this.headers],
    });
    copy.body = ScriptBody.copy(this.body, copy.headers);
    return copy;
  }
}

export class ScriptResponse {
  status: number;
  headers: Headers;
  body: ScriptBody;

  constructor(passed: PassedAnswer) {
    this.status = passed.status;
    this.headers = new Headers(passed.headers);
    this.body = new ScriptBody(this.headers, passed.body);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
}

export function passRequest(request: ScriptRequest): PassedRequest {
  return {
    method: String(request.method).toUpperCase(),
    url: request.url.href,
    headers: [...request.headers],
    body: ScriptBody.idOf(request.body),
  };
}

/** @throws TypeError when a script gives something else */
export function passAnswer(answer: unknown): PassedAnswer {
  if (answer instanceof ScriptResponse) {
    const status = Number(answer.status);
    if (Number.isInteger(status) && status >= 200 && status <= 599) {
      return { status, headers: [...answer.headers], body: ScriptBody.idOf(answer.body) };
    }
    throw new TypeError(`The script answers with the status ${answer.status}; it must be from 200 to 599.`);
  }
  const what = answer === undefined || answer === null ? 'nothing' : `a value of type ${typeof answer}`;
  throw new TypeError(`The script returns ${what}; return what ctx.send(), ctx.json() or ctx.fail() gives.`);
}
