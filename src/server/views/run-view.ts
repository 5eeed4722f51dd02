import type { Run, RunAction, RunDetail, RunTrigger, RunStatus as ViewStatus } from '../../api/index.ts';
import type { RunView } from '../../engine/index.ts';
import type { RunRow } from '../../store/index.ts';

export function viewRun(run: RunRow): Run {
  const { id, flowId, flowName, flowVersion, triggerName, status, error, origin, startedAt, endedAt } = run;
  return {
    id,
    flowId,
    flowName,
    flowVersion,
    status: status as ViewStatus,
    triggerName,
    error,
    origin,
    startedAt: formatInstant(startedAt),
    endedAt: endedAt === undefined ? undefined : formatInstant(endedAt),
  };
}

export function viewRunDetail(view: RunView): RunDetail {
  return { ...viewRun(view.run), trigger: viewTrigger(view), actions: view.actions.map(viewAction) };
}

export function viewTrigger({ trigger }: RunView): RunTrigger {
  const { name, type, outputs } = trigger;
  return { name, type, outputs };
}

export function viewAction(action: RunView['actions'][number]): RunAction {
  const { startedAt, endedAt, ...rest } = action;
  return {
    ...rest,
    startedAt: startedAt === undefined ? undefined : formatInstant(startedAt),
    endedAt: endedAt === undefined ? undefined : formatInstant(endedAt),
  };
}

function formatInstant(at: number): string {
  return new Date(at).toISOString();
}
