/**
 * What a flow is: definitions are checked and compiled here, and a run is a state machine that decides and
 * touches nothing. `engine/` carries out what it decides.
 */
export { type AffectedAction, findAffectedActions, type UsingFlow } from './affected-actions.ts';
export {
  type ConnectionUse,
  checkFlow,
  type FlowCheck,
  type FlowCheckOptions,
  listConnectionUses,
} from './check-flow.ts';
export { type Compilation, compileFlow, compileFlowWithProblems } from './compile.ts';
export { nameFormInputs } from './compile-request.ts';
export { type FlowDocument, listFlowDocuments, readFlowDocument } from './document.ts';
export { parseDurationMs } from './duration.ts';
export { FLOW_ERRORS, FlowError } from './errors.ts';
export { locateProblems } from './locate-problems.ts';
export {
  advance,
  beginRun,
  cancelRun,
  hasWork,
  receiveCallback,
  settle,
  wake,
} from './machine/advance.ts';
export { takeEvents } from './machine/events.ts';
export { formatKey, parseKey } from './machine/keys.ts';
export { toRunResponse } from './machine/outcomes.ts';
export { restoreRun } from './machine/restore.ts';
export { planResubmission, type Resubmission } from './machine/resubmit.ts';
export { createRun, DEFAULT_RUN_LIMITS, type RunOptions } from './machine/run.ts';
export type {
  CallCommand,
  CallTraits,
  ChildCommand,
  Clock,
  CodeCommand,
  Command,
  FlowFailure,
  FlowInfo,
  Outcome,
  Run,
  RunEvent,
  RunLimits,
  RunResponse,
} from './machine/types.ts';
export { type ActionView, viewActions } from './machine/view.ts';
export { describeOccurrence, isSlidingWindow, readTriggerRecurrence } from './occurrence.ts';
export { FLOW_PROBLEMS } from './problems.ts';
export { nextOccurrence, type Recurrence } from './recurrence.ts';
export {
  type FlowTestCase,
  type FlowTestFile,
  judgeFlowTest,
  readFlowTest,
} from './testing/flow-test.ts';
export { FLOW_TEST_SCHEMA } from './testing/flow-test-schema.ts';
export { type FlowTestInput, type FlowTestResult, testFlow, testFlowWithCode } from './testing/test-flow.ts';
export { type FlowWalk, walkFlow } from './testing/walk/walk-flow.ts';
export { evaluateTriggerInputs, type Firing, type FiringInput, fireTrigger } from './trigger.ts';
export type {
  ActionStatus,
  CallTarget,
  CompiledAction,
  CompiledFlow,
  CompiledTrigger,
  FlowDefinition,
  RunStatus,
  SettledStatus,
  TriggerConcurrency,
  TriggerMode,
} from './types.ts';
export { planRenewal, readExpiry } from './webhook-expiry.ts';
