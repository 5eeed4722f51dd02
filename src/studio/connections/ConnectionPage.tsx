import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PlugConnectedCheckmarkRegular } from '@fluentui/react-icons/svg/plug-connected-checkmark';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { BackLink } from '../components/BackLink.tsx';
import { Card } from '../components/Card.tsx';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnection } from '../data/connections.ts';
import { AddressesCard } from './AddressesCard.tsx';
import { ConnectionActions, labelSignIn, signsIn } from './ConnectionActions.tsx';
import { ConnectionFacts } from './ConnectionFacts.tsx';
import { ConnectionFlows } from './ConnectionFlows.tsx';
import { ConnectionStatus } from './ConnectionStatus.tsx';
import { SignInCard } from './SignInCard.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { useSignIn } from './use-sign-in.ts';
import { useTestNotice } from './use-test-notice.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalL, gridTemplateColumns: 'minmax(0, 1fr)' },
  tested: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const route = getRouteApi('/shell/connections/$connectionId');

export function ConnectionPage() {
  const { connectionId } = route.useParams();
  const query = useConnection(connectionId);
  const connection = query.data;
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={connection?.name ?? 'Connection'}
        description={
          connection && (
            <>
              Connection to{' '}
              <PageLink to="/connectors/$connectorId" params={{ connectorId: connection.connector.id }}>
                {connection.connector.title}
              </PageLink>
            </>
          )
        }
        icon={connection && <ConnectorIcon {...connection.connector} size={56} />}
        above={
          <BackLink>
            <PageLink to="/connections">Connections</PageLink>
          </BackLink>
        }
        actions={
          connection && (
            <>
              <MainAction connection={connection} />
              <ConnectionActions
                connection={connection}
                onDeleted={() => void navigate({ to: '/connections' })}
              />
            </>
          )
        }
      />
      <QueryView query={query} what="connection">
        {(found) => <Details connection={found} />}
      </QueryView>
    </>
  );
}

function Details({ connection }: { connection: Connection }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <Card title="Status">
        <ConnectionStatus connection={connection} wide />
        <Text className={styles.tested}>
          Tested <TimeAgo instant={connection.testedAt} />, last used{' '}
          <TimeAgo instant={connection.lastUsedAt} />
        </Text>
      </Card>
      <AddressesCard connection={connection} />
      {signsIn(connection) && <SignInCard connection={connection} />}
      <ConnectionFacts connection={connection} />
      <ConnectionFlows connection={connection} />
    </div>
  );
}

/** What most people came for: sign in where that is missing, else see whether it works. */
function MainAction({ connection }: { connection: Connection }) {
  const signIn = useSignIn();
  const [isOpen, setOpen] = useState(false);
  const test = useTestNotice(connection);
  const start = () => {
    signIn.open();
    setOpen(true);
    void signIn.begin(connection.id);
  };
  const dialog = isOpen && (
    <SignInDialog connection={connection} signIn={signIn} onClose={() => setOpen(false)} />
  );
  if (connection.status === 'needs-sign-in') {
    return (
      <>
        <Button appearance="primary" icon={<PersonRegular />} onClick={start}>
          {labelSignIn(connection)}
        </Button>
        {dialog}
      </>
    );
  }
  return (
    <>
      <Button
        appearance="primary"
        icon={test.isPending ? <Spinner size="tiny" /> : <PlugConnectedCheckmarkRegular />}
        disabledFocusable={test.isPending}
        onClick={test.run}
      >
        Test
      </Button>
      {dialog}
    </>
  );
}
