import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ShieldCheckmarkRegular } from '@fluentui/react-icons/svg/shield-checkmark';
import type { Connection } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useConfirmAddresses, useConnectionAddresses } from '../data/connections.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
  note: { color: tokens.colorNeutralForeground2 },
});

/** Hosts that the connector would send the credentials to, and may not before somebody says so. */
export function AddressesCard({ connection }: { connection: Connection }) {
  const styles = useStyles();
  const notify = useNotify();
  const { data } = useConnectionAddresses(connection);
  const confirm = useConfirmAddresses(connection.id);
  if (data === undefined || data.unconfirmed.length === 0) return null;
  const { confirmed, unconfirmed, mayConfirm } = data;
  const run = () =>
    confirm.mutate(unconfirmed, {
      onSuccess: () => notify.success(`“${connection.name}” may send to ${unconfirmed.join(', ')}.`),
      onError: (error) => notify.error('The hosts could not be confirmed.', error),
    });
  return (
    <Card
      title="New hosts"
      note={`The connector was changed and would send the credentials of this connection to ${unconfirmed.length === 1 ? 'a host' : 'hosts'} it was not made for.`}
      actions={
        mayConfirm && (
          <Button icon={<ShieldCheckmarkRegular />} disabledFocusable={confirm.isPending} onClick={run}>
            Confirm
          </Button>
        )
      }
    >
      <ul className={styles.list}>
        {unconfirmed.map((address) => (
          <li key={address}>{address}</li>
        ))}
      </ul>
      <Text className={styles.note}>
        {confirmed.length > 0 && `Confirmed until now: ${confirmed.join(', ')}. `}
        {mayConfirm
          ? 'Confirm only what belongs to the service; otherwise ask whoever changed the connector.'
          : 'Whoever made the connection, or an administrator, can confirm that this belongs to the service.'}
      </Text>
    </Card>
  );
}
