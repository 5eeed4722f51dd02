/** Everything a check of a flow can find, and what it means. The message of a problem names action and place. */
export const FLOW_PROBLEMS = {
  // Errors: the flow cannot be turned on.
  FLOW_SHAPE: '"triggers" or "actions" is not an object.',
  FLOW_TOO_DEEP: 'Actions are nested too deeply.',
  FLOW_ACTION: 'An action is not an object.',
  FLOW_ACTION_TYPE: 'An action has a type that does not exist.',
  FLOW_TRIGGER: 'A trigger is not an object.',
  FLOW_TRIGGER_TYPE: 'A trigger has a type that does not exist.',
  FLOW_PARAMETER: 'A parameter is not an object.',
  FLOW_DUPLICATE_NAME: 'Two actions have one name; names are unique in a flow.',
  FLOW_INPUT_MISSING: 'A required input of an action is missing.',
  FLOW_CONDITION: 'A condition object is not made of known operators.',
  FLOW_EXPRESSION: 'An expression cannot be read.',
  FLOW_RUN_AFTER: '"runAfter" is not an object.',
  FLOW_RUN_AFTER_UNKNOWN: '"runAfter" names an action that does not stand beside this one.',
  FLOW_RUN_AFTER_STATUS: '"runAfter" names a status that does not exist.',
  FLOW_CYCLE: 'Actions wait for each other in a circle.',
  FLOW_CONNECTION_MISSING: 'An action or trigger names no connection.',
  FLOW_CONNECTION_UNKNOWN: 'A connection reference that is used has no connection.',
  FLOW_UNKNOWN_ACTION: 'An expression reads an action that is not there, or does not run before.',
  FLOW_UNKNOWN_LOOP: 'An expression reads a loop that is not there, or does not stand around it.',
  FLOW_UNKNOWN_PARAMETER: 'An expression reads a parameter that is not declared.',
  FLOW_UNKNOWN_VARIABLE: 'A variable is used that nothing initializes.',
  FLOW_VARIABLE_TWICE: 'A variable is initialized twice.',
  FLOW_STATIC_RESULT: 'An action uses a static result that the flow does not have.',
  FLOW_VALUE: 'A setting has a value that does not exist: a frequency, a status, a type, a duration.',
  FLOW_LIQUID_MAP: 'The map of a Liquid action cannot be read.',
  FLOW_VARIABLE_NESTED: 'A variable is initialized inside a scope or loop.',
  // Warnings.
  FLOW_ACTION_NOT_RUN:
    'An action has a type that cannot be run here; a test can mock it, and in a run it fails.',
  FLOW_NOT_ATOMIC: 'Actions that belong to one transaction elsewhere are carried out one by one here.',
  FLOW_TRIGGER_NOT_RUN: 'A trigger has a type that cannot start runs here.',
  FLOW_SELF_REFERENCE:
    'A SetVariable action reads the variable that it sets, which Power Automate and Logic Apps refuse to save.',
  FLOW_SCHEDULE_IDLE: 'A part of a schedule belongs to another frequency, and nothing follows from it.',
  FLOW_NO_TRIGGER: 'The flow has no trigger.',
  FLOW_SEVERAL_TRIGGERS: 'The flow has more than one trigger.',
  FLOW_NO_ACTION: 'The flow has no action.',
} as const;

export type FlowProblemCode = keyof typeof FLOW_PROBLEMS;
