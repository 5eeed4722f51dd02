import { editor, KeyCode, KeyMod, MarkerSeverity } from 'monaco-editor/editor';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import type { DocumentProblem } from '../../../api/index.ts';
import { createMonacoView } from '../../monaco/monaco-view.ts';
import type { TextEditor } from '../../monaco/use-monaco.ts';
import { DEFINITION_SCHEMA } from './definition-schema.ts';
import { createLocator } from './locate-problem.ts';

/** The little of Monaco that the editor of flows uses. */
export interface DefinitionMonaco extends TextEditor {
  /** Marks what the server found. */
  setProblems(errors: readonly DocumentProblem[], warnings: readonly DocumentProblem[]): void;
  show(problem: DocumentProblem): void;
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
export function createDefinitionMonaco(
  element: HTMLElement,
  text: string,
  handlers: Handlers,
): DefinitionMonaco {
  const { view, model, ...shared } = createMonacoView(element, {
    text,
    language: 'json',
    fileName: 'definition.json',
    ariaLabel: 'Definition',
    onChange: (next) => handlers.onChange(next),
  });
  view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => handlers.onSave());
  return {
    ...shared,
    setProblems: (errors, warnings) => setMarkers(model, errors, warnings),
    show(problem) {
      const range = locate(model, problem);
      view.setSelection(range);
      view.revealRangeInCenter(range);
      view.focus();
    },
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
