import { createErrorClass } from '../base/index.ts';

export const CLI_ERRORS = {
  FILE_NOT_FOUND: { status: 404, title: 'There is no such file', fix: 'Check the path.' },
  FILE_NOT_JSON: { status: 400, title: 'The file is not JSON' },
  INVALID_OPTION: { status: 400, title: 'An option is not right' },
  CONNECTOR_REFUSED: {
    status: 422,
    title: 'The definition cannot be imported',
    fix: 'See what "patchbay connector check" says about it.',
  },
  CODE_SENDS_NOTHING: { status: 409, title: 'Custom code answers without sending a request' },
  SCRIPT_NOT_FOUND: {
    status: 404,
    title: 'The connector has no C# to port',
    fix: 'Name the folder or zip of a package with a script.csx.',
  },
  OPERATION_NOT_FOUND: { status: 404, title: 'The connector has no such operation' },
  INVALID_SETTING: { status: 400, title: 'An environment variable is not right' },
  PORT_IN_USE: {
    status: 409,
    title: 'The port is taken',
    fix: 'Set PATCHBAY_PORT to another port, or to 0 for a free one.',
  },
  SERVER_UNREACHABLE: {
    status: 502,
    title: 'Patchbay does not answer',
    fix: 'Start it with "patchbay start", or name its address with --url.',
  },
  REQUEST_REFUSED: { status: 400, title: 'Patchbay refused' },
  DEMO_FAILED: { status: 500, title: 'The demo did not finish' },
} as const;

export const CliError = createErrorClass('CliError', CLI_ERRORS);
