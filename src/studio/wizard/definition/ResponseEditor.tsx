import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import {
  formatPointer,
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../base/index.ts';
import { editAt, editDocument, importResponseSample, putMember } from '../../../connector/index.ts';
import { plainText } from '../../format/plain-text.ts';
import { describeField } from '../field-problem.ts';
import { ContentEditor } from './ContentEditor.tsx';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { TextField } from './fields.tsx';
import { ResponseHeaders } from './ResponseHeaders.tsx';
import { SampleDialog } from './SampleDialog.tsx';
import { useStepStyles } from './use-step-styles.ts';

const useStyles = makeStyles({
  toggle: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flex: '1 1 160px',
    minWidth: 0,
    border: 'none',
    background: 'none',
    padding: '2px',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& svg': { flexShrink: 0, fontSize: '16px' },
  },
  about: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
});

interface ResponseEditorProps extends PlacedEditorProps {
  readonly status: string;
  /** There is no other: it stays. */
  readonly isOnly: boolean;
  readonly isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onDelete(): void;
}

/** One answer: what it means, what its body holds, examples, headers. */
export function ResponseEditor(props: ResponseEditorProps) {
  const { definition, pointer, status, isOnly, isOpen, problems, onChange, onOpen, onDelete } = props;
  const own = useStyles();
  const styles = useStepStyles();
  const [isPasting, setPasting] = useState(false);
  const written = `${pointer}${formatPointer(['responses', status])}`;
  const given = getByPointer(definition.openapi, written);
  const reference = isJsonObject(given) && typeof given['$ref'] === 'string' ? given['$ref'] : undefined;
  const place = reference?.replace(/^#/, '') ?? written;
  const found = getByPointer(definition.openapi, place);
  const response: JsonObject = isJsonObject(found) ? found : {};
  const description = typeof response['description'] === 'string' ? response['description'] : '';
  const mediaTypes = Object.keys(isJsonObject(response['content']) ? response['content'] : {});
  const set = (member: string, value: Json | undefined, label: string) =>
    onChange(
      editDocument(definition, (openapi) =>
        editAt(openapi, place, (one) => (isJsonObject(one) ? putMember(one, member, value) : one)),
      ),
      label,
    );
  return (
    <section
      className={styles.box}
      data-place={`${problemPlace(written)}/`}
      aria-label={`Response ${status}`}
    >
      <div className={styles.bar}>
        <button type="button" className={own.toggle} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          {isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
          <Badge appearance="filled" color={/^2/.test(status) ? 'success' : 'informative'} size="large">
            {status}
          </Badge>
          <span className={own.about}>
            {isOpen ? reference && `shared as ${reference.split('/').at(-1)}` : plainText(description)}
          </span>
        </button>
        <Button
          size="small"
          icon={<ClipboardPasteRegular />}
          aria-label={`Import response ${status} from sample`}
          onClick={() => setPasting(true)}
        >
          Import from sample
        </Button>
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={`Delete response ${status}`}
          disabledFocusable={isOnly}
          onClick={() => !isOnly && onDelete()}
        />
      </div>
      {isOpen && (
        <>
          <TextField
            label="Description"
            value={description}
            {...describeField(problems, problemPlace(written), problemPlace(`${place}/description`))}
            onChange={(value) => set('description', value, `Description of response ${status}`)}
          />
          <ContentEditor
            {...props}
            of={`response ${status}`}
            place={place}
            mediaTypes={mediaTypes}
            empty="No body is described."
            isSent={false}
            onBegin={(content) => set('content', content, `Body of response ${status}`)}
          />
          <ResponseHeaders
            response={response}
            status={status}
            onChange={(value, label) => set('headers', value, label)}
          />
        </>
      )}
      {isPasting && (
        <SampleDialog
          title={`Import response ${status} from a sample`}
          hint="The answer in JSON or XML, alone, with its head as curl -i prints it, or after the curl command that brought it."
          placeholder={'{\n  "status": "delivered"\n}'}
          isDescribed={mediaTypes.length > 0}
          onImport={(text, mode) =>
            onChange(
              importResponseSample(definition, pointer, status, text, mode).definition,
              `Import response ${status}`,
            )
          }
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  );
}
