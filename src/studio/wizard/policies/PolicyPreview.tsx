import {
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import { type CompiledConnector, type PolicyEntry, previewPolicy } from '../../../connector/index.ts';
import { MONOSPACE } from '../../components/styles.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  panes: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))',
  },
  pane: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  text: {
    margin: 0,
    padding: `${tokens.spacingVerticalS} 0`,
    maxHeight: '360px',
    overflow: 'auto',
    flexGrow: 1,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '20px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  line: {
    display: 'block',
    padding: `0 ${tokens.spacingHorizontalM}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    minHeight: '20px',
  },
  added: { color: tokens.colorPaletteGreenForeground1, backgroundColor: tokens.colorPaletteGreenBackground1 },
  removed: { color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorPaletteRedBackground1 },
});

interface PolicyPreviewProps {
  readonly entry: PolicyEntry;
  readonly connector: CompiledConnector;
}

/** A sample message of an operation before and after the policy. */
export function PolicyPreview({ entry, connector }: PolicyPreviewProps) {
  const styles = useStyles();
  const { operationIds, index, section } = entry;
  const operations = connector.operations.filter(
    ({ operationId }) => operationIds.length === 0 || operationIds.includes(operationId),
  );
  const [wanted, setWanted] = useState<string>();
  const chosen = operations.find(({ operationId }) => operationId === wanted) ?? operations[0];
  const id = useDeferredValue(chosen?.operationId);
  const preview = useMemo(
    () => (id === undefined ? undefined : previewPolicy(connector, index, id)),
    [connector, index, id],
  );
  const lines = useMemo(() => diffLines(preview?.before ?? '', preview?.after ?? ''), [preview]);
  if (chosen === undefined || preview === undefined) return null;
  const changed = lines.some(({ kind }) => kind !== 'same');
  const what = section === 'request' ? 'request' : 'answer';
  return (
    <div className={styles.root}>
      <Field label={`Try it on a sample ${what} of`} hint="Made up from the definition; nothing is sent.">
        <Select value={chosen.operationId} onChange={(_, data) => setWanted(data.value)}>
          {operations.map(({ operationId, summary }) => (
            <option key={operationId} value={operationId}>
              {summary || operationId}
            </option>
          ))}
        </Select>
      </Field>
      {preview.problem !== undefined && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{preview.problem}</MessageBarBody>
        </MessageBar>
      )}
      {preview.problem === undefined && !changed && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{preview.note ?? `The sample ${what} stays as it is.`}</MessageBarBody>
        </MessageBar>
      )}
      {preview.problem === undefined && (
        <div className={styles.panes}>
          <Pane title="Before" lines={lines} hides="added" />
          <Pane title="After" lines={lines} hides="removed" />
        </div>
      )}
    </div>
  );
}

interface PaneProps {
  readonly title: string;
  readonly lines: readonly DiffLine[];
  readonly hides: DiffLine['kind'];
}

function Pane({ title, lines, hides }: PaneProps) {
  const styles = useStyles();
  return (
    <div className={styles.pane}>
      <Text weight="semibold">{title}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={styles.text} tabIndex={0} aria-label={title}>
        {lines
          .map(({ kind, text }, at) => ({ kind, text, key: `${at}` }))
          .filter(({ kind }) => kind !== hides)
          .map(({ kind, text, key }) => (
            <span key={key} className={mergeClasses(styles.line, kind !== 'same' && styles[kind])}>
              {text}
            </span>
          ))}
      </section>
    </div>
  );
}
