import { editor, KeyCode, KeyMod, MarkerSeverity } from 'monaco-editor/editor';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import './monaco-features.ts';
import './monaco-workers.ts';
import type { DocumentProblem } from '../../../api/index.ts';
import { DEFINITION_SCHEMA } from './definition-schema.ts';
import { createLocator } from './locate-problem.ts';
import { createMonacoView } from './monaco-view.ts';

/** The little of Monaco that the studio uses. */
export interface MonacoEditor {
  /** Replaces the text, unless it is what is there already. */
  setText(text: string): void;
  setDark(isDark: boolean): void;
  /** Marks what the server found. */
  setProblems(errors: readonly DocumentProblem[], warnings: readonly DocumentProblem[]): void;
  show(problem: DocumentProblem): void;
  dispose(): void;
}

interface Handlers {
  onChange(text: string): void;
  onSave(): void;
}

const OWNER = 'patchbay';

jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  enableSchemaRequest: false,
  schemaRequest: 'ignore',
  schemas: [{ uri: 'https://patchbay.invalid/definition.json', fileMatch: ['*'], schema: DEFINITION_SCHEMA }],
});

/** Makes an editor for a definition inside an element. */
export function createMonacoEditor(element: HTMLElement, text: string, handlers: Handlers): MonacoEditor {
  const { view, model, setText, dispose } = createMonacoView(element, {
    text,
    language: 'json',
    fileName: 'definition.json',
    ariaLabel: 'Definition',
    onChange: (next) => handlers.onChange(next),
  });
  view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => handlers.onSave());
  return {
    setText,
    setDark: (isDark) => editor.setTheme(isDark ? 'vs-dark' : 'vs'),
    setProblems: (errors, warnings) => setMarkers(model, errors, warnings),
    show(problem) {
      const range = locate(model, problem);
      view.setSelection(range);
      view.revealRangeInCenter(range);
      view.focus();
    },
    dispose,
  };
}

function setMarkers(
  model: editor.ITextModel,
  errors: readonly DocumentProblem[],
  warnings: readonly DocumentProblem[],
): void {
  const mark = (severity: MarkerSeverity) => (problem: DocumentProblem) => ({
    ...locate(model, problem),
    severity,
    message: problem.message,
    code: problem.code,
    source: 'Patchbay',
  });
  const markers = [...errors.map(mark(MarkerSeverity.Error)), ...warnings.map(mark(MarkerSeverity.Warning))];
  editor.setModelMarkers(model, OWNER, markers);
}

function locate(model: editor.ITextModel, problem: DocumentProblem) {
  const { offset, length } = createLocator(model.getValue())(problem);
  const start = model.getPositionAt(offset);
  const end = model.getPositionAt(offset + length);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
