import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import type { RefObject } from 'react';

const useStyles = makeStyles({
  frame: {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    display: 'grid',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface EditorFrameProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly isLoading: boolean;
  /** How high it is. */
  readonly className: string | undefined;
}

/** Where an editor is made. */
export function EditorFrame({ frame, isLoading, className }: EditorFrameProps) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.frame, className)} ref={frame}>
      {isLoading && <Spinner label="Loading the editor" />}
    </div>
  );
}
