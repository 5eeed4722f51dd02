import { startPatchbay } from '../compose.ts';
import { type Output, printJson } from '../output.ts';
import type { Settings } from '../settings.ts';
import { untilSignal } from '../until-signal.ts';

/** `patchbay start`: runs until somebody ends it. The one-time link appears while there is no administrator. */
export async function startProduct(
  settings: Settings,
  options: { json?: boolean; version: string },
  output: Output,
): Promise<void> {
  const ended = untilSignal();
  const product = await startPatchbay(settings, options.version);
  const setupUrl = product.setupToken && `${product.url}/setup?token=${product.setupToken.reveal()}`;
  if (options.json) printJson(output, { url: product.url, ...(setupUrl ? { setupUrl } : {}) });
  else {
    output.print(`Patchbay ${options.version} listens at ${product.url}`);
    if (setupUrl) output.print(`Create the administrator with this link; it works once:\n  ${setupUrl}`);
  }
  await ended;
  await product.stop();
}
