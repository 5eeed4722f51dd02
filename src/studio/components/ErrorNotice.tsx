import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { describeError } from '../../base/index.ts';
import { ApiError } from '../../client/index.ts';
import { ErrorText } from './ErrorText.tsx';

const useStyles = makeStyles({ body: { whiteSpace: 'normal', overflowWrap: 'anywhere' } });

interface ErrorNoticeProps {
  readonly error: unknown;
  /** What was being done: "The list could not be saved." */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** What went wrong, in a sentence, and what to do about it. Nothing without an error. */
export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  const styles = useStyles();
  if (error === undefined || error === null) return null;
  const fix = error instanceof ApiError ? error.fix : undefined;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody className={styles.body}>
        {title && <MessageBarTitle>{title}</MessageBarTitle>} <ErrorText message={describeError(error)} />{' '}
        {fix}
      </MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
