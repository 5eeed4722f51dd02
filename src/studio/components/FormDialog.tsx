import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice.tsx';

const useStyles = makeStyles({
  wide: { maxWidth: '860px' },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalS,
  },
});

interface FormDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button: "Create". */
  readonly action: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly error?: unknown;
  readonly wide?: boolean;
  /** Further buttons, before Cancel. */
  readonly extra?: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** A form in a dialog: Enter sends it, Escape leaves it, a refusal is shown above the buttons. */
export function FormDialog(props: FormDialogProps) {
  const styles = useStyles();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!props.busy && !props.disabled) props.onSubmit();
  };
  return (
    <Dialog open={props.open} onOpenChange={(_, data) => data.open || props.onClose()}>
      <DialogSurface className={props.wide ? styles.wide : undefined}>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{props.title}</DialogTitle>
            <DialogContent className={styles.content}>
              {props.children}
              <ErrorNotice error={props.error} />
            </DialogContent>
            <DialogActions>
              {props.extra}
              <Button onClick={props.onClose}>Cancel</Button>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={props.busy || props.disabled}
                icon={props.busy ? <Spinner size="tiny" /> : undefined}
              >
                {props.action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
