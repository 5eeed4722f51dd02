import { Button, Subtitle2, Switch } from '@fluentui/react-components';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import { getByPointer, isJsonObject } from '../../../base/index.ts';
import { editOperation, importRequestSample, putMember } from '../../../connector/index.ts';
import { ContentEditor } from './ContentEditor.tsx';
import type { PlacedEditorProps } from './editor-props.ts';
import { SampleDialog } from './SampleDialog.tsx';
import { useStepStyles } from './use-step-styles.ts';

/** What an operation sends. */
export function BodyEditor(props: PlacedEditorProps) {
  const { definition, pointer, onChange, onMoved } = props;
  const styles = useStepStyles();
  const [isPasting, setPasting] = useState(false);
  const written = getByPointer(definition.openapi, `${pointer}/requestBody`);
  const reference =
    isJsonObject(written) && typeof written['$ref'] === 'string' ? written['$ref'] : undefined;
  const place = reference?.replace(/^#/, '') ?? `${pointer}/requestBody`;
  const body = getByPointer(definition.openapi, place);
  const content = isJsonObject(body) && isJsonObject(body['content']) ? body['content'] : {};
  const mediaTypes = Object.keys(content);
  const setBody = (value: Parameters<typeof putMember>[2], label: string) =>
    onChange(
      editOperation(definition, pointer, (one) => putMember(one, 'requestBody', value)),
      label,
    );
  return (
    <section className={styles.stack} aria-label="Body">
      <div className={styles.bar}>
        <Subtitle2 as="h3" className={styles.grow}>
          Body
        </Subtitle2>
        {isJsonObject(body) && reference === undefined && (
          <>
            <Switch
              label="Required"
              checked={body['required'] === true}
              onChange={(_, data) => setBody({ ...body, required: data.checked }, 'Body required')}
            />
            <Button
              size="small"
              icon={<DeleteRegular />}
              onClick={() => setBody(undefined, 'Delete the body')}
            >
              Delete body
            </Button>
          </>
        )}
        <Button size="small" icon={<ClipboardPasteRegular />} onClick={() => setPasting(true)}>
          Import request from sample
        </Button>
      </div>
      <ContentEditor
        {...props}
        of="the body"
        place={place}
        mediaTypes={mediaTypes}
        empty="Nothing is sent."
        isSent
        onBegin={(content) => setBody({ required: true, content }, 'New body')}
      />
      {isPasting && (
        <SampleDialog
          title="Import the request from a sample"
          hint="A body in JSON or XML, or a whole curl command: it brings method, address, parameters and body, and, if its answer stands after it, the response. Keys and tokens in it are not kept."
          placeholder={'{\n  "ship_to": { "name": "Ada" }\n}'}
          isDescribed={mediaTypes.length > 0}
          onImport={(text, mode) => {
            const result = importRequestSample(definition, pointer, text, mode);
            onChange(result.definition, 'Import request');
            onMoved(result.pointer);
          }}
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  );
}
