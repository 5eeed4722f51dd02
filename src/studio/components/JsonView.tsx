import { makeStyles, Text, ToggleButton, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type Json, stringifyJson } from '../../base/index.ts';
import { CopyButton } from './CopyButton.tsx';
import { JsonTree } from './JsonTree.tsx';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  root: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    minWidth: 0,
  },
  bar: {
    display: 'flex',
    alignItems: 'center',
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    gap: tokens.spacingHorizontalXS,
  },
  title: { flexGrow: 1 },
  content: { padding: tokens.spacingHorizontalM, maxHeight: '480px', overflow: 'auto' },
  raw: {
    margin: 0,
    fontFamily: MONOSPACE,
    fontSize: '13px',
    lineHeight: '20px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

interface JsonViewProps {
  readonly title: string;
  readonly value: Json | undefined;
  readonly openLevels?: number;
}

/** A JSON value as a tree or as text, to read and to copy. */
export function JsonView({ title, value, openLevels }: JsonViewProps) {
  const styles = useStyles();
  const [raw, setRaw] = useState(false);
  const text = value === undefined ? '' : stringifyJson(value, 2);
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <Text weight="semibold" className={styles.title}>
          {title}
        </Text>
        {value !== undefined && (
          <>
            <ToggleButton size="small" appearance="subtle" checked={raw} onClick={() => setRaw(!raw)}>
              Raw
            </ToggleButton>
            <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
          </>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.content} tabIndex={0} aria-label={title}>
        {value === undefined ? (
          <Text>None.</Text>
        ) : raw ? (
          <pre className={styles.raw}>{text}</pre>
        ) : (
          <JsonTree value={value} {...(openLevels === undefined ? {} : { openLevels })} />
        )}
      </section>
    </div>
  );
}
