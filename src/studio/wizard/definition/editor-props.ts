import type { ConnectorDefinition, DraftProblem } from '../../../connector/index.ts';

/** What every part of the step works with. */
export interface EditorProps {
  readonly definition: ConnectorDefinition;
  readonly problems: readonly DraftProblem[];
  /** What the address names, into the OpenAPI document; an editor in which it is begins there. */
  readonly shown: string | undefined;
  onChange(next: ConnectorDefinition, label: string): void;
  /** Somebody looks at a part of it: the address says so. */
  onShow(pointer: string): void;
}

/** An editor of something that may move to another place of the document while it is edited. */
export interface PlacedEditorProps extends EditorProps {
  /** Into the OpenAPI document. */
  readonly pointer: string;
  /** It stands elsewhere now. */
  onMoved(pointer: string): void;
}

/** The place of something in the document as problems name it. */
export function problemPlace(pointer: string): string {
  return `/openapi${pointer}`;
}
