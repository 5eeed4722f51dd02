import { ExamplesEditor } from './ExamplesEditor.tsx';
import type { EditorProps } from './editor-props.ts';
import { SchemaEditor } from './SchemaEditor.tsx';

interface MediaEditorProps extends EditorProps {
  /** The operation it belongs to. */
  readonly pointer?: string;
  /** Whose body it is: "response 200". */
  readonly of: string;
  readonly mediaType: string;
  /** Into the OpenAPI document. */
  readonly media: string;
  readonly isSent: boolean;
}

/** A body in one of its types: its fields and examples of it. */
export function MediaEditor(props: MediaEditorProps) {
  return (
    <>
      <SchemaEditor {...props} title={props.mediaType} schemaPointer={`${props.media}/schema`} />
      <ExamplesEditor {...props} />
    </>
  );
}
