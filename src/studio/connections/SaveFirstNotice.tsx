import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { ConnectorSignIn } from '../../api/index.ts';
import type { ConnectingDraft } from '../data/connections.ts';
import { useSignIns } from '../data/sign-ins.ts';

/**
 * Whether a way to sign in is only in a draft: people sign in by what is saved, so that nobody who may change a draft
 * leads them elsewhere. A connector that was never saved is what its draft says.
 */
export function useMustSave(
  connectorId: string,
  draft: ConnectingDraft | undefined,
  wanted: ConnectorSignIn | undefined,
): boolean {
  const isNext = draft !== undefined && draft.id !== connectorId && wanted !== undefined;
  const { data: saved } = useSignIns(connectorId, undefined, isNext);
  if (!isNext || saved === undefined) return false;
  return !saved.methods.some(
    ({ method, provider }) => method === wanted.method && provider === wanted.provider,
  );
}

/** Says why nobody can sign in this way yet, with the button that changes it. */
export function SaveFirstNotice({ method, onSave }: { method: string; onSave: () => void }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Save first, then sign in.</MessageBarTitle>
        People sign in by what is saved of a connector, and no saved version has {method} yet. Flows stay with
        the version that they use.
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onSave}>
          Save version
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
