import { Button, makeStyles, Spinner, Text, Tooltip, tokens } from '@fluentui/react-components';
import { ArrowRedoRegular } from '@fluentui/react-icons/svg/arrow-redo';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ConnectorDraft } from '../../api/index.ts';
import { describeError } from '../../base/index.ts';
import type { DraftProblem } from '../../connector/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { useDiscardConnectorDraft } from '../data/connector-drafts.ts';
import type { BrokenText } from './document/document-session.ts';
import { PublishDialog } from './PublishDialog.tsx';
import type { DraftEditing } from './use-draft.ts';

const useStyles = makeStyles({
  status: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    minWidth: '72px',
  },
  failed: { color: tokens.colorStatusDangerForeground1 },
});

interface DraftActionsProps {
  readonly draft: ConnectorDraft;
  readonly editing: DraftEditing;
  readonly problems: readonly DraftProblem[];
  /** The text that cannot be read, if there is one. */
  readonly broken: BrokenText | undefined;
  readonly isPublishing: boolean;
  onPublish(isPublishing: boolean): void;
}

/** Undo, redo, how the saving goes, and what becomes of the draft. */
export function DraftActions({
  draft,
  editing,
  problems,
  broken,
  isPublishing,
  onPublish,
}: DraftActionsProps) {
  const [discarding, setDiscarding] = useState(false);
  return (
    <>
      <SaveStatus editing={editing} />
      <HistoryButton
        verb="Undo"
        keys="Ctrl+Z"
        label={editing.undoLabel}
        icon={<ArrowUndoRegular />}
        onClick={editing.undo}
      />
      <HistoryButton
        verb="Redo"
        keys="Ctrl+Shift+Z"
        label={editing.redoLabel}
        icon={<ArrowRedoRegular />}
        onClick={editing.redo}
      />
      <PublishButton draft={draft} onPublish={onPublish} />
      <MoreMenu
        label="More for this draft"
        items={[
          {
            label: draft.connectorId === undefined ? 'Discard connector' : 'Discard changes',
            icon: <DeleteRegular />,
            onClick: () => setDiscarding(true),
          },
        ]}
      />
      {isPublishing && (
        <PublishDialog
          draft={draft}
          editing={editing}
          problems={problems}
          broken={broken}
          onClose={() => onPublish(false)}
        />
      )}
      {discarding && <DiscardDialog draft={draft} editing={editing} onClose={() => setDiscarding(false)} />}
    </>
  );
}

/** Makes the draft a connector, or the next version of one. */
export function PublishButton({ draft, onPublish }: Pick<DraftActionsProps, 'draft' | 'onPublish'>) {
  return (
    <Button appearance="primary" onClick={() => onPublish(true)}>
      {draft.connectorId === undefined ? 'Create connector' : 'Save version'}
    </Button>
  );
}

function SaveStatus({ editing }: { editing: DraftEditing }) {
  const styles = useStyles();
  const { status, error } = editing;
  if (status === 'failed') {
    return (
      <span className={`${styles.status} ${styles.failed}`} role="alert">
        <ErrorCircleFilled aria-hidden /> Not saved: {describeError(error)}
        <Button size="small" onClick={editing.retry}>
          Try again
        </Button>
      </span>
    );
  }
  return (
    <span className={styles.status} role="status">
      {status === 'saving' ? <Spinner size="extra-tiny" aria-hidden /> : <CheckmarkRegular aria-hidden />}
      <Text size={200}>{status === 'saved' ? 'Saved' : status === 'saving' ? 'Saving…' : 'Not saved'}</Text>
    </span>
  );
}

interface HistoryButtonProps {
  readonly verb: string;
  readonly keys: string;
  readonly label: string | undefined;
  readonly icon: React.ReactElement;
  onClick(): void;
}

function HistoryButton({ verb, keys, label, icon, onClick }: HistoryButtonProps) {
  const words = label === undefined ? `Nothing to ${verb.toLowerCase()}` : `${verb}: ${label}`;
  return (
    <Tooltip content={`${words} (${keys})`} relationship="description">
      <Button
        appearance="subtle"
        icon={icon}
        aria-label={words}
        disabledFocusable={label === undefined}
        onClick={onClick}
      />
    </Tooltip>
  );
}

function DiscardDialog({
  draft,
  editing,
  onClose,
}: Pick<DraftActionsProps, 'draft' | 'editing'> & { onClose(): void }) {
  const discard = useDiscardConnectorDraft();
  const navigate = useNavigate();
  const { connectorId } = draft;
  const leave = () => {
    editing.forget();
    void (connectorId === undefined
      ? navigate({ to: '/connectors' })
      : navigate({ to: '/connectors/$connectorId', params: { connectorId } }));
  };
  return (
    <ConfirmDialog
      open
      title={connectorId === undefined ? `Discard “${draft.title}”?` : 'Discard the changes?'}
      action="Discard"
      busy={discard.isPending}
      error={discard.error}
      onConfirm={() => discard.mutate(draft.id, { onSuccess: leave })}
      onClose={onClose}
    >
      {connectorId === undefined
        ? 'The connector was never saved. All that you entered is lost, and the connections that you made for it.'
        : `The connector stays as it is, at version ${draft.baseVersion} or later. What you changed here is lost.`}
    </ConfirmDialog>
  );
}
