import { editor, languages, MarkerSeverity, type Position, Range } from 'monaco-editor/editor';
import 'monaco-editor/languages/definitions/yaml/register';
import './json-language.ts';
import type { Completion, TextFormat, TextSpan } from '../../../connector/index.ts';
import { createMonacoView } from '../../monaco/monaco-view.ts';
import type { TextEditor } from '../../monaco/use-monaco.ts';

/** What is marked in a text. */
export interface TextMark extends TextSpan {
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
}

/** The little of Monaco that the document view uses. */
export interface DocumentMonaco extends TextEditor {
  setMarks(marks: readonly TextMark[]): void;
  /** Shows a stretch of the text and puts the cursor there. */
  show(span: TextSpan): void;
  /** Where somebody is, for whoever opens the text again. */
  savePlace(): unknown;
}

export interface MonacoHandlers {
  onChange(text: string): void;
  onCursor(offset: number): void;
  complete(text: string, offset: number): Promise<readonly Completion[]>;
  describe(text: string, offset: number): Promise<{ span: TextSpan; text: string } | undefined>;
}

interface MonacoOptions {
  /** Undefined: `setText` brings it. Until then nothing can be written. */
  readonly text: string | undefined;
  readonly format: TextFormat;
  readonly ariaLabel: string;
  /** What `savePlace` gave. */
  readonly place: unknown;
}

const LANGUAGES = { yaml: 'yaml', json: 'connector-json' } as const;
const OWNER = 'patchbay';

/** Monaco asks by model; each model's editor knows whom to ask. */
const handlersOf = new WeakMap<editor.ITextModel, MonacoHandlers>();

languages.registerCompletionItemProvider(Object.values(LANGUAGES), {
  triggerCharacters: [' ', '"', ':', '-', '#', '/'],
  async provideCompletionItems(model, position) {
    const found = await handlersOf.get(model)?.complete(model.getValue(), model.getOffsetAt(position));
    return { suggestions: (found ?? []).map((one, index) => toItem(model, position, one, index)) };
  },
});

languages.registerHoverProvider(Object.values(LANGUAGES), {
  async provideHover(model, position) {
    const found = await handlersOf.get(model)?.describe(model.getValue(), model.getOffsetAt(position));
    return found && { range: toRange(model, found.span), contents: [{ value: found.text }] };
  },
});

const KINDS = {
  member: languages.CompletionItemKind.Property,
  value: languages.CompletionItemKind.EnumMember,
  name: languages.CompletionItemKind.Reference,
} as const;

function toItem(
  model: editor.ITextModel,
  position: Position,
  { label, kind, description, insert, span, hasNext }: Completion,
  index: number,
): languages.CompletionItem {
  const range = toRange(model, span);
  const [quote = ''] = /^["']/.exec(model.getValueInRange(range)) ?? [];
  return {
    label,
    kind: KINDS[kind],
    documentation: { value: description },
    insertText: insert,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    // What is typed already is compared with this, its quotes included.
    filterText: `${quote}${label}`,
    sortText: String(index).padStart(5, '0'),
    range: range.containsPosition(position) ? range : Range.fromPositions(position),
    ...(hasNext ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
  };
}

function toRange(model: editor.ITextModel, { start, end }: TextSpan): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

/** Makes an editor for a definition as text inside an element. */
export function createDocumentMonaco(
  element: HTMLElement,
  { text, format, ariaLabel, place }: MonacoOptions,
  handlers: MonacoHandlers,
): DocumentMonaco {
  const { view, model, ...shared } = createMonacoView(element, {
    text: text ?? '',
    language: LANGUAGES[format],
    fileName: `connector.${format}`,
    ariaLabel,
    onChange: handlers.onChange,
  });
  view.updateOptions({
    wordBasedSuggestions: 'off',
    quickSuggestions: { other: true, strings: true, comments: false },
    suggest: { showWords: false },
    largeFileOptimizations: true,
    readOnly: text === undefined,
  });
  handlersOf.set(model, handlers);
  let isWritten = text !== undefined;
  const goToPlace = () => {
    if (place) view.restoreViewState(place as editor.ICodeEditorViewState);
  };
  if (isWritten) goToPlace();
  view.onDidChangeCursorPosition(({ position }) => handlers.onCursor(model.getOffsetAt(position)));
  return {
    ...shared,
    setText(next) {
      if (isWritten) return replaceText(model, next);
      // It takes the place of no other text: there is nothing to undo.
      isWritten = true;
      shared.setText(next);
      view.updateOptions({ readOnly: false });
      goToPlace();
    },
    setMarks: (marks) => editor.setModelMarkers(model, OWNER, marks.map(toMarker)),
    show(span) {
      const range = toRange(model, span);
      view.setSelection(range);
      view.revealRangeInCenter(range);
      view.focus();
    },
    savePlace: () => view.saveViewState(),
  };

  function toMarker({ severity, message, ...span }: TextMark): editor.IMarkerData {
    return { ...toRange(model, span), severity: SEVERITIES[severity], message, source: 'Patchbay' };
  }
}

const SEVERITIES = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  hint: MarkerSeverity.Hint,
} as const;

/** Replaces only what differs: cursor, folds and the editor's own undo stay. */
function replaceText(model: editor.ITextModel, next: string): void {
  const before = model.getValue();
  if (before === next) return;
  const most = Math.min(before.length, next.length);
  let head = 0;
  while (head < most && before[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  const range = toRange(model, { start: head, end: before.length - tail });
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: next.slice(head, next.length - tail) }], () => null);
  model.pushStackElement();
}
