import { Button } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { useState } from 'react';
import type { AuthenticationMethod, Connection } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { Properties } from '../components/Properties.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnector } from '../data/connectors.ts';
import { EditConnectionDialog } from './EditConnectionDialog.tsx';
import { findMethod } from './find-method.ts';

/** Whose a connection is, how it authenticates, and with which values; of secrets only that they are there. */
export function ConnectionFacts({ connection }: { connection: Connection }) {
  const { data: connector } = useConnector(connection.connector.id);
  const method = findMethod(connector, connection);
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Details"
      actions={
        method &&
        method.parameters.length > 0 && (
          <Button icon={<KeyRegular />} onClick={() => setOpen(true)}>
            Replace values or secrets
          </Button>
        )
      }
    >
      <Properties
        items={[
          [
            'Owner',
            connection.owner?.name ?? (connector?.kind === 'builtin' ? 'everybody' : 'nobody any more'),
          ],
          ['How it connects', method?.title],
          ...listValues(connection, method),
          ['Created', <TimeAgo key="created" instant={connection.createdAt} />],
          ['Changed', <TimeAgo key="changed" instant={connection.updatedAt} />],
        ]}
      />
      {isOpen && <EditConnectionDialog connection={connection} onClose={() => setOpen(false)} />}
    </Card>
  );
}

function listValues(
  { parameters, secrets }: Connection,
  method: AuthenticationMethod | undefined,
): [string, string | undefined][] {
  const shown = (method?.parameters ?? []).filter(({ hidden }) => !hidden);
  return shown.map(({ name, title, secret, options }) => {
    if (secret) return [title, secrets.includes(name) ? 'stored, not shown' : undefined];
    const value = parameters[name];
    const text = value === undefined || value === null ? undefined : String(value);
    return [title, options?.find((option) => option.value === text)?.title ?? text];
  });
}
