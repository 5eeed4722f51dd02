import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import { SCRIPT_TYPES } from '../../../connector/index.ts';
import { createMonacoView } from '../../monaco/monaco-view.ts';
import type { TextEditor } from '../../monaco/use-monaco.ts';

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
): TextEditor {
  return createMonacoView(element, {
    text,
    language: 'typescript',
    fileName: 'script.ts',
    ariaLabel: 'Script',
    onChange,
  });
}
