import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { TimeAgo } from '../components/TimeAgo.tsx';
import type { DraftEditing } from './use-draft.ts';

/** Somebody else wrote into the draft meanwhile: one of the two has to be chosen, and either can be had back. */
export function ConflictDialog({ editing }: { editing: DraftEditing }) {
  const { conflict } = editing;
  if (conflict === undefined) return null;
  const who = conflict.updatedBy ?? 'Somebody else';
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Changed in two places</DialogTitle>
          <DialogContent>
            {who} changed this draft <TimeAgo instant={conflict.updatedAt} />, in another window or on another
            computer. Choose what to go on with. With theirs, Undo brings yours back.
          </DialogContent>
          <DialogActions>
            <Button onClick={editing.takeTheirs}>Take theirs</Button>
            <Button appearance="primary" onClick={editing.keepMine}>
              Keep mine
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
