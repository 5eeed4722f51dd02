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
import { setMonacoTheme } from '../../flows/editor/monaco-theme.ts';
import { createMonacoView } from '../../flows/editor/monaco-view.ts';

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

/** Makes an editor for a script that knows the types of the contract. */
export function createScriptMonaco(
  element: HTMLElement,
  text: string,
  onChange: (text: string) => void,
): ScriptMonaco {
  const { setText, dispose } = createMonacoView(element, {
    text,
    language: 'typescript',
    fileName: 'script.ts',
    ariaLabel: 'Script',
    onChange,
  });
  return {
    setText,
    setDark: setMonacoTheme,
    dispose,
  };
}
