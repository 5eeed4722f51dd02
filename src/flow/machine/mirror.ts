import type { Json } from '../../base/index.ts';
import type { CompiledAction } from '../types.ts';

/**
 * Some actions' outputs are their inputs. The journal keeps such a value once, on the side that this names.
 * Only for actions that succeeded.
 */
export function mirrorOf(action: CompiledAction | undefined): 'inputs' | 'outputs' | undefined {
  switch (action?.work.kind) {
    case 'compose':
      return 'outputs';
    case 'response':
    case 'variable':
      return 'inputs';
    default:
      return undefined;
  }
}

/** Both sides of what was kept once. */
export function unfoldMirror(
  action: CompiledAction | undefined,
  inputs: Json | undefined,
  outputs: Json | undefined,
): { inputs: Json | undefined; outputs: Json | undefined } {
  const mirror = mirrorOf(action);
  if (mirror === 'outputs') return { inputs: inputs ?? outputs, outputs };
  if (mirror === undefined || outputs !== undefined || inputs === undefined) return { inputs, outputs };
  return { inputs, outputs: action?.work.kind === 'variable' ? { body: inputs } : inputs };
}
