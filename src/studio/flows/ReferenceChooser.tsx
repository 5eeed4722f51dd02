import { Dropdown, Field, makeStyles, Option, tokens } from '@fluentui/react-components';
import type { Connection, ConnectionReferences, ReferenceUse } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { PageLink } from '../components/links.tsx';
import { listCandidates } from './references.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalL },
  option: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  dropdown: { maxWidth: '480px' },
});

interface ReferenceChooserProps {
  readonly uses: readonly ReferenceUse[];
  readonly connections: readonly Connection[];
  readonly value: ConnectionReferences;
  onChange(value: ConnectionReferences): void;
}

/** For each connection reference of a flow, the connection behind it. */
export function ReferenceChooser({ uses, connections, value, onChange }: ReferenceChooserProps) {
  const styles = useStyles();
  return (
    <div className={styles.list}>
      {uses.map((use) => {
        const candidates = listCandidates(use, connections);
        const chosen = connections.find(({ id }) => id === value[use.name]?.connectionId);
        return (
          <Field
            key={use.name}
            label={use.name}
            hint={describeUse(use)}
            validationState={chosen ? 'none' : 'warning'}
            validationMessage={chosen ? undefined : describeMissing(candidates.length)}
          >
            <Dropdown
              className={styles.dropdown}
              placeholder="Choose a connection"
              value={chosen?.name ?? ''}
              selectedOptions={chosen ? [chosen.id] : []}
              onOptionSelect={(_, { optionValue }) =>
                optionValue && onChange({ ...value, [use.name]: { connectionId: optionValue } })
              }
            >
              {candidates.map((connection) => (
                <Option key={connection.id} value={connection.id} text={connection.name}>
                  <span className={styles.option}>
                    <ConnectorIcon {...connection.connector} size={24} />
                    {connection.name}
                  </span>
                </Option>
              ))}
            </Dropdown>
          </Field>
        );
      })}
      {uses.length > 0 && (
        <span>
          A connection is missing? <PageLink to="/connections">Make one</PageLink>.
        </span>
      )}
    </div>
  );
}

function describeUse({ connectorName, usedBy }: ReferenceUse): string {
  const users = usedBy.map((name) => name.replaceAll('_', ' '));
  const shown =
    users.length > 3 ? `${users.slice(0, 3).join(', ')} and ${users.length - 3} more` : users.join(', ');
  return [connectorName && `Connector ${connectorName}`, shown && `used by ${shown}`]
    .filter(Boolean)
    .join(', ');
}

function describeMissing(candidates: number): string {
  return candidates === 0 ? 'There is no connection yet.' : 'Not chosen yet.';
}
