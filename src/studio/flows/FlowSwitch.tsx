import { Switch } from '@fluentui/react-components';
import type { FlowSummary } from '../../api/index.ts';
import { useNotify } from '../components/notifications.tsx';
import { usePatchFlow } from '../data/flows.ts';

/** Turns a flow on or off. A flow with mistakes stays off, and the message says why. */
export function FlowSwitch({ flow }: { flow: Pick<FlowSummary, 'id' | 'name' | 'state'> }) {
  const patch = usePatchFlow();
  const notify = useNotify();
  const isOn = patch.isPending ? patch.variables.state === 'on' : flow.state === 'on';
  return (
    <Switch
      checked={isOn}
      disabled={patch.isPending}
      label={isOn ? 'On' : 'Off'}
      aria-label={`${flow.name} is ${isOn ? 'on' : 'off'}`}
      onChange={(_, { checked }) =>
        patch.mutate(
          { id: flow.id, state: checked ? 'on' : 'off' },
          { onError: (error) => notify.error(`“${flow.name}” stays ${checked ? 'off' : 'on'}.`, error) },
        )
      }
    />
  );
}
