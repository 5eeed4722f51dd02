import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { TimelineNode } from './build-timeline.ts';
import { TimelineEntry } from './TimelineEntry.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
  },
  nested: {
    marginTop: '6px',
    marginInlineStart: '15px',
    paddingInlineStart: '14px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** A loop of many turns shows so many, and more on demand. */
const PORTION = 50;

/** What happened in a run, nested by scope and loop. */
export function Timeline({ nodes, nested = false }: { nodes: readonly TimelineNode[]; nested?: boolean }) {
  const styles = useStyles();
  const [shown, setShown] = useState(PORTION);
  return (
    <ol className={`${styles.list} ${nested ? styles.nested : ''}`}>
      {nodes.slice(0, shown).map((node) => (
        <TimelineEntry key={node.key} node={node} />
      ))}
      {nodes.length > shown && (
        <li>
          <Button size="small" onClick={() => setShown(shown + PORTION)}>
            Show {Math.min(PORTION, nodes.length - shown)} more of {nodes.length}
          </Button>
        </li>
      )}
    </ol>
  );
}
