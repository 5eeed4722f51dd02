import { createErrorClass } from '../base/index.ts';

/** What the steps of a call throw. What an importer finds are problems: see `import/problems.ts`. */
export const CONNECTOR_ERRORS = {
  CONNECTOR_INVALID_INPUTS: {
    status: 400,
    title: 'The inputs do not fit the operation.',
    fix: 'Correct the named input; the connector page lists what the operation takes.',
  },
  CONNECTOR_INVALID_URL: {
    status: 400,
    title: 'The address of the service cannot be made from the connection and the inputs.',
    fix: "Correct the server address among the connection's parameters.",
  },
  CONNECTOR_INVALID_RESPONSE: {
    status: 502,
    title: 'The service said its answer was JSON, and it was not.',
    fix: 'Ask the owner of the service; the position says where the answer breaks.',
  },
  CONNECTOR_INVALID_POLICY: {
    status: 400,
    title: 'A policy of the connector cannot be applied.',
    fix: "Correct the policy in the connector's properties.",
  },
  CONNECTOR_INVALID_SAMPLE: {
    status: 400,
    title: 'No schema can be made from the sample.',
    fix: 'Paste a whole body as it was sent: JSON, XML or URL-encoded form.',
  },
} as const;

export const ConnectorError = createErrorClass('ConnectorError', CONNECTOR_ERRORS);
