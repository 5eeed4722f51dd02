import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { lazy, Suspense, useState } from 'react';
import { stringifyJson } from '../../../base/index.ts';
import {
  deleteMediaExample,
  listMediaExamples,
  type MediaExample,
  setMediaExample,
} from '../../../connector/index.ts';
import { type EditorProps, problemPlace } from './editor-props.ts';
import { useStepStyles } from './use-step-styles.ts';

const ExampleDialog = lazy(async () => ({ default: (await import('./ExampleDialog.tsx')).ExampleDialog }));

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXXS,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  preview: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** As much of a value as fits on a line. */
const PREVIEW_LENGTH = 160;

interface ExamplesEditorProps extends EditorProps {
  /** Whose they are: "response 200". */
  readonly of: string;
  /** Of the type of the body, into the OpenAPI document. */
  readonly media: string;
  readonly mediaType: string;
  /** They are of what is sent. */
  readonly isSent: boolean;
}

/** The examples of a body: what people read first, and what fills a test. */
export function ExamplesEditor({ definition, of, media, mediaType, isSent, onChange }: ExamplesEditorProps) {
  const own = useStyles();
  const styles = useStepStyles();
  const { openapi } = definition;
  const [edited, setEdited] = useState<MediaExample | 'new'>();
  const examples = listMediaExamples(openapi, media);
  const change = (next: typeof openapi, label: string) => onChange({ ...definition, openapi: next }, label);
  return (
    <section className={styles.stack} aria-label={`Examples of ${of}`} data-place={places(media)}>
      <div className={styles.bar}>
        <Text weight="semibold" className={styles.grow}>
          Examples
        </Text>
        <Button
          size="small"
          icon={<AddRegular />}
          aria-label={`Add an example of ${of}`}
          onClick={() => setEdited('new')}
        >
          Add example
        </Button>
      </div>
      {examples.length === 0 ? (
        <Text className={styles.faint}>
          {isSent
            ? 'None. An example shows people what to send, and fills the form of a test.'
            : 'None. An example shows people what comes back. A test that went well can be kept as one.'}
        </Text>
      ) : (
        <ul className={own.list}>
          {examples.map((example) => (
            <li key={example.name ?? ''} className={own.item}>
              <span className={own.words}>
                <Text>
                  {example.title}{' '}
                  {example.sharedAs && (
                    <Badge appearance="tint" color="informative" size="small">
                      {example.sharedAs}
                    </Badge>
                  )}
                </Text>
                <span className={mergeClasses(styles.mono, styles.faint, own.preview)}>
                  {preview(example)}
                </span>
              </span>
              <Button
                size="small"
                appearance="subtle"
                icon={<EditRegular />}
                aria-label={`Edit the example ${example.title} of ${of}`}
                onClick={() => setEdited(example)}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<DeleteRegular />}
                aria-label={`Delete the example ${example.title} of ${of}`}
                onClick={() =>
                  change(
                    deleteMediaExample(openapi, media, example.name),
                    `Delete the example ${example.title}`,
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      {edited !== undefined && (
        <Suspense>
          <ExampleDialog
            openapi={openapi}
            of={of}
            media={media}
            mediaType={mediaType}
            isSent={isSent}
            before={edited === 'new' ? undefined : edited}
            onSave={(example) =>
              change(
                setMediaExample(openapi, media, edited === 'new' ? undefined : edited, example),
                edited === 'new' ? `New example of ${of}` : `Example ${edited.title} of ${of}`,
              )
            }
            onClose={() => setEdited(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}

function places(media: string): string {
  return ['example', 'examples'].map((member) => `${problemPlace(media)}/${member}/`).join(' ');
}

function preview({ value, externalValue }: MediaExample): string {
  if (value === undefined) return externalValue ?? '';
  const text = typeof value === 'string' ? value : stringifyJson(value);
  return text.slice(0, PREVIEW_LENGTH);
}
