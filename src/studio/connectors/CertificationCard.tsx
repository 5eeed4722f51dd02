import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CertificationFinding, Connector } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useCertification, useFixCertification } from '../data/certification.ts';
import { formatCount } from '../format/count.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  rule: {
    display: 'grid',
    gridTemplateColumns: '76px 1fr auto',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
  },
  note: { color: tokens.colorNeutralForeground2 },
  place: { overflowWrap: 'anywhere' },
});

const COLORS = { error: 'danger', warning: 'warning', hint: 'informative' } as const;
const NAMES = { error: 'Error', warning: 'Warning', hint: 'Hint' } as const;

/** What stands between a connector and its publication for everybody, a line for each rule. */
export function CertificationCard({ connector }: { connector: Connector }) {
  const query = useCertification(connector.id, connector.latestVersion);
  const findings = query.data?.value ?? [];
  const fix = useFix(connector);
  return (
    <Card
      title="Certification"
      note={`What is asked of connectors that are published for everybody. Yours works without it.${query.data ? ` ${describe(findings)}.` : ''}`}
      actions={
        findings.some((one) => one.fixable) && (
          <Button disabled={fix.isPending} onClick={() => fix.run()}>
            Fix all that can be fixed
          </Button>
        )
      }
    >
      <QueryView query={query} what="findings">
        {({ value }) => <RuleList findings={value} isPending={fix.isPending} onFix={fix.run} />}
      </QueryView>
    </Card>
  );
}

function useFix({ id, latestVersion }: Connector) {
  const fix = useFixCertification(id);
  const notify = useNotify();
  const run = (rule?: string) =>
    fix.mutate(rule === undefined ? { version: latestVersion } : { version: latestVersion, rule }, {
      onSuccess: ({ version, fixed }) =>
        notify.success(`${formatCount(fixed.length, 'finding')} fixed in version ${version}.`),
      onError: (error) => notify.error('The connector could not be fixed.', error),
    });
  return { run, isPending: fix.isPending };
}

interface RuleListProps {
  readonly findings: readonly CertificationFinding[];
  readonly isPending: boolean;
  readonly onFix: (rule: string) => void;
}

function RuleList({ findings, isPending, onFix }: RuleListProps) {
  const styles = useStyles();
  const groups = [...Map.groupBy(findings, (one) => one.rule)];
  if (groups.length === 0) return <Text>Nothing stands in the way.</Text>;
  return (
    <ul className={styles.list}>
      {groups.map(([rule, [first, ...more]]) =>
        first === undefined ? null : (
          <li key={rule} className={styles.rule}>
            <Badge appearance="tint" color={COLORS[first.severity]}>
              {NAMES[first.severity]}
            </Badge>
            <div>
              <Text block>{first.message}</Text>
              <Text size={200} className={styles.note}>
                {rule} <span className={styles.place}>{first.pointer}</span>
                {more.length > 0 && ` and ${formatCount(more.length, 'other place')}`}
              </Text>
            </div>
            {[first, ...more].some((one) => one.fixable) && (
              <Button
                size="small"
                disabled={isPending}
                aria-label={`Fix ${rule}`}
                onClick={() => onFix(rule)}
              >
                Fix
              </Button>
            )}
          </li>
        ),
      )}
    </ul>
  );
}

function describe(findings: readonly CertificationFinding[]): string {
  const count = (severity: CertificationFinding['severity']) =>
    findings.filter((one) => one.severity === severity).length;
  return [
    formatCount(count('error'), 'error'),
    formatCount(count('warning'), 'warning'),
    formatCount(count('hint'), 'hint'),
  ].join(', ');
}
