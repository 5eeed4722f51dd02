import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Flow, FlowTrigger } from '../../api/index.ts';
import { stringifyJson } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { JsonField, readJsonText } from '../components/JsonField.tsx';
import { useRunFlow } from '../data/flows.ts';

/** Asks for the inputs of a run that is started by hand, starts it and goes to it. */
export function RunNowDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const [trigger] = flow.triggers;
  const [text, setText] = useState(() => proposeInputs(trigger));
  const run = useRunFlow(flow.id);
  const navigate = useNavigate();
  const inputs = readJsonText(text);
  const submit = () => {
    if (!inputs.ok) return;
    run.mutate(
      {
        ...(inputs.value === undefined ? {} : { inputs: inputs.value }),
        ...(trigger ? { triggerName: trigger.name } : {}),
      },
      { onSuccess: ({ runId }) => void navigate({ to: '/runs/$runId', params: { runId } }) },
    );
  };
  return (
    <FormDialog
      open
      title={`Run “${flow.name}”`}
      action="Run"
      busy={run.isPending}
      disabled={!inputs.ok}
      error={run.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <JsonField label="Inputs" hint={describeInputs(trigger)} text={text} rows={12} onChange={setText} />
    </FormDialog>
  );
}

function proposeInputs(trigger: FlowTrigger | undefined): string {
  return trigger?.inputSchema ? stringifyJson(makeSample(trigger.inputSchema), 2) : '';
}

function describeInputs(trigger: FlowTrigger | undefined): string {
  return trigger === undefined
    ? 'JSON, or nothing.'
    : `JSON that stands for what the trigger “${trigger.name.replaceAll('_', ' ')}” would bring (its body), or nothing.`;
}
