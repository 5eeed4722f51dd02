import { Button, Text } from '@fluentui/react-components';
import { Fragment } from 'react';
import { formatPointer, type JsonObject } from '../../../base/index.ts';
import { ExamplesEditor } from './ExamplesEditor.tsx';
import type { EditorProps } from './editor-props.ts';
import { SchemaEditor } from './SchemaEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

interface ContentEditorProps extends EditorProps {
  /** The operation it belongs to. */
  readonly pointer: string;
  /** Whose body it is: "response 200". */
  readonly of: string;
  /** Into the OpenAPI document: what holds the content. */
  readonly place: string;
  readonly mediaTypes: readonly string[];
  /** What is said where nothing is described. */
  readonly empty: string;
  readonly isSent: boolean;
  /** Somebody wants to describe a body by hand; it begins with this content. Undefined: nobody can here. */
  onBegin?(content: JsonObject): void;
}

/** A body in each of its media types: its fields and examples of it. */
export function ContentEditor({ empty, place, mediaTypes, onBegin, ...props }: ContentEditorProps) {
  const styles = useStepStyles();
  if (mediaTypes.length === 0) {
    if (onBegin === undefined) return <Text className={styles.faint}>{empty}</Text>;
    return (
      <div className={styles.bar}>
        <Text className={styles.faint}>{empty}</Text>
        <Button
          size="small"
          onClick={() => onBegin({ 'application/json': { schema: { type: 'object', properties: {} } } })}
        >
          Describe it by hand
        </Button>
      </div>
    );
  }
  return mediaTypes.map((mediaType) => {
    const media = place + formatPointer(['content', mediaType]);
    return (
      <Fragment key={mediaType}>
        <SchemaEditor {...props} title={mediaType} schemaPointer={`${media}/schema`} />
        <ExamplesEditor {...props} mediaType={mediaType} media={media} />
      </Fragment>
    );
  });
}
