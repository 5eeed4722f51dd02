import type { ConnectorDraft } from '../../api/index.ts';
import type { ConnectorDefinition, DraftProblem } from '../../connector/index.ts';
import type { WizardAddress } from './address/use-address.ts';

/** What every step of the wizard works with. */
export interface StepProps {
  /** As it was opened; `definition` is what it is now. */
  readonly draft: ConnectorDraft;
  readonly definition: ConnectorDefinition;
  /** Of all steps. */
  readonly problems: readonly DraftProblem[];
  /** What of the step is looked at. */
  readonly address: WizardAddress;
  /** @param label what is undone by it, in a few words: "Rename" */
  onChange(next: ConnectorDefinition, label: string): void;
  /** Resolves when the server has what is on the screen. */
  flush(): Promise<void>;
  /** Begins to save the draft as a version. */
  publish(): void;
}
