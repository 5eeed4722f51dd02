import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { type Connectable, type ConnectingDraft, useCreateConnection } from '../data/connections.ts';
import { useSignIns } from '../data/sign-ins.ts';
import { ApplicationNotice, findSignIn, lacksApplication } from './ApplicationNotice.tsx';
import { hasFault, listMissing, readEntered, startEntering } from './connection-values.ts';
import { EditConnectionDialog } from './EditConnectionDialog.tsx';
import { MethodChooser } from './MethodChooser.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { SaveFirstNotice, useMustSave } from './SaveFirstNotice.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  connector: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  address: { overflowWrap: 'anywhere', minWidth: 0 },
});

interface ConnectFormProps {
  readonly connector: Connectable;
  readonly draft?: ConnectingDraft | undefined;
  onClose(): void;
  /** Told of every connection that was made, whether it works or not. */
  onMade?(connection: Connection): void;
}

/**
 * Connects to a connector: a form, then for OAuth the sign-in in place. A connection that turns out not to work is
 * there to be mended at once.
 */
export function ConnectForm({ connector, draft, onClose, onMade }: ConnectFormProps) {
  const styles = useStyles();
  const first = connector.authentication.find(({ supported }) => supported) ?? connector.authentication[0];
  const [method, setMethod] = useState(first);
  const [name, setName] = useState(connector.title);
  const [entered, setEntered] = useState(() => (first ? startEntering(first) : {}));
  const [made, setMade] = useState<Connection>();
  const create = useCreateConnection();
  const signIn = useSignIn();
  const notify = useNotify();
  const usesOAuth = connector.authentication.some(({ type }) => type === 'oauth2');
  const { connectorId } = connector;
  const { data: signIns } = useSignIns(connectorId, draft, usesOAuth);
  const settings = method && findSignIn(signIns, method);
  const mustSave = useMustSave(connectorId, draft, method?.signIn === true ? settings : undefined);
  const provider = method?.provider ?? connector.title;

  if (made?.status === 'error')
    return <EditConnectionDialog connection={made} draft={draft} onClose={onClose} />;
  if (made) return <SignInDialog connection={made} draft={draft} signIn={signIn} onClose={onClose} />;
  const isReady =
    method === undefined ||
    (method.supported && listMissing(method, entered).length === 0 && !hasFault(method, entered));
  const submit = () => {
    if (method?.signIn) signIn.open();
    create.mutate(
      {
        connectorId,
        ...(draft === undefined ? {} : { draftId: draft.id }),
        name: name.trim(),
        ...(method?.parameterSet === undefined ? {} : { parameterSet: method.parameterSet }),
        parameters: method ? readEntered(method, entered) : {},
      },
      {
        onError: signIn.cancel,
        onSuccess: (connection) => {
          onMade?.(connection);
          if (connection.status === 'connected') {
            notify.success(`Connected to ${connector.title}. ${describeTest(connection)}`);
            return onClose();
          }
          setMade(connection);
          if (connection.status === 'needs-sign-in') void signIn.begin(connection.id);
        },
      },
    );
  };
  return (
    <FormDialog
      open
      title={`Connect to ${connector.title}`}
      action={method?.signIn ? labelAction(provider) : 'Connect'}
      busy={create.isPending}
      disabled={!isReady || name.trim() === '' || lacksApplication(settings) || mustSave}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.connector}>
        <ConnectorIcon {...connector} size={36} />
        <Text className={styles.address}>
          {connector.baseUrl?.startsWith('http') ? connector.baseUrl : connector.title}
        </Text>
      </div>
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      {method && (
        <>
          <MethodChooser
            methods={connector.authentication}
            selected={method}
            onChange={(next) => {
              setMethod(next);
              setEntered(startEntering(next));
            }}
          />
          <ParameterFields method={method} entered={entered} onChange={setEntered} />
          {signIns && settings && lacksApplication(settings) && (
            <ApplicationNotice
              connectorId={connectorId}
              draftId={draft?.id}
              signIns={signIns}
              signIn={settings}
            />
          )}
          {draft && mustSave && (
            <SaveFirstNotice
              method={method.title}
              onSave={() => {
                onClose();
                draft.publish();
              }}
            />
          )}
          {method.signIn && !mustSave && !lacksApplication(settings) && (
            <Text>You sign in in a window of {provider}. Patchbay never sees your password.</Text>
          )}
          {!method.supported && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                {settings?.problem ??
                  `This connector signs in with ${method.title}, which does not work yet.`}
              </MessageBarBody>
            </MessageBar>
          )}
        </>
      )}
    </FormDialog>
  );
}

/** A host's name may be longer than a button. */
function labelAction(provider: string): string {
  return provider.length > 14 ? 'Sign in' : `Sign in at ${provider}`;
}

/** What the test at the making of a connection found, in a sentence. */
function describeTest({ statusDetail, testedWith }: Connection): string {
  if (statusDetail) return statusDetail.message;
  return testedWith === undefined ? 'It works.' : `${testedWith} answered.`;
}
