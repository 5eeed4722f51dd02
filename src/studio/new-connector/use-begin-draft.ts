import { useNavigate } from '@tanstack/react-router';
import type { NewConnectorDraft } from '../../api/index.ts';
import { useCreateConnectorDraft } from '../data/connector-drafts.ts';

/** Begins a draft, and opens it in the wizard. */
export function useBeginDraft() {
  const navigate = useNavigate();
  const { mutate, ...draft } = useCreateConnectorDraft();
  const begin = (source: NewConnectorDraft, onError?: (error: unknown) => void) =>
    mutate(source, {
      onSuccess: ({ id }) => void navigate({ to: '/connectors/drafts/$draftId', params: { draftId: id } }),
      ...(onError ? { onError } : {}),
    });
  return { ...draft, begin };
}
