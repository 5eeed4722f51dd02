import type { QuickJSHandle } from 'quickjs-emscripten-core';
import { readGuestSource } from './guest-sources.ts';
import type { Instance } from './instance.ts';
import { allowModules, MAIN_MODULE } from './modules.ts';
import { type HostCall, Sandbox } from './sandbox.ts';

/** A sandbox in which our own modules are loaded, and no script yet. */
export interface PreparedSandbox {
  readonly sandbox: Sandbox;
  readonly begin: QuickJSHandle;
  readonly settle: QuickJSHandle;
  /** Who answers what the sandbox asks for, from now on. */
  serve(call: HostCall): void;
}

/** Loads what every script needs, which takes longer than most scripts: done while nobody waits. */
export function prepareSandbox(instance: Instance): PreparedSandbox {
  const sandbox = new Sandbox(instance);
  const { context, runtime } = sandbox;
  let call: HostCall = () => null;
  allowModules(runtime, '', '');
  context.setProp(
    context.global,
    '__host',
    sandbox.createHost((...args) => call(...args)),
  );
  const source = readGuestSource('main.ts');
  const main = context.unwrapResult(context.evalCode(source, MAIN_MODULE, { type: 'module' }));
  const begin = sandbox.keep(context.getProp(main, 'begin'));
  const settle = sandbox.keep(context.getProp(main, 'settle'));
  main.dispose();
  return {
    sandbox,
    begin,
    settle,
    serve: (next) => {
      call = next;
    },
  };
}
