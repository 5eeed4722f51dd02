import { type Static, Type } from 'typebox';
import { Id, Instant, JsonValue, nameSchema, Version } from './common.ts';

export const RunStatus = Type.Union([
  Type.Literal('Running'),
  Type.Literal('Waiting'),
  Type.Literal('Succeeded'),
  Type.Literal('Failed'),
  Type.Literal('Cancelled'),
  Type.Literal('TimedOut'),
]);
export type RunStatus = Static<typeof RunStatus>;

export const ActionStatus = Type.Union([...RunStatus.anyOf, Type.Literal('Skipped')]);
export type ActionStatus = Static<typeof ActionStatus>;

const RunError = Type.Object({
  code: Type.Optional(Type.String()),
  message: Type.String(),
  fix: Type.Optional(Type.String()),
});

const runProperties = {
  id: Id,
  flowId: Id,
  flowName: Type.String(),
  flowVersion: Version,
  status: RunStatus,
  triggerName: Type.Optional(Type.String({ description: 'Absent for a run that was started by hand.' })),
  error: Type.Optional(RunError),
  startedAt: Instant,
  endedAt: Type.Optional(Instant),
  origin: Type.Optional(
    Type.Object(
      { runId: Id, action: Type.Optional(Type.String({ description: 'Absent: from the trigger.' })) },
      { description: 'The run that this one repeats, and the action it began at.' },
    ),
  ),
};

/** A run as lists show it. */
export const Run = nameSchema('Run', Type.Object(runProperties));
export type Run = Static<typeof Run>;

export const RunAction = nameSchema(
  'RunAction',
  Type.Object({
    key: Type.String({ description: 'Its place: `For_each[3]/Create_Label`.' }),
    name: Type.String({ description: "The action's name in the definition." }),
    type: Type.String(),
    status: ActionStatus,
    code: Type.Optional(Type.String({ description: 'Of the outcome: `OK`, `NotFound`, `ActionSkipped` …' })),
    inputs: Type.Optional(JsonValue),
    outputs: Type.Optional(JsonValue),
    error: Type.Optional(RunError),
    attempts: Type.Integer({ minimum: 0 }),
    startedAt: Type.Optional(Instant),
    endedAt: Type.Optional(Instant),
  }),
);
/** One execution of an action. Actions that have not begun are not there. */
export type RunAction = Static<typeof RunAction>;

export const RunTrigger = nameSchema(
  'RunTrigger',
  Type.Object({
    name: Type.String(),
    type: Type.Optional(Type.String()),
    inputs: Type.Optional(JsonValue),
    outputs: Type.Optional(JsonValue),
  }),
);
export type RunTrigger = Static<typeof RunTrigger>;

/** A run with everything that happened in it. Actions stand in the order in which they began. */
export const RunDetail = nameSchema(
  'RunDetail',
  Type.Object({
    ...runProperties,
    trigger: Type.Optional(RunTrigger),
    actions: Type.Array(RunAction),
  }),
);
export type RunDetail = Static<typeof RunDetail>;

/**
 * The data of an event of a run's stream. The first event holds all actions; each later one holds those that
 * changed since, by key. The stream ends after the event whose run has ended.
 */
export const RunUpdate = nameSchema(
  'RunUpdate',
  Type.Object({ run: Run, trigger: Type.Optional(RunTrigger), actions: Type.Array(RunAction) }),
);
export type RunUpdate = Static<typeof RunUpdate>;

/** Whether nothing more will happen in a run of this status. */
export function isEndedStatus(status: ActionStatus): boolean {
  return status !== 'Running' && status !== 'Waiting';
}
