import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import type { RefObject } from 'react';

const useStyles = makeStyles({
  frame: {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    display: 'grid',
    backgroundColor: tokens.colorNeutralBackground1,
    '& > *': { gridArea: '1 / 1' },
  },
  loading: { zIndex: 1 },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface EditorFrameProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly isLoading: boolean;
  /** How high it is. */
  readonly className: string | undefined;
}

/** Where an editor is made. In it Tab indents: whoever has no mouse reads the way out below it. */
export function EditorFrame({ frame, isLoading, className }: EditorFrameProps) {
  const styles = useStyles();
  return (
    <>
      <div className={mergeClasses(styles.frame, className)} ref={frame}>
        {isLoading && <Spinner className={styles.loading} label="Loading the editor" />}
      </div>
      <Text className={styles.hint} size={200}>
        Tab indents: <b>{LEAVE_KEYS}</b>, then Tab, leaves the editor.
      </Text>
    </>
  );
}

const LEAVE_KEYS = /Mac/.test(navigator.userAgent) ? 'Ctrl+Shift+M' : 'Ctrl+M';
