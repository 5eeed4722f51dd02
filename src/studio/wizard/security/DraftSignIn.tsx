import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ConnectorSignIn } from '../../../api/index.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LongName } from '../../components/LongName.tsx';
import { useNotify } from '../../components/notifications.tsx';
import { QueryView } from '../../components/QueryView.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import { ApplicationFields, readTypedSecrets } from '../../connectors/ApplicationFields.tsx';
import { useCheckDraftRedirect, useDraftSignIns, useUpdateDraftSignIn } from '../../data/draft-sign-ins.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  address: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  title: { margin: 0 },
  url: { overflowWrap: 'anywhere', fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase300 },
  note: { color: tokens.colorNeutralForeground2 },
  pair: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    alignItems: 'start',
  },
});

interface DraftSignInProps {
  readonly draftId: string;
  readonly revision: number;
  /** Name of the way to connect. */
  readonly method: string;
}

/** The application that is registered at the provider: where it sends people back to, and what proves it. */
export function DraftSignIn({ draftId, revision, method }: DraftSignInProps) {
  const styles = useStyles();
  const query = useDraftSignIns(draftId, revision);
  return (
    <section className={styles.root} aria-label="Application">
      <Subtitle2 as="h3" className={styles.title}>
        Application at the identity provider
      </Subtitle2>
      <QueryView query={query} what="sign-in settings">
        {({ redirectUrl, methods, mayChange }) => {
          const found = methods.find((one) => one.method === method);
          return (
            <>
              <RedirectUrl draftId={draftId} url={redirectUrl} method={found} />
              {found === undefined ? (
                <Spinner size="tiny" label="Keeping your last changes" />
              ) : found.usesClient ? (
                <ApplicationForm key={method} draftId={draftId} method={found} mayChange={mayChange} />
              ) : (
                <Text>Every connection brings an application of its own: its form asks for it.</Text>
              )}
            </>
          );
        }}
      </QueryView>
    </section>
  );
}

const INTENTS = {
  registered: 'success',
  refused: 'error',
  noObjection: 'info',
  unknown: 'warning',
} as const;

interface RedirectUrlProps {
  readonly draftId: string;
  readonly url: string;
  readonly method: ConnectorSignIn | undefined;
}

function RedirectUrl({ draftId, url, method }: RedirectUrlProps) {
  const styles = useStyles();
  const check = useCheckDraftRedirect(draftId);
  return (
    <>
      <div>
        <Text size={200} className={styles.note}>
          Register this redirect URL with the application: people come back to it when they have signed in.
        </Text>
        <div className={styles.address}>
          <Text className={styles.url}>
            <LongName name={url} />
          </Text>
          <CopyButton text={url} label="Copy the redirect URL" />
          {method?.needsPerson && (
            <Button
              size="small"
              icon={check.isPending ? <Spinner size="extra-tiny" /> : undefined}
              disabledFocusable={check.isPending}
              onClick={() => check.mutate({ method: method.method })}
            >
              Check that it is registered
            </Button>
          )}
        </div>
      </div>
      <ErrorNotice error={check.error} title="The provider could not be asked." />
      {check.data && (
        <MessageBar intent={INTENTS[check.data.result]} layout="multiline">
          <MessageBarBody>{check.data.message}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

interface ApplicationFormProps {
  readonly draftId: string;
  readonly method: ConnectorSignIn;
  readonly mayChange: boolean;
}

/** Secrets go to the server once, and never come back; left empty, what is there stays. */
function ApplicationForm({ draftId, method, mayChange }: ApplicationFormProps) {
  const styles = useStyles();
  const [form, setForm] = useState({ clientId: method.clientId ?? '', clientSecret: '', certificate: '' });
  const save = useUpdateDraftSignIn(draftId);
  const notify = useNotify();
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const isChanged =
    form.clientId !== (method.clientId ?? '') || form.clientSecret !== '' || form.certificate !== '';
  const keep = () =>
    save.mutate(
      {
        method: method.method,
        clientId: form.clientId,
        ...readTypedSecrets(form),
      },
      {
        onSuccess: () => {
          set({ clientSecret: '', certificate: '' });
          notify.success('The application is kept with the draft.');
        },
      },
    );
  return (
    <>
      <div className={styles.pair}>
        <ApplicationFields
          values={form}
          hasSecret={method.hasSecret}
          takesCertificate={method.takesCertificate}
          mayChange={mayChange}
          onChange={set}
        />
      </div>
      <ErrorNotice error={save.error} title="The application is not kept." />
      {mayChange ? (
        <div className={styles.address}>
          <Button disabledFocusable={!isChanged || save.isPending} onClick={keep}>
            Keep application
          </Button>
          <Text size={200} className={styles.note}>
            The secret is sealed, never shown again, and stays when the connector is saved as another version.
          </Text>
        </div>
      ) : (
        <Text>Administrators and whoever made the connector can change this.</Text>
      )}
    </>
  );
}
