import type { ConnectorDraft } from '../../api/index.ts';
import type { ConnectorDefinition } from '../../connector/index.ts';
import { createDraftState, type DraftState, reduceDraft } from './draft-state.ts';
import { type LocalCopy, printDefinition } from './local-copy.ts';

/**
 * A draft as the server has it, with what the browser kept of it: changes that never reached the server go on from
 * where they were. A newer revision is somebody else's, unless it is what was being sent when the copy was made.
 */
export function openDraft(draft: ConnectorDraft, copy: LocalCopy | undefined): DraftState {
  const definition = draft.definition as ConnectorDefinition;
  const opened = createDraftState(definition, draft.revision);
  if (copy === undefined || printDefinition(copy.definition) === printDefinition(definition)) return opened;
  const label = 'Changes kept in this browser';
  const changed = reduceDraft(opened, { type: 'change', definition: copy.definition, label, at: 0 });
  const { revision, updatedBy, updatedAt } = draft;
  if (copy.revision >= revision || copy.sent === printDefinition(definition)) return changed;
  return reduceDraft(changed, { type: 'conflict', foreign: { revision, definition, updatedBy, updatedAt } });
}
