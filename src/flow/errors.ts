import { createErrorClass } from '../base/index.ts';

export const FLOW_ERRORS = {
  FLOW_INVALID: {
    status: 400,
    title: 'The flow definition cannot be run as it stands.',
    fix: 'Mend the places that are named and save the flow again.',
  },
  FLOW_NOT_A_DEFINITION: {
    status: 400,
    title: 'The document is not a Workflow Definition Language definition.',
    fix: 'Give a definition with "triggers" and "actions", or a package that holds one under properties.definition.',
  },
} as const;

export const FlowError = createErrorClass('FlowError', FLOW_ERRORS);
