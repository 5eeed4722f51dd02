import { Dropdown, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { type ConnectingDraft, useConnectable } from '../data/connections.ts';
import { useConnectors } from '../data/connectors.ts';
import { ConnectForm } from './ConnectForm.tsx';

const useStyles = makeStyles({
  option: { display: 'inline-flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

interface NewConnectionDialogProps {
  /** The connector to connect to, where it is known already. */
  readonly connectorId: string | undefined;
  /** What the connector is to be connected to as. */
  readonly draft?: ConnectingDraft | undefined;
  onClose(): void;
  /** Told of every connection that was made, whether it works or not. */
  onMade?(connection: Connection): void;
}

/** Makes a connection: first the connector, then what it asks for. */
export function NewConnectionDialog({ connectorId, draft, onClose, onMade }: NewConnectionDialogProps) {
  const [chosen, setChosen] = useState(connectorId);
  const connector = useConnectable(chosen, draft);
  if (chosen !== undefined && connector.data) {
    return (
      <ConnectForm
        key={chosen}
        connector={connector.data}
        draft={draft}
        onClose={onClose}
        {...(onMade && { onMade })}
      />
    );
  }
  return (
    <FormDialog
      open
      title="New connection"
      action="Next"
      disabled
      onSubmit={() => undefined}
      onClose={onClose}
    >
      {chosen === undefined ? (
        <ConnectorField onChoose={setChosen} />
      ) : (
        <Spinner label="Loading the connector" />
      )}
      <ErrorNotice error={connector.error} />
    </FormDialog>
  );
}

function ConnectorField({ onChoose }: { onChoose: (connectorId: string) => void }) {
  const styles = useStyles();
  const { data: connectors = [], isPending } = useConnectors();
  return (
    <Field label="Connector" hint="Which API or built-in service to connect to." required>
      <Dropdown
        placeholder={isPending ? 'Loading…' : 'Choose a connector'}
        onOptionSelect={(_, data) => data.optionValue && onChoose(data.optionValue)}
      >
        {connectors.map((connector) => (
          <Option key={connector.id} value={connector.id} text={connector.title}>
            <span className={styles.option}>
              <ConnectorIcon {...connector} size={24} />
              {connector.title}
            </span>
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
