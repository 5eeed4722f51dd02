import {
  Checkbox,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Subtitle2,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ConnectorDraft } from '../../api/index.ts';
import { ApiError } from '../../client/index.ts';
import type { DraftProblem } from '../../connector/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnectorDraftDiff, usePublishConnectorDraft } from '../data/connector-drafts.ts';
import { formatCount } from '../format/count.ts';
import { AffectedFlows, ChangeList } from './ChangeList.tsx';
import { BrokenTextNotice } from './document/BrokenTextNotice.tsx';
import type { BrokenText } from './document/document-session.ts';
import { ProblemSummary } from './ProblemSummary.tsx';
import type { DraftEditing } from './use-draft.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  note: { color: tokens.colorNeutralForeground2 },
});

interface PublishDialogProps {
  readonly draft: ConnectorDraft;
  readonly editing: DraftEditing;
  readonly problems: readonly DraftProblem[];
  readonly broken: BrokenText | undefined;
  onClose(): void;
}

/** Shows what saving changes and for whom, then makes the connector or its next version. */
export function PublishDialog({ draft, editing, problems, broken, onClose }: PublishDialogProps) {
  const [note, setNote] = useState('');
  const [isForced, setForced] = useState(false);
  const isNew = draft.connectorId === undefined;
  const isSaved = editing.status === 'saved';
  const diff = useConnectorDraftDiff(draft.id, draft.revision, !isNew && isSaved);
  const publish = usePublish(draft, editing);
  const latest = diff.data?.latestVersion;
  const isOutdated =
    (latest !== undefined && latest !== draft.baseVersion) ||
    (publish.error instanceof ApiError && publish.error.code === 'DRAFT_OUTDATED');
  const isReady = isSaved && (isNew || diff.data !== undefined) && (!isOutdated || isForced);
  return (
    <FormDialog
      open
      wide
      title={isNew ? `Create “${draft.title}”` : `Save ${draft.title} as a new version`}
      action={isNew ? 'Create connector' : 'Save version'}
      busy={publish.isPending}
      disabled={!isReady}
      error={isOutdated ? undefined : publish.error}
      onSubmit={() => publish.run({ note: note.trim() || undefined, force: isForced || undefined })}
      onClose={onClose}
    >
      {!isSaved && <Waiting editing={editing} />}
      {broken && (
        <BrokenTextNotice draftId={draft.id} step="general" broken={broken} onLeave={onClose}>
          Saved now, the connector is as it was before, and the text is given up.
        </BrokenTextNotice>
      )}
      <ProblemSummary draftId={draft.id} problems={problems} onLeave={onClose} />
      {isOutdated && <Outdated draft={draft} latest={latest} isForced={isForced} onForce={setForced} />}
      {!isNew && isSaved && (
        <QueryView query={diff} what="changes" loading={<Spinner label="Comparing with the saved version" />}>
          {({ changes, affected }) => <Changes changes={changes} affected={affected} />}
        </QueryView>
      )}
      <Field label="Note" hint="What is new in this version, for whoever looks at the list of versions.">
        <Textarea value={note} maxLength={1000} onChange={(_, data) => setNote(data.value)} />
      </Field>
    </FormDialog>
  );
}

function usePublish(draft: ConnectorDraft, editing: DraftEditing) {
  const publish = usePublishConnectorDraft(draft.id);
  const navigate = useNavigate();
  const notify = useNotify();
  const run = (body: { note?: string | undefined; force?: boolean | undefined }) =>
    publish.mutate(
      { ...body, revision: editing.revision },
      {
        onSuccess: ({ connector }) => {
          editing.forget();
          if (connector === undefined) return;
          notify.success(`${connector.title} is saved as version ${connector.latestVersion}.`);
          void navigate({ to: '/connectors/$connectorId', params: { connectorId: connector.id } });
        },
      },
    );
  return { run, isPending: publish.isPending, error: publish.error };
}

function Waiting({ editing }: { editing: DraftEditing }) {
  if (editing.status === 'saving') return <Spinner size="tiny" label="Keeping your last changes" />;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>Your last changes are not on the server yet. Close this, and try again.</MessageBarBody>
    </MessageBar>
  );
}

interface OutdatedProps {
  readonly draft: ConnectorDraft;
  readonly latest: number | undefined;
  readonly isForced: boolean;
  onForce(value: boolean): void;
}

function Outdated({ draft, latest, isForced, onForce }: OutdatedProps) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          Somebody saved {latest ? `version ${latest}` : 'another version'} meanwhile.
        </MessageBarTitle>{' '}
        This draft was made from version {draft.baseVersion}. Saved now, it takes back what the newer version
        changed; that version stays in the list.
        <br />
        <Checkbox
          label="Save this draft over it"
          checked={isForced}
          onChange={(_, data) => onForce(data.checked === true)}
        />
      </MessageBarBody>
    </MessageBar>
  );
}

type Comparison = NonNullable<ReturnType<typeof useConnectorDraftDiff>['data']>;

function Changes({ changes, affected }: Pick<Comparison, 'changes' | 'affected'>) {
  const styles = useStyles();
  if (changes.length === 0)
    return <Text className={styles.note}>Nothing that a flow would notice has changed.</Text>;
  const flows = new Set(affected.map(({ flowId }) => flowId)).size;
  return (
    <>
      {flows > 0 && (
        <div className={styles.part}>
          <Subtitle2 as="h3">{formatCount(flows, 'flow')} would break when moved to this version</Subtitle2>
          <AffectedFlows affected={affected} />
        </div>
      )}
      <div className={styles.part}>
        <Subtitle2 as="h3">{formatCount(changes.length, 'change')}</Subtitle2>
        <ChangeList changes={changes} />
      </div>
    </>
  );
}
