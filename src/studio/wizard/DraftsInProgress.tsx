import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useState } from 'react';
import type { ConnectorDraftSummary } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { ButtonLink } from '../components/links.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnectorDrafts, useDiscardConnectorDraft } from '../data/connector-drafts.ts';
import { removeLocalCopy } from './local-copy.ts';

const useStyles = makeStyles({
  root: { marginBottom: tokens.spacingVerticalXL },
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  item: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  words: { flexGrow: 1, flexBasis: '200px', minWidth: 0, overflowWrap: 'anywhere' },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
});

/** Connectors that somebody began to make or to change, to go on with. Nothing when there are none. */
export function DraftsInProgress() {
  const styles = useStyles();
  const { data } = useConnectorDrafts();
  const [discarding, setDiscarding] = useState<ConnectorDraftSummary>();
  const drafts = data?.value ?? [];
  if (drafts.length === 0) return null;
  return (
    <section className={styles.root} aria-label="In progress">
      <Subtitle2 as="h2">In progress</Subtitle2>
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.item}>
            <div className={styles.words}>
              <Text weight="semibold">{draft.title}</Text>
              <Text size={200} className={styles.note}>
                {draft.connectorId === undefined
                  ? 'New connector'
                  : `Changes to version ${draft.baseVersion}`}
                {' · '}
                <TimeAgo instant={draft.updatedAt} />
                {draft.updatedBy && ` by ${draft.updatedBy}`}
              </Text>
            </div>
            <ButtonLink
              to="/connectors/drafts/$draftId"
              params={{ draftId: draft.id }}
              icon={<EditRegular />}
              aria-label={`Continue with ${draft.title}`}
            >
              Continue
            </ButtonLink>
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={`Discard ${draft.title}`}
              onClick={() => setDiscarding(draft)}
            />
          </li>
        ))}
      </ul>
      {discarding && <DiscardDialog draft={discarding} onClose={() => setDiscarding(undefined)} />}
    </section>
  );
}

function DiscardDialog({ draft, onClose }: { draft: ConnectorDraftSummary; onClose: () => void }) {
  const discard = useDiscardConnectorDraft();
  const done = () => {
    removeLocalCopy(draft.id);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title={`Discard “${draft.title}”?`}
      action="Discard"
      busy={discard.isPending}
      error={discard.error}
      onConfirm={() => discard.mutate(draft.id, { onSuccess: done })}
      onClose={onClose}
    >
      {draft.connectorId === undefined
        ? 'The connector was never saved. All that was entered is lost.'
        : 'The connector stays as it is. What was changed in the draft is lost.'}
    </ConfirmDialog>
  );
}
