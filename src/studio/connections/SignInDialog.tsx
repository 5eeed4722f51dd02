import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Connection } from '../../api/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { type ConnectingDraft, useConnectable, useConnection } from '../data/connections.ts';
import { ConnectionStatus } from './ConnectionStatus.tsx';
import { findMethod } from './find-method.ts';
import type { SignIn, SignInState } from './use-sign-in.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalL, justifyItems: 'start' },
  bar: { width: '100%' },
});

interface SignInDialogProps {
  readonly connection: Connection;
  readonly draft?: ConnectingDraft | undefined;
  readonly signIn: SignIn;
  onClose(): void;
}

/** Accompanies a sign-in in another window: what is waited for, what went wrong, and what the test found. */
export function SignInDialog({ connection, draft, signIn, onClose }: SignInDialogProps) {
  const styles = useStyles();
  const { data: connector } = useConnectable(connection.connector.id, draft);
  const provider = findMethod(connector, connection)?.provider ?? connection.connector.title;
  const { state } = signIn;
  const close = () => {
    signIn.cancel();
    onClose();
  };
  const again = () => {
    signIn.open();
    void signIn.begin(connection.id);
  };
  const isOver = state.step === 'done';
  return (
    <Dialog open onOpenChange={(_, data) => data.open || close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{isOver ? `Signed in at ${provider}` : `Sign in at ${provider}`}</DialogTitle>
          <DialogContent className={styles.content} aria-live="polite">
            <Progress state={state} connection={connection} provider={provider} />
          </DialogContent>
          <DialogActions>
            {!isOver && <Button onClick={close}>{state.step === 'waiting' ? 'Cancel' : 'Not now'}</Button>}
            {isOver && (
              <Button appearance="primary" onClick={close}>
                Done
              </Button>
            )}
            {MAY_TRY_AGAIN.has(state.step) && (
              <Button appearance="primary" onClick={again}>
                Try again
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const MAY_TRY_AGAIN = new Set<SignInState['step']>(['closed', 'refused', 'failed']);

interface ProgressProps {
  readonly state: SignInState;
  readonly connection: Connection;
  readonly provider: string;
}

function Progress({ state, connection, provider }: ProgressProps) {
  const styles = useStyles();
  const { data: current = connection } = useConnection(connection.id);
  switch (state.step) {
    case 'idle':
    case 'starting':
      return <Spinner label={`Asking ${provider} how to sign in`} />;
    case 'waiting':
      return (
        <>
          <Spinner
            label={`Waiting for you to sign in at ${provider} in the window that opened.`}
            labelPosition="after"
          />
          <Text>
            No window to be seen? <ProviderLink url={state.url} />
          </Text>
        </>
      );
    case 'blocked':
      return (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody>
            Your browser blocked the window. <ProviderLink url={state.url} />, then come back to this page.
          </MessageBarBody>
        </MessageBar>
      );
    case 'closed':
      return (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody>
            The window was closed before the sign-in was finished. “{connection.name}” is kept, and can be
            used as soon as somebody has signed in.
          </MessageBarBody>
        </MessageBar>
      );
    case 'refused':
      return (
        <MessageBar intent="error" layout="multiline" className={styles.bar}>
          <MessageBarBody>{state.text}</MessageBarBody>
        </MessageBar>
      );
    case 'failed':
      return <ErrorNotice error={state.error} title="The sign-in could not begin." />;
    case 'done':
      return (
        <>
          <ConnectionStatus connection={current} />
          {current.signIn?.account && <Text>Signed in as {current.signIn.account}.</Text>}
        </>
      );
  }
}

function ProviderLink({ url }: { url: string }) {
  return (
    <Link href={url} target="_blank" rel="noreferrer" inline>
      Open the sign-in in a new tab
    </Link>
  );
}
