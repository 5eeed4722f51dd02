import { Button, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { ImportReport } from '../../../api/index.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ProblemList } from '../../components/ProblemList.tsx';
import { Properties } from '../../components/Properties.tsx';
import { PHONE } from '../../components/styles.ts';
import { useScrollPadding } from '../../components/use-scroll-padding.ts';
import { describeAuthentication, describeFormat } from '../../connectors/describe.ts';
import { useConnector, useImportConnector, useUpdateConnector } from '../../data/connectors.ts';
import { formatCount } from '../../format/count.ts';
import { plainText, shorten } from '../../format/plain-text.ts';
import { OpenInWizard } from './OpenInWizard.tsx';
import { OperationPicker } from './OperationPicker.tsx';
import { PagingProposals } from './PagingProposals.tsx';
import { findNeeded } from './selection.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 },
  description: { overflowWrap: 'anywhere' },
  warnings: { maxHeight: '420px', overflow: 'auto' },
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
    // It would take a third of a small window.
    [PHONE]: { position: 'static', boxShadow: 'none' },
  },
  summary: { flex: '1 1 180px' },
});

interface ReviewProps {
  readonly importId: string;
  readonly report: ImportReport;
  readonly connectorId: string | undefined;
  onBack(): void;
}

/** What an import would make, with what can be chosen before it does. */
export function Review({ importId, report, connectorId, onBack }: ReviewProps) {
  const styles = useStyles();
  const { operations, needs, proposals, warnings } = report;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(operations.map(({ operationId }) => operationId)),
  );
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState('');
  const needed = useMemo(() => findNeeded(chosen, needs), [chosen, needs]);
  const taken = chosen.size + needed.size;
  const isTaken = (id: string) => chosen.has(id) || needed.has(id);
  const offered = proposals.filter(({ operationId }) => isTaken(operationId));
  const accepted = offered.filter(({ operationId }) => !declined.has(operationId));
  const choices = {
    importId,
    ...(taken < operations.length ? { operations: [...chosen] } : {}),
    ...(accepted.length > 0
      ? { paging: Object.fromEntries(accepted.map(({ operationId, paging }) => [operationId, paging])) }
      : {}),
  };
  const save = useSave(connectorId);
  const bar = useRef<HTMLDivElement>(null);
  useScrollPadding(bar);
  return (
    <div className={styles.root}>
      <Card title={report.title ?? 'Connector'}>
        {report.description && (
          <Text className={styles.description}>
            {shorten(plainText(report.description), MAX_DESCRIPTION)}
          </Text>
        )}
        <Properties
          items={[
            ['Format', describeFormat(report.format)],
            ['Base URL', report.baseUrl ?? 'None: the connection asks for it'],
            ['Authentication', report.auth.map(describeAuthentication).join(', ') || 'None'],
            ['Operations', describeKinds(report)],
          ]}
        />
      </Card>
      {warnings.length > 0 && (
        <Card
          title={formatCount(warnings.length, 'warning')}
          note="What was mended or has no effect. The connector can be made all the same."
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={styles.warnings} tabIndex={0} aria-label="Warnings">
            <ProblemList problems={warnings} severity="warning" />
          </section>
        </Card>
      )}
      <Card
        title="Operations"
        note="Take what you need: connectors of a few operations are easier to use. What only the others need is left out."
      >
        <OperationPicker operations={operations} needs={needs} chosen={chosen} onChange={setChosen} />
      </Card>
      <PagingProposals
        operations={operations}
        proposals={offered}
        declined={declined}
        onChange={setDeclined}
      />
      <ErrorNotice error={save.error} title="The connector could not be saved." />
      <div ref={bar} className={styles.bar}>
        <Text className={styles.summary} weight="semibold">
          {taken === 0 ? 'Choose at least one operation.' : formatCount(taken, 'operation')}
          {accepted.length > 0 && `, ${accepted.length} with paging`}
        </Text>
        {connectorId !== undefined && (
          <Input
            aria-label="Note for this version"
            placeholder="What is new in this version?"
            value={note}
            onChange={(_, data) => setNote(data.value)}
          />
        )}
        <Button onClick={onBack}>Back</Button>
        {connectorId === undefined && <OpenInWizard source={choices} disabled={taken === 0} />}
        <Button
          appearance="primary"
          disabledFocusable={taken === 0 || save.isPending || !save.isReady}
          icon={save.isPending ? <Spinner size="tiny" /> : undefined}
          onClick={() => save.run(choices, note)}
        >
          {connectorId === undefined ? 'Create connector' : 'Save version'}
        </Button>
      </div>
    </div>
  );
}

type Choices = Parameters<ReturnType<typeof useImportConnector>['mutate']>[0];

/** Makes the connector, or the next version of one, and goes there. */
function useSave(connectorId: string | undefined) {
  const navigate = useNavigate();
  const create = useImportConnector();
  const update = useUpdateConnector(connectorId ?? '');
  const { data: connector } = useConnector(connectorId);
  const show = (id: string | undefined, tab?: string) => {
    if (id === undefined) return;
    void navigate({
      to: '/connectors/$connectorId',
      params: { connectorId: id },
      search: tab ? { tab } : {},
    });
  };
  const run = (choices: Choices, note: string) => {
    if (connectorId === undefined) {
      create.mutate(choices, { onSuccess: ({ connector: made }) => show(made?.id) });
    } else if (connector) {
      const body = note.trim() === '' ? choices : { ...choices, note: note.trim() };
      update.mutate(
        { body, version: connector.latestVersion },
        { onSuccess: () => show(connectorId, 'versions') },
      );
    }
  };
  return {
    run,
    isReady: connectorId === undefined || connector !== undefined,
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
  };
}

const MAX_DESCRIPTION = 400;

function describeKinds({ operations }: ImportReport): string {
  const triggers = operations.filter(({ kind }) => kind === 'trigger').length;
  const actions = formatCount(operations.length - triggers, 'action');
  return triggers === 0 ? actions : `${actions}, ${formatCount(triggers, 'trigger')}`;
}
