import { Text } from '@fluentui/react-components';
import type { Connection } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { Properties } from '../components/Properties.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnector } from '../data/connectors.ts';
import { formatInstant } from '../format/time.ts';
import { findMethod } from './find-method.ts';

/** Who signed in where, what for, and how long that lasts. */
export function SignInCard({ connection }: { connection: Connection }) {
  const { data: connector } = useConnector(connection.connector.id);
  const provider = findMethod(connector, connection)?.provider;
  const { signIn } = connection;
  return (
    <Card title="Sign-in">
      {signIn === undefined ? (
        <Text>Nobody has signed in{provider && ` at ${provider}`} for this connection yet.</Text>
      ) : (
        <Properties
          items={[
            ['Provider', provider],
            ['Signed in as', signIn.account],
            ['Signed in', signIn.signedInAt && <TimeAgo instant={signIn.signedInAt} />],
            ['Access token', describeEnd(signIn, connection.status)],
            ['Scopes', signIn.scope],
          ]}
        />
      )}
    </Card>
  );
}

function describeEnd(
  { expiresAt, renewable }: NonNullable<Connection['signIn']>,
  status: Connection['status'],
): string {
  if (status === 'needs-sign-in') return 'No longer renewed';
  if (expiresAt === undefined) return 'Lasts until it is revoked';
  const until = formatInstant(expiresAt);
  return renewable
    ? `Until ${until}, then renewed by itself`
    : `Until ${until}, then somebody has to sign in again`;
}
