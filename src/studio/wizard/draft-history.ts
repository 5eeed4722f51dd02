import { type Json, type JsonObject, parseJson, stringifyJson } from '../../base/index.ts';
import { isDefinition } from '../../connector/index.ts';
import { tabStorage } from '../app/browser-storage.ts';
import type { DraftState } from './draft-state.ts';
import { printDefinition } from './local-copy.ts';

/** Of what a tab may keep, a part: other drafts have a history too. In characters. */
const MOST = 1_500_000;

type Steps = DraftState['past'];

function keyOf(draftId: string): string {
  return `patchbay.history.${draftId}`;
}

/** What can be undone and redone, as text: the latest steps, as many as there is room for. */
export function printHistory({ definition, past, future }: DraftState): string {
  const kept: { past: string[]; future: string[] } = { past: [], future: [] };
  let left = MOST;
  for (const [name, steps] of [
    ['past', past],
    ['future', future],
  ] as const) {
    for (const { definition: before, label } of [...steps].reverse()) {
      const text = stringifyJson({ definition: before as unknown as JsonObject, label });
      left -= text.length;
      if (left < 0) break;
      kept[name].unshift(text);
    }
  }
  const of = stringifyJson(printDefinition(definition));
  return `{"of":${of},"past":[${kept.past.join()}],"future":[${kept.future.join()}]}`;
}

/** A draft with the history that was kept of it; one of another definition is none. */
export function withHistory(state: DraftState, text: string | null): DraftState {
  if (text === null || state.conflict !== undefined) return state;
  try {
    const { of, past, future } = parseJson(text) as Record<string, Json>;
    if (of !== printDefinition(state.definition)) return state;
    return { ...state, past: readSteps(past), future: readSteps(future) };
  } catch {
    return state;
  }
}

/** Long ago, so that what is typed next is a step of its own. */
function readSteps(steps: Json | undefined): Steps {
  const found = (Array.isArray(steps) ? steps : []) as unknown as Steps;
  return found.flatMap(({ definition, label }) =>
    isDefinition(definition) ? [{ definition, label: String(label), at: Number.NEGATIVE_INFINITY }] : [],
  );
}

export function readHistory(draftId: string): string | null {
  return tabStorage.read(keyOf(draftId));
}

/** Where the browser has no room, undo begins anew after a reload. */
export function keepHistory(draftId: string, state: DraftState): void {
  if (state.past.length + state.future.length === 0) forgetHistory(draftId);
  else if (!tabStorage.write(keyOf(draftId), printHistory(state))) forgetHistory(draftId);
}

export function forgetHistory(draftId: string): void {
  tabStorage.remove(keyOf(draftId));
}
