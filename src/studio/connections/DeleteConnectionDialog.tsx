import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Connection } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { PageLink } from '../components/links.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnectionFlows, useDeleteConnection } from '../data/connections.ts';
import { formatCount } from '../format/count.ts';

const useStyles = makeStyles({
  list: { marginBlock: tokens.spacingVerticalS, maxHeight: '240px', overflowY: 'auto' },
});

interface DeleteConnectionDialogProps {
  readonly connection: Connection;
  onClose(): void;
  readonly onDeleted?: (() => void) | undefined;
}

/** Asks before a connection is lost, and says what would stop. */
export function DeleteConnectionDialog({ connection, onClose, onDeleted }: DeleteConnectionDialogProps) {
  const styles = useStyles();
  const remove = useDeleteConnection();
  const flows = useConnectionFlows(connection.id);
  return (
    <ConfirmDialog
      open
      title={`Delete “${connection.name}”?`}
      action="Delete connection"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(connection.id, {
          onSuccess: () => {
            onClose();
            onDeleted?.();
          },
        })
      }
      onClose={onClose}
    >
      <QueryView query={flows} what="flows that use it">
        {(found) =>
          found.length === 0 ? (
            <Text>No flow uses it.</Text>
          ) : (
            <>
              <Text>
                {formatCount(found.length, 'flow')} would stop at the first action that uses it, until another
                connection is chosen:
              </Text>
              <ul className={styles.list}>
                {found.map((flow) => (
                  <li key={flow.id}>
                    <PageLink to="/flows/$flowId" params={{ flowId: flow.id }}>
                      {flow.name}
                    </PageLink>{' '}
                    ({flow.state})
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </QueryView>{' '}
      <Text>Its credentials are erased; this cannot be undone.</Text>
    </ConfirmDialog>
  );
}
