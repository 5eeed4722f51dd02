import { type ConnectorDefinition, listDraftProblems } from '../../connector/index.ts';

// A definition of a thousand operations takes a second to look through: here nobody's typing waits for it.
addEventListener('message', ({ data }: MessageEvent<ConnectorDefinition>) =>
  postMessage(listDraftProblems(data)),
);
