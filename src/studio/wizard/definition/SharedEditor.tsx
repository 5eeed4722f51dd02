import { Button } from '@fluentui/react-components';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import { getByPointer, isJsonObject, type Json, parsePointer } from '../../../base/index.ts';
import {
  checkSharedName,
  countUses,
  editAt,
  editDocument,
  importSchemaSample,
  putMember,
  renameShared,
} from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { formatCount } from '../../format/count.ts';
import { ContentEditor } from './ContentEditor.tsx';
import type { PlacedEditorProps } from './editor-props.ts';
import { ChoiceField, CommitField, TextField } from './fields.tsx';
import { SampleDialog } from './SampleDialog.tsx';
import { SchemaEditor } from './SchemaEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

interface SharedEditorProps extends PlacedEditorProps {
  onDuplicate(): void;
  onDelete(pointer: string): void;
}

/** Something that operations refer to: a schema, a parameter, a response, a body. */
export function SharedEditor(props: SharedEditorProps) {
  const { definition, pointer, onChange, onMoved } = props;
  const styles = useStepStyles();
  const [isPasting, setPasting] = useState(false);
  const [, kind = '', name = ''] = parsePointer(pointer);
  const uses = countUses(definition.openapi, pointer);
  const rename = (next: string) => {
    const renamed = renameShared(definition, pointer, next);
    onChange(renamed.definition, `Rename ${name}`);
    onMoved(renamed.pointer);
  };
  return (
    <Card
      title={name}
      note={uses === 0 ? 'Nothing refers to it.' : `${formatCount(uses, 'place')} refer to it.`}
      actions={
        <div className={styles.bar}>
          <Button appearance="subtle" icon={<CopyRegular />} onClick={props.onDuplicate}>
            Duplicate
          </Button>
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            disabledFocusable={uses > 0}
            onClick={() => uses === 0 && props.onDelete(pointer)}
          >
            Delete
          </Button>
        </div>
      }
    >
      <div className={styles.bar}>
        <CommitField
          label="Reference name"
          required
          className={styles.grow ?? ''}
          value={name}
          check={(text) => checkSharedName(definition.openapi, pointer, text)}
          onCommit={rename}
        />
        {kind === 'schemas' && (
          <Button icon={<ClipboardPasteRegular />} onClick={() => setPasting(true)}>
            Import from sample
          </Button>
        )}
      </div>
      {kind === 'schemas' && <SchemaEditor {...props} title={name} schemaPointer={pointer} />}
      {kind === 'parameters' && <SharedParameter {...props} />}
      {(kind === 'responses' || kind === 'requestBodies') && <SharedContent {...props} />}
      {isPasting && (
        <SampleDialog
          title={`Import ${name} from a sample`}
          hint="JSON or XML."
          placeholder={'{\n  "street": "Main Street 1"\n}'}
          isDescribed
          onImport={(text, mode) =>
            onChange(importSchemaSample(definition, pointer, text, mode), `Import ${name}`)
          }
          onClose={() => setPasting(false)}
        />
      )}
    </Card>
  );
}

function SharedParameter(props: PlacedEditorProps) {
  const { definition, pointer, onChange } = props;
  const styles = useStepStyles();
  const found = getByPointer(definition.openapi, pointer);
  const parameter = isJsonObject(found) ? found : {};
  const text = (name: string) => (typeof parameter[name] === 'string' ? parameter[name] : '');
  const set = (name: string, value: Json | undefined) =>
    onChange(
      editDocument(definition, (openapi) =>
        editAt(openapi, pointer, (one) => (isJsonObject(one) ? putMember(one, name, value) : one)),
      ),
      `${name} of ${text('name')}`,
    );
  return (
    <>
      <div className={styles.pair}>
        <CommitField
          label="Name"
          value={text('name')}
          check={(value) => (value === '' ? 'A parameter needs a name.' : undefined)}
          onCommit={(value) => set('name', value)}
        />
        <ChoiceField
          label="Where it stands"
          value={text('in')}
          choices={[
            ['query', 'In the query'],
            ['header', 'In a header'],
            ['path', 'In the path'],
          ]}
          onChange={(value) => set('in', value)}
        />
        <TextField
          label="Title"
          value={text('x-ms-summary')}
          onChange={(value) => set('x-ms-summary', value || undefined)}
        />
        <TextField
          label="Description"
          value={text('description')}
          onChange={(value) => set('description', value || undefined)}
        />
      </div>
      <SchemaEditor {...props} title="Its value" schemaPointer={`${pointer}/schema`} />
    </>
  );
}

function SharedContent(props: PlacedEditorProps) {
  const { definition, pointer } = props;
  const content = getByPointer(definition.openapi, `${pointer}/content`);
  return (
    <ContentEditor
      {...props}
      of={parsePointer(pointer).at(-1) ?? ''}
      place={pointer}
      mediaTypes={isJsonObject(content) ? Object.keys(content) : []}
      empty="No body is described."
      isSent={pointer.startsWith('/components/requestBodies/')}
    />
  );
}
