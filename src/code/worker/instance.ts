import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';

/** One QuickJS in one WebAssembly memory. */
export interface Instance {
  readonly quickJs: QuickJSWASMModule;
  /** The memory has come to its end, or nearly. */
  isFull(): boolean;
  /** It is as small as it was at first: it may serve another run of the same owner. */
  isSmall(): boolean;
}

const PAGE_BYTES = 64 * 1024;
/** What the build of QuickJS begins with. */
const FIRST_PAGES = 256;

let compiled: WebAssembly.Module | undefined;

/**
 * QuickJS counts only what one allocation asks for in this build, so the memory itself has the limit: it cannot grow
 * beyond it.
 */
export async function createInstance(memoryBytes: number): Promise<Instance> {
  compiled ??= await WebAssembly.compile(readFileSync(findWasm()));
  const maximum = Math.max(FIRST_PAGES, Math.ceil(memoryBytes / PAGE_BYTES));
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum });
  const variant: QuickJSSyncVariant = newVariant(readVariant(), { wasmModule: compiled, wasmMemory });
  const quickJs = await newQuickJSWASMModuleFromVariant(variant);
  const size = () => wasmMemory.buffer.byteLength;
  return {
    quickJs,
    isFull: () => size() > 0.8 * maximum * PAGE_BYTES,
    isSmall: () => size() === FIRST_PAGES * PAGE_BYTES,
  };
}

/** The types of the package are those of its CommonJS half, whose default stands one deeper. */
function readVariant(): QuickJSSyncVariant {
  const { default: found }: { default: QuickJSSyncVariant | { default: QuickJSSyncVariant } } = releaseSync;
  return 'default' in found ? found.default : found;
}

function findWasm(): string {
  return createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
}
