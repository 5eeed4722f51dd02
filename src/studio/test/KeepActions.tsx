import { Button } from '@fluentui/react-components';
import { BookmarkRegular } from '@fluentui/react-icons/svg/bookmark';
import { CheckmarkStarburstRegular } from '@fluentui/react-icons/svg/checkmark-starburst';
import { useState } from 'react';
import type { OperationDetail, OperationTest } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import type { DefinitionEdit } from '../../connector/index.ts';
import { SaveCheckDialog } from './SaveCheckDialog.tsx';
import { SaveExampleDialog } from './SaveExampleDialog.tsx';

interface KeepActionsProps {
  readonly connectorId: string;
  readonly connectionId: string;
  readonly operation: OperationDetail;
  readonly answer: NonNullable<OperationTest['answer']>;
  /** What was sent, which may not be what stands in the form now. */
  readonly inputs: JsonObject;
  readonly isBusy: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** What can be kept of a test: a check that is run again, an example in the definition. */
export function KeepActions(props: KeepActionsProps) {
  const { connectorId, connectionId, operation, answer, inputs, isBusy, onEdit } = props;
  const { operationId, summary } = operation;
  const [dialog, setDialog] = useState<'check' | 'example'>();
  const close = () => setDialog(undefined);
  return (
    <>
      <Button icon={<CheckmarkStarburstRegular />} onClick={() => setDialog('check')}>
        Keep as a check
      </Button>
      {!answer.truncated && answer.body !== null && (
        <Button icon={<BookmarkRegular />} disabledFocusable={isBusy} onClick={() => setDialog('example')}>
          Save as example
        </Button>
      )}
      {dialog === 'check' && (
        <SaveCheckDialog
          connectorId={connectorId}
          check={{ connectionId, operationId, inputs }}
          name={summary}
          statusCode={answer.statusCode}
          onClose={close}
        />
      )}
      {dialog === 'example' && (
        <SaveExampleDialog
          operationId={operationId}
          summary={summary}
          answer={answer}
          inputs={inputs}
          onSave={onEdit}
          onClose={close}
        />
      )}
    </>
  );
}
