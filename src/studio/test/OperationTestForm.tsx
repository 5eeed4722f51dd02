import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useRef, useState } from 'react';
import type { Connection, OperationDetail } from '../../api/index.ts';
import type { Cause, DefinitionEdit } from '../../connector/index.ts';
import { Card } from '../components/Card.tsx';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { EditConnectionDialog } from '../connections/EditConnectionDialog.tsx';
import { SignInDialog } from '../connections/SignInDialog.tsx';
import { useSignIn } from '../connections/use-sign-in.ts';
import type { ConnectingDraft } from '../data/connections.ts';
import { useKeptInputs, useTestedOperation, useTestOperation } from '../data/operation-tests.ts';
import { useAllowedHosts, useUpdateAllowedHosts } from '../data/settings.ts';
import { OperationForm } from '../operation-form/OperationForm.tsx';
import { prefill } from '../operation-form/prefill.ts';
import { nameState } from '../operation-form/queries.ts';
import { CauseList } from './CauseList.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import { KeepActions } from './KeepActions.tsx';
import { TestResult } from './TestResult.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

interface OperationTestFormProps {
  readonly connectorId: string;
  readonly version: number;
  readonly draft?: ConnectingDraft;
  readonly operationId: string;
  readonly connection: Connection;
  readonly isEditing: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** The inputs of one operation, the button that calls it, and what came of it. */
export function OperationTestForm(props: OperationTestFormProps) {
  const { connectorId, operationId, version, draft } = props;
  const query = useTestedOperation(connectorId, operationId, version, draft);
  return (
    <QueryView query={query} what="operation">
      {(operation) => <LoadedForm {...props} operation={operation} />}
    </QueryView>
  );
}

function LoadedForm({
  connectorId,
  version,
  draft,
  operationId,
  connection,
  operation,
  isEditing,
  onEdit,
}: OperationTestFormProps & { readonly operation: OperationDetail }) {
  const styles = useStyles();
  const [inputs, setInputs] = useKeptInputs(connectorId, operationId, () => prefill(operation));
  const [isReadable, setReadable] = useState(true);
  const [isTried, setTried] = useState(false);
  const [filled, setFilled] = useState(0);
  const [dialog, setDialog] = useState<'confirm' | 'connection' | 'sign-in'>();
  const form = useRef<HTMLDivElement>(null);
  const test = useTestOperation(connectorId, operationId, draft?.flush);
  const allow = useAllowHost();
  const target = { connectorId, connectionId: connection.id, operationId, version, ...(draft && { draft }) };
  const signIn = useSignIn();
  const startSignIn = () => {
    signIn.open();
    setDialog('sign-in');
    void signIn.begin(connection.id);
  };
  const run = (confirm?: boolean) => {
    setDialog(undefined);
    setTried(true);
    test.mutate({
      connectionId: connection.id,
      parameters: inputs,
      ...nameState(target),
      ...(confirm === undefined ? {} : { confirm }),
    });
  };
  const fix = (proposal: NonNullable<Cause['fix']>) => {
    if (proposal.kind === 'definition') onEdit(proposal.edit, proposal.label);
    else if (proposal.kind === 'allow-host') allow(proposal.host);
    else if (proposal.kind === 'input') focusField(form.current, proposal.parameter);
    else if (proposal.kind === 'sign-in') startSignIn();
    else setDialog('connection');
  };
  const result = test.data;
  return (
    <>
      <Card title="Inputs">
        <div ref={form}>
          <OperationForm
            key={filled}
            operation={operation}
            target={target}
            inputs={inputs}
            isTried={isTried}
            onChange={(next) => {
              setReadable(next !== undefined);
              if (next !== undefined) setInputs(next);
            }}
          />
        </div>
        <div className={styles.bar}>
          <Button
            appearance="primary"
            icon={test.isPending ? <Spinner size="tiny" /> : <PlayRegular />}
            disabledFocusable={test.isPending || !isReadable}
            onClick={() => (operation.requiresConfirmation ? setDialog('confirm') : run())}
          >
            {test.isPending ? 'Running' : 'Run the test'}
          </Button>
          <Button
            onClick={() => {
              setInputs(operation.sample);
              setReadable(true);
              setFilled(filled + 1);
            }}
          >
            Fill with a sample
          </Button>
          {result?.answer && (
            <KeepActions
              connectorId={connectorId}
              connectionId={connection.id}
              operation={operation}
              answer={result.answer}
              inputs={test.variables?.parameters ?? inputs}
              isBusy={isEditing}
              onEdit={onEdit}
            />
          )}
        </div>
        <ErrorNotice error={test.error} />
      </Card>
      {result && result.causes.length > 0 && !(result.ok && result.differences.length > 0) && (
        <CauseList causes={result.causes} isBusy={isEditing} onFix={fix} />
      )}
      {result && result.differences.length > 0 && (
        <DifferenceList
          key={`differences ${result.id}`}
          differences={result.differences}
          isBusy={isEditing}
          isFailure={!result.ok}
          isKept={draft !== undefined}
          onEdit={onEdit}
        />
      )}
      {result && <TestResult key={result.id} test={result} />}
      <ConfirmDialog
        open={dialog === 'confirm'}
        title={`${operation.summary}?`}
        action="Call"
        busy={false}
        onConfirm={() => run(true)}
        onClose={() => setDialog(undefined)}
      >
        The connector asks that a person agrees before this is called: it may change or delete something.
      </ConfirmDialog>
      {dialog === 'sign-in' && (
        <SignInDialog
          connection={connection}
          draft={draft}
          signIn={signIn}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'connection' && (
        <EditConnectionDialog connection={connection} draft={draft} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}

/** Adds a host to those that may be called although their address is private. */
function useAllowHost(): (host: string) => void {
  const { data } = useAllowedHosts();
  const update = useUpdateAllowedHosts();
  const notify = useNotify();
  return (host) =>
    update.mutate(
      { hosts: [...(data?.hosts ?? []), host] },
      {
        onSuccess: () => notify.success(`${host} may be called now. Run the test again.`),
        onError: (error) => notify.error('Only an administrator can allow a host.', error),
      },
    );
}

/** Brings the field of an input into view; its label holds its name more often than not. */
function focusField(form: HTMLDivElement | null, parameter: string): void {
  const words = parameter.replaceAll(/[_-]+/g, ' ').toLowerCase();
  const labels = [...(form?.querySelectorAll('label') ?? [])];
  const label = labels.find(({ textContent }) =>
    [parameter.toLowerCase(), words].some((name) => textContent?.toLowerCase().includes(name)),
  );
  const field = label?.htmlFor ? document.getElementById(label.htmlFor) : undefined;
  const target = field ?? form?.querySelector<HTMLElement>('input, textarea, [role="combobox"]');
  target?.scrollIntoView({ block: 'center' });
  target?.focus();
}
