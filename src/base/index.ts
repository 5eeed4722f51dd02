export { holdsCredentials, isCredentialName, maskCredentials } from './credentials.ts';
export {
  createErrorClass,
  describeError,
  type ErrorDetails,
  type ErrorEntry,
  type ErrorTable,
  PatchbayError,
  type Problem,
} from './errors.ts';
export {
  type Brand,
  type ConnectionId,
  type ConnectorId,
  type EnvironmentId,
  type FlowId,
  isUuid,
  type ListId,
  type RunId,
  type UserId,
} from './ids.ts';
export {
  equalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  readOwn,
  setOwn,
  stringifyJson,
} from './json.ts';
export { formatPointer, getByPointer, joinPointer, parsePointer } from './json-pointer.ts';
export { REDACTED, Secret } from './secret.ts';
