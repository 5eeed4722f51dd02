import { type JsonObject, parseJson, stringifyJson } from '../../../base/index.ts';
import type { DocumentPart, TextError, TextFormat } from '../../../connector/index.ts';
import { browserStorage } from '../../app/browser-storage.ts';

/** A text as somebody left it, with what its meaning alone does not say: comments, and what cannot be read. */
export interface KeptText {
  readonly text: string;
  /** The text in the other format, with its comments. */
  readonly other?: string;
  /** Why it cannot be read. */
  readonly error?: TextError;
  /** It was typed a moment before the page was left, and not read any more. */
  readonly isPending?: boolean;
  /** Of a text that is not in the definition yet: what it meant when it was. */
  readonly base?: JsonObject;
}

export type KeptTexts = { readonly format: TextFormat } & { readonly [Part in DocumentPart]?: KeptText };

const FORMAT_KEY = 'patchbay.document-format';

function keyOf(draftId: string): string {
  return `patchbay.document.${draftId}`;
}

export function readKeptTexts(draftId: string): KeptTexts | undefined {
  try {
    const kept = parseJson(browserStorage.read(keyOf(draftId)) ?? 'null') as KeptTexts | null;
    return kept !== null && (kept.format === 'yaml' || kept.format === 'json') ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there was room for it in this browser. */
export function keepTexts(draftId: string, kept: KeptTexts): boolean {
  return browserStorage.write(keyOf(draftId), stringifyJson(kept as unknown as JsonObject));
}

export function forgetTexts(draftId: string): void {
  browserStorage.remove(keyOf(draftId));
}

/** The format somebody chose last. */
export function readFormat(): TextFormat {
  return browserStorage.read(FORMAT_KEY) === 'json' ? 'json' : 'yaml';
}

export function keepFormat(format: TextFormat): void {
  browserStorage.write(FORMAT_KEY, format);
}
