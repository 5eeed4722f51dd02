import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { AuthenticationMethod, ConnectorSignIn, ConnectorSignIns } from '../../api/index.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { PageLink } from '../components/links.tsx';
import { MONOSPACE } from '../components/styles.ts';

const useStyles = makeStyles({
  address: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  url: { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

/** The sign-in settings of one of a connector's methods; undefined for methods that do not sign in. */
export function findSignIn(
  signIns: ConnectorSignIns | undefined,
  { parameterSet, type }: AuthenticationMethod,
): ConnectorSignIn | undefined {
  if (type !== 'oauth2') return undefined;
  return signIns?.methods.find((one) => parameterSet === undefined || one.method === parameterSet);
}

/** Whether nobody can sign in yet because no application is set. */
export function lacksApplication(signIn: ConnectorSignIn | undefined): boolean {
  return signIn?.usesClient === true && (signIn.clientId ?? '') === '';
}

interface ApplicationNoticeProps {
  readonly connectorId: string;
  /** Where the application of a draft is set. */
  readonly draftId: string | undefined;
  readonly signIns: ConnectorSignIns;
  readonly signIn: ConnectorSignIn;
}

/** Says that the provider does not know this connector yet, and leads to where that is set. */
export function ApplicationNotice({ connectorId, draftId, signIns, signIn }: ApplicationNoticeProps) {
  const styles = useStyles();
  const { provider } = signIn;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{provider} does not know Patchbay yet.</MessageBarTitle>
        <p>
          Register an application at {provider} with this redirect URL, then{' '}
          {signIns.mayChange && draftId !== undefined ? (
            <PageLink
              inline
              to="/connectors/drafts/$draftId"
              params={{ draftId }}
              search={{ step: 'security' }}
            >
              enter its client ID in the step Security
            </PageLink>
          ) : signIns.mayChange ? (
            <PageLink
              inline
              to="/connectors/$connectorId"
              params={{ connectorId }}
              search={{ tab: 'sign-in' }}
            >
              enter its client ID on the connector’s Sign-in tab
            </PageLink>
          ) : (
            'ask an administrator, or whoever made the connector, to enter its client ID on the connector’s Sign-in tab'
          )}
          .
        </p>
        <div className={styles.address}>
          <span className={styles.url}>{signIns.redirectUrl}</span>
          <CopyButton text={signIns.redirectUrl} label="Copy the redirect URL" />
        </div>
      </MessageBarBody>
    </MessageBar>
  );
}
