import { editor, Uri } from 'monaco-editor/editor';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import '../../flows/editor/monaco-features.ts';
import '../../flows/editor/monaco-workers.ts';
import { SCRIPT_TYPES } from '../../../connector/index.ts';
import { MONOSPACE } from '../../components/styles.ts';

export interface ScriptMonaco {
  setText(text: string): void;
  setDark(isDark: boolean): void;
  dispose(): void;
}

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  strict: true,
  noEmit: true,
});
typescriptDefaults.addExtraLib(SCRIPT_TYPES, 'inmemory://types/connector.d.ts');

// Comments of Monaco's own dark theme, and what it fades, are too faint to read.
const colors = { 'editorUnnecessaryCode.opacity': '#000000ff' };
editor.defineTheme('patchbay-light', { base: 'vs', inherit: true, rules: [], colors });
editor.defineTheme('patchbay-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [{ token: 'comment', foreground: '8cb878' }],
  colors,
});

/** Makes an editor for a script that knows the types of the contract. */
export function createScriptMonaco(
  element: HTMLElement,
  text: string,
  onChange: (text: string) => void,
): ScriptMonaco {
  const model = editor.createModel(
    text,
    'typescript',
    Uri.parse(`inmemory://script/${crypto.randomUUID()}.ts`),
  );
  const view = editor.create(element, {
    model,
    ariaLabel: 'Script',
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
    setText(next) {
      if (next !== model.getValue()) model.setValue(next);
    },
    setDark: (isDark) => editor.setTheme(isDark ? 'patchbay-dark' : 'patchbay-light'),
    dispose() {
      view.dispose();
      model.dispose();
    },
  };
}
