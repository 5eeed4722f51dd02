/**
 * What a connector is: its definition, the importers that make one, the compiled form that everything else
 * shares, and the pure steps that turn inputs into a request and an answer into a result.
 */
export { decodeBase64, encodeBase64 } from './base64.ts';
export { compileConnector } from './compile/compile-connector.ts';
export { SERVER_URL } from './compile/server-parameters.ts';
export { CONNECTOR_ERRORS, ConnectorError } from './errors.ts';
export { importConnector } from './import/import-connector.ts';
export { IMPORT_PROBLEMS, type ImportProblemCode } from './import/problems.ts';
export type {
  AuthenticationKind,
  AuthenticationMethod,
  BodyKind,
  CompiledBody,
  CompiledConnector,
  CompiledOperation,
  CompiledParameter,
  CompiledResponse,
  CompiledServer,
  CompiledTrigger,
  ConnectionParameter,
  ConnectionParameterType,
  ConnectionValues,
  ConnectorDefinition,
  ConnectorFormat,
  ConnectorProperties,
  ConnectorReport,
  CredentialRule,
  HeaderEntry,
  HttpRequestPlan,
  ImportFile,
  ImportResult,
  ImportSource,
  MultipartPart,
  OperationInputs,
  OperationMatch,
  OperationResult,
  ParameterLocation,
  ParameterStyle,
  PolicySection,
  PolicyStep,
  QueryEntry,
  RequestContent,
  RequestContext,
  Text,
  TracedStep,
  Visibility,
  WireRequest,
  WireResponse,
} from './types.ts';
