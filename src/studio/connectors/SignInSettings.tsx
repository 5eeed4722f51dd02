import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Connector, ConnectorSignIn, ConnectorSignIns } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnectorSignIns, useUpdateConnectorSignIn } from '../data/sign-ins.ts';
import { ApplicationFields, readTypedSecrets } from './ApplicationFields.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  form: { display: 'grid', gap: tokens.spacingVerticalL },
  address: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  url: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace },
});

/** As which application people sign in through this connector: what is registered with the identity provider. */
export function SignInSettings({ connector }: { connector: Connector }) {
  const styles = useStyles();
  const query = useConnectorSignIns(connector.id);
  return (
    <QueryView query={query} what="sign-in settings">
      {(signIns) => (
        <div className={styles.page}>
          <RedirectCard url={signIns.redirectUrl} />
          {signIns.methods.map((method) => (
            <MethodCard key={method.method} connectorId={connector.id} method={method} signIns={signIns} />
          ))}
        </div>
      )}
    </QueryView>
  );
}

function RedirectCard({ url }: { url: string }) {
  const styles = useStyles();
  return (
    <Card
      title="Redirect URL"
      note="Register this address with the application at the identity provider: people come back to it when they have signed in."
    >
      <div className={styles.address}>
        <Text className={styles.url}>{url}</Text>
        <CopyButton text={url} label="Copy the redirect URL" />
      </div>
    </Card>
  );
}

interface MethodCardProps {
  readonly connectorId: string;
  readonly method: ConnectorSignIn;
  readonly signIns: ConnectorSignIns;
}

function MethodCard({ connectorId, method, signIns }: MethodCardProps) {
  const { docsUrl, problem, provider, title, usesClient } = method;
  return (
    <Card title={title} note={problem ?? `Identity provider: ${provider}.`}>
      {docsUrl !== undefined && (
        <Text>
          How to register an application:{' '}
          <a href={docsUrl} target="_blank" rel="noreferrer">
            {new URL(docsUrl).host}
          </a>
        </Text>
      )}
      {usesClient ? (
        <ClientForm connectorId={connectorId} method={method} mayChange={signIns.mayChange} />
      ) : (
        <Text>Every connection brings an application of its own: its form asks for it.</Text>
      )}
    </Card>
  );
}

interface ClientFormProps {
  readonly connectorId: string;
  readonly method: ConnectorSignIn;
  readonly mayChange: boolean;
}

function ClientForm({ connectorId, method, mayChange }: ClientFormProps) {
  const styles = useStyles();
  const [form, setForm] = useState({
    clientId: method.clientId ?? '',
    clientSecret: '',
    certificate: '',
    scopes: method.scopes,
  });
  const save = useUpdateConnectorSignIn(connectorId);
  const notify = useNotify();
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { clientId, scopes } = form;
    save.mutate(
      { method: method.method, clientId, scopes, ...readTypedSecrets(form) },
      {
        onSuccess: () => {
          set({ clientSecret: '', certificate: '' });
          notify.success('The sign-in settings are saved.');
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <ApplicationFields
        values={form}
        hasSecret={method.hasSecret}
        takesCertificate={method.takesCertificate}
        mayChange={mayChange}
        required
        onChange={set}
      />
      <Field label="Scopes" hint="Separated by blanks. Empty: those of the definition.">
        <Input
          disabled={!mayChange}
          value={form.scopes}
          onChange={(_, data) => set({ scopes: data.value })}
        />
      </Field>
      <ErrorNotice error={save.error} title="The settings are not saved." />
      {mayChange ? (
        <div>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={form.clientId === '' || save.isPending}
          >
            Save
          </Button>
        </div>
      ) : (
        <Text>Administrators and whoever made the connector can change this.</Text>
      )}
    </form>
  );
}
