import { createErrorClass } from '../base/index.ts';

export const ENGINE_ERRORS = {
  ENGINE_FLOW_NOT_FOUND: { status: 404, title: 'There is no such flow.' },
  ENGINE_FLOW_OFF: { status: 409, title: 'The flow is turned off.', fix: 'Turn the flow on and try again.' },
  ENGINE_TRIGGER_NOT_FOUND: { status: 404, title: 'The flow has no such trigger.' },
  ENGINE_TRIGGER_FAILED: {
    status: 400,
    title: 'The trigger could not be evaluated.',
    fix: 'Look at the trigger’s splitOn and conditions.',
  },
  ENGINE_TRIGGER_METHOD: {
    status: 405,
    title: 'The trigger takes another method.',
    fix: 'Call it with the method that its definition names.',
  },
  ENGINE_TRIGGER_PATH: {
    status: 404,
    title: 'The trigger has no such path.',
    fix: 'Call it with the relative path that its definition names.',
  },
  ENGINE_INPUTS_INVALID: {
    status: 400,
    title: 'The body does not fit the schema of the trigger.',
    fix: 'Correct what the message names.',
  },
  ENGINE_TOO_MANY_RUNS: {
    status: 429,
    title: 'The trigger has as many runs as it may have, and as many waiting.',
    fix: 'Wait for some of them to end, or raise the limits in the settings of the trigger.',
  },
  ENGINE_WEBHOOK_GONE: { status: 410, title: 'Nobody listens to these calls any more.' },
  ENGINE_CALLBACK_NOT_FOUND: { status: 404, title: 'There is no such callback URL.' },
  ENGINE_CALLBACK_ANSWERED: { status: 409, title: 'The callback URL has been called already.' },
  ENGINE_CALLBACK_OVER: { status: 410, title: 'The action that waited for this call has ended.' },
  ENGINE_RUN_NOT_FOUND: { status: 404, title: 'There is no such run.' },
  ENGINE_RUN_ENDED: { status: 409, title: 'The run has already ended.' },
  ENGINE_ACTION_NOT_RESUBMITTABLE: {
    status: 409,
    title: 'The run cannot be repeated from this action.',
    fix: 'Choose an action that ran, outside of loops, or repeat the whole run.',
  },
  ENGINE_RUN_ELSEWHERE: {
    status: 409,
    title: 'Another node carries out the run.',
    fix: 'Try again in a moment; the other node has been told.',
  },
  ENGINE_STOPPING: { status: 503, title: 'The server is stopping.', fix: 'Try again in a moment.' },
} as const;

export const EngineError = createErrorClass('EngineError', ENGINE_ERRORS);
