import type { FlowTrigger } from '../../api/index.ts';

/** When a flow starts, in a few words. */
export function describeTriggers(triggers: readonly FlowTrigger[]): string {
  return triggers.length === 0 ? 'By hand only' : triggers.map(describeTrigger).join(', or ');
}

function describeTrigger({ name, type }: FlowTrigger): string {
  switch (type.toLowerCase()) {
    case 'request':
      return 'When its URL is called';
    case 'recurrence':
      return 'On a schedule';
    default:
      return name.replaceAll('_', ' ');
  }
}

/** The trigger that a URL starts, if there is one. */
export function findRequestTrigger(triggers: readonly FlowTrigger[]): FlowTrigger | undefined {
  return triggers.find((trigger) => trigger.type.toLowerCase() === 'request');
}
