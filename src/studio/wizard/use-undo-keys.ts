import { useEffect } from 'react';
import type { DraftEditing } from './use-draft.ts';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), where no text field has them for its own text. */
export function useUndoKeys({ undo, redo }: Pick<DraftEditing, 'undo' | 'redo'>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [undo, redo]);
}

const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'radio', 'range', 'submit']);

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
