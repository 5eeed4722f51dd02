import { Button } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Flow, FlowTrigger } from '../../api/index.ts';
import { stringifyJson } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { JsonField, readJsonText } from '../components/JsonField.tsx';
import { useRunFlow } from '../data/flows.ts';

/** Starts a run by hand, with inputs, and goes to it. */
export function RunNowButton({ flow }: { flow: Flow }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button appearance="primary" icon={<PlayRegular />} onClick={() => setOpen(true)}>
        Run now
      </Button>
      {open && <RunNowDialog flow={flow} onClose={() => setOpen(false)} />}
    </>
  );
}

function RunNowDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
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
