import { Badge, Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import type { AffectedAction, ConnectorChange, ConnectorVersion } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { PageLink } from '../components/links.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useVersionDiff } from '../data/connector-versions.ts';
import { formatCount } from '../format/count.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  choice: { minWidth: '150px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  change: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  badge: { flexShrink: 0, minWidth: '72px' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  place: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
});

const CLASSES = ['breaking', 'risky', 'safe'] as const;
const COLORS = { breaking: 'danger', risky: 'warning', safe: 'success' } as const;
const NAMES = { breaking: 'Breaking', risky: 'Risky', safe: 'Safe' } as const;

interface VersionComparisonProps {
  readonly connectorId: string;
  readonly versions: readonly ConnectorVersion[];
  readonly from: number;
  readonly to: number;
  onFrom(version: number): void;
  onTo(version: number): void;
}

/** Two versions side by side: what changed, how much it matters, and whose flows it would break. */
export function VersionComparison({ connectorId, versions, from, to, onFrom, onTo }: VersionComparisonProps) {
  const styles = useStyles();
  const query = useVersionDiff(connectorId, from, to);
  return (
    <Card title="Compare">
      <div className={styles.bar}>
        <VersionChoice label="From" versions={versions} value={from} onChange={onFrom} />
        <VersionChoice label="To" versions={versions} value={to} onChange={onTo} />
      </div>
      {from === to ? (
        <Text>Choose two different versions.</Text>
      ) : (
        <QueryView query={query} what="differences">
          {({ changes, affected }) => (
            <>
              <Changes changes={changes} />
              <AffectedFlows affected={affected} />
            </>
          )}
        </QueryView>
      )}
      {query.data && <ErrorNotice error={query.error} />}
    </Card>
  );
}

interface VersionChoiceProps {
  readonly label: string;
  readonly versions: readonly ConnectorVersion[];
  readonly value: number;
  onChange(version: number): void;
}

function VersionChoice({ label, versions, value, onChange }: VersionChoiceProps) {
  const styles = useStyles();
  return (
    <Field label={label}>
      <Dropdown
        className={styles.choice}
        value={`Version ${value}`}
        selectedOptions={[String(value)]}
        onOptionSelect={(_, data) => onChange(Number(data.optionValue))}
      >
        {versions.map(({ version, note }) => (
          <Option key={version} value={String(version)} text={`Version ${version}`}>
            {note === undefined ? `Version ${version}` : `Version ${version}: ${note.slice(0, 60)}`}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

function Changes({ changes }: { changes: readonly ConnectorChange[] }) {
  const styles = useStyles();
  if (changes.length === 0) return <Text>Nothing that a caller would notice has changed.</Text>;
  const sorted = CLASSES.flatMap((name) => changes.filter((change) => change.class === name));
  return (
    <>
      <Text weight="semibold" role="status">
        {describe(changes)}
      </Text>
      <ul className={styles.list} aria-label="Changes">
        {sorted.map((change) => (
          <li key={`${change.code} ${change.pointer} ${change.message}`} className={styles.change}>
            <Badge appearance="tint" color={COLORS[change.class]} className={styles.badge}>
              {NAMES[change.class]}
            </Badge>
            <span className={styles.words}>
              {change.message}
              <span className={styles.place}>{change.pointer}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function describe(changes: readonly ConnectorChange[]): string {
  const counts = CLASSES.flatMap((name) => {
    const count = changes.filter((change) => change.class === name).length;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return `${formatCount(changes.length, 'change')}: ${counts.join(', ')}`;
}

function AffectedFlows({ affected }: { affected: readonly AffectedAction[] }) {
  const styles = useStyles();
  if (affected.length === 0) return null;
  return (
    <section aria-label="Flows that would break">
      <Text weight="semibold" block>
        {formatCount(affected.length, 'action')} of flows would break
      </Text>
      <ul className={styles.list}>
        {affected.map(({ flowId, flow, action, message, pointer }) => (
          <li key={`${flowId} ${pointer} ${message}`} className={styles.words}>
            <PageLink to="/flows/$flowId" params={{ flowId }} search={{ tab: 'definition' }} inline>
              {flow}
            </PageLink>
            , {action}: {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
