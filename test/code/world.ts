import {
  CodeError,
  type CodeLimits,
  type CodeRunner,
  createCodeRunner,
  createScriptCache,
  type ScriptLog,
  type ScriptRun,
  type ScriptSend,
} from '../../src/code/index.ts';

/** A runner of scripts whose requests are answered here. */
export interface CodeWorld {
  readonly runner: CodeRunner;
  readonly sent: ScriptSend[];
  readonly logs: ScriptLog[];
  readonly mostAtOnce: number;
  /** Runs `script.ts`; what it sends comes back as JSON `{method, url, headers, body}`. */
  run(source: string, rest?: Partial<ScriptRun>): Promise<{ status: number; headers: string; text: string }>;
  /** The JSON it answers. */
  json(source: string, rest?: Partial<ScriptRun>): Promise<unknown>;
  /** The error it fails with. */
  fail(source: string, rest?: Partial<ScriptRun>, limits?: Partial<CodeLimits>): Promise<CodeError>;
  close(): Promise<void>;
}

export function createWorld(limits: Partial<CodeLimits> = {}): CodeWorld {
  const runner = createCodeRunner(limits);
  const others: CodeRunner[] = [];
  const sent: ScriptSend[] = [];
  const logs: ScriptLog[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  const createRun = (source: string, rest: Partial<ScriptRun>): ScriptRun => {
    sent.length = 0;
    logs.length = 0;
    mostAtOnce = 0;
    return {
      fileName: 'script.ts',
      source,
      owner: 'one',
      context: {
        operationId: 'FindShops',
        correlationId: 'c-1',
        originalUrl: 'https://api.example.com/shops',
        params: { tag: 'a,b' },
        connection: { site: 'north' },
      },
      request: {
        method: 'GET',
        url: 'https://api.example.com/shops?tag=a%2Cb',
        headers: [['authorization', 'Bearer t']],
      },
      cache: createScriptCache(),
      send: async (request) => {
        sent.push(request);
        underWay += 1;
        mostAtOnce = Math.max(mostAtOnce, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        const { method, url, headers, body } = request;
        const shown = {
          method,
          url,
          headers: Object.fromEntries(headers),
          body: body && Buffer.from(body).toString(),
        };
        return {
          status: 200,
          headers: [['content-type', 'application/json']],
          body: Buffer.from(JSON.stringify(shown)),
        };
      },
      onLog: (entry) => logs.push(entry),
      ...rest,
    };
  };
  const run: CodeWorld['run'] = async (source, rest = {}) => {
    const { status, headers, body } = await runner.runScript(createRun(source, rest));
    return { status, headers: JSON.stringify(headers), text: Buffer.from(body).toString() };
  };
  return {
    runner,
    sent,
    logs,
    get mostAtOnce() {
      return mostAtOnce;
    },
    run,
    json: async (source, rest) => JSON.parse((await run(source, rest)).text),
    fail: async (source, rest = {}, other) => {
      const chosen = other === undefined ? runner : createCodeRunner({ ...limits, ...other });
      if (chosen !== runner) others.push(chosen);
      return chosen.runScript(createRun(source, rest)).then(
        () => {
          throw new Error('The script did not fail.');
        },
        (error: unknown) => {
          if (error instanceof CodeError) return error;
          throw error;
        },
      );
    },
    close: async () => {
      await Promise.all([runner, ...others].map((one) => one.close()));
    },
  };
}
