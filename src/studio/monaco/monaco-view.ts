import { editor, Uri } from 'monaco-editor/editor';
import './monaco-features.ts';
import './monaco-workers.ts';
import { MONOSPACE } from '../components/styles.ts';
import { setMonacoTheme } from './monaco-theme.ts';
import type { TextEditor } from './use-monaco.ts';

export interface MonacoView extends TextEditor {
  readonly view: editor.IStandaloneCodeEditor;
  readonly model: editor.ITextModel;
}

interface ViewOptions {
  readonly text: string;
  readonly language: 'json' | 'typescript' | 'yaml' | 'connector-json';
  /** Name and ending of the document, `definition.json`; Monaco tells documents apart by it. */
  readonly fileName: string;
  readonly ariaLabel: string;
  onChange(text: string): void;
}

/** Makes an editor of one text, as all of the studio's look. */
export function createMonacoView(element: HTMLElement, options: ViewOptions): MonacoView {
  const { text, language, fileName, ariaLabel, onChange } = options;
  const model = editor.createModel(
    text,
    language,
    Uri.parse(`inmemory://${crypto.randomUUID()}/${fileName}`),
  );
  const view = editor.create(element, {
    model,
    // Tab indents: whoever has no mouse must be told the way out.
    ariaLabel: `${ariaLabel}. Press Control+M, then Tab, to leave the editor.`,
    automaticLayout: true,
    fontFamily: MONOSPACE,
    fontSize: 13,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    tabSize: 2,
    fixedOverflowWidgets: true,
    padding: { top: 12, bottom: 12 },
  });
  view.onDidChangeModelContent(() => onChange(model.getValue()));
  return {
    view,
    model,
    setDark: setMonacoTheme,
    setText(next) {
      if (next !== model.getValue()) model.setValue(next);
    },
    dispose() {
      view.dispose();
      model.dispose();
    },
  };
}
