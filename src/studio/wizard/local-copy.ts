import { parseJson, stringifyJson } from '../../base/index.ts';
import { type ConnectorDefinition, isDefinition } from '../../connector/index.ts';
import { browserStorage } from '../app/browser-storage.ts';

/** What this browser keeps of a draft until the server has it. */
export interface LocalCopy {
  /** The revision that was changed. */
  readonly revision: number;
  readonly definition: ConnectorDefinition;
  /** A print of what was on its way to the server when the copy was made. */
  readonly sent?: string | undefined;
}

function keyOf(draftId: string): string {
  return `patchbay.draft.${draftId}`;
}

/** A copy that cannot be read is no copy. */
export function readLocalCopy(draftId: string): LocalCopy | undefined {
  try {
    const copy = parseJson(browserStorage.read(keyOf(draftId)) ?? 'null') as Partial<LocalCopy> | null;
    if (typeof copy?.revision !== 'number' || !isDefinition(copy.definition)) return undefined;
    return { revision: copy.revision, definition: copy.definition, sent: copy.sent };
  } catch {
    return undefined;
  }
}

/** Where the browser has no room for it, there is none: the server gets it a moment later. */
export function writeLocalCopy(draftId: string, { sent, ...copy }: LocalCopy): void {
  const text = stringifyJson({ ...copy, ...(sent === undefined ? {} : { sent }) });
  if (!browserStorage.write(keyOf(draftId), text)) removeLocalCopy(draftId);
}

export function removeLocalCopy(draftId: string): void {
  browserStorage.remove(keyOf(draftId));
}

/** Tells whether two definitions are the same text; no secret depends on it (FNV-1a). */
export function printDefinition(definition: ConnectorDefinition): string {
  const text = stringifyJson(definition);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length}:${(hash >>> 0).toString(16)}`;
}
