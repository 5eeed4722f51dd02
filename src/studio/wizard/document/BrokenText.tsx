import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { TextError } from '../../../connector/index.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';

const useStyles = makeStyles({ body: { whiteSpace: 'normal', overflowWrap: 'anywhere' } });

interface BrokenTextProps {
  readonly error: TextError;
  readonly isKept: boolean;
  onShow(): void;
  onDrop(): void;
}

/** Says above a text why it cannot be read. */
export function BrokenText({ error, isKept, onShow, onDrop }: BrokenTextProps) {
  const styles = useStyles();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody className={styles.body}>
          <MessageBarTitle>The text cannot be read yet.</MessageBarTitle> {error.message} The connector stays
          as it was before.{' '}
          {isKept
            ? 'What you write is kept in this browser.'
            : 'This browser has no room to keep the text: mend it, or copy it, before you leave.'}
        </MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={onShow}>
            Go to line {error.line}
          </Button>
          <Button size="small" onClick={() => setAsking(true)}>
            Give the text up
          </Button>
        </MessageBarActions>
      </MessageBar>
      <ConfirmDialog
        open={isAsking}
        title="Give the text up?"
        action="Give up"
        busy={false}
        onConfirm={() => {
          setAsking(false);
          onDrop();
        }}
        onClose={() => setAsking(false)}
      >
        The text is written anew from the connector as it is now. What you wrote since it could last be read
        is lost.
      </ConfirmDialog>
    </>
  );
}
