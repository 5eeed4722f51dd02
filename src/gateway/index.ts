/**
 * Calls operations of connectors: connection, credentials, the visible pipeline over the connector room's pure
 * steps, and errors that name the likely cause and the fix.
 */

export { buildScriptRequest } from './build-script-request.ts';
export type { BuiltinAnswer, BuiltinCall, BuiltinConnector } from './builtin-types.ts';
export { CALL_ERRORS, type CallErrorCode, CallFailure } from './call-errors.ts';
export { listUnconfirmed } from './confirmed-addresses.ts';
export { openConnectionSecrets, sealConnectionSecrets } from './connection-secrets.ts';
export { createDirectCaller, type DirectCaller } from './direct.ts';
export type { DynamicOutcome, DynamicRequest } from './dynamic/load-dynamic.ts';
export { createGateway, type GatewayOptions } from './gateway.ts';
export { readCertificate } from './oauth/client-proof.ts';
export { openClientSecret, readSignInAddresses, sealClientSecret } from './oauth/client-secrets.ts';
export type { SignInPage, SignInResult, SignIns } from './oauth/sign-in.ts';
export { sendHttp } from './send-http.ts';
export { tryScript } from './try-script.ts';
export type {
  CallError,
  CallOutcome,
  CallOutputs,
  ConnectionTest,
  Gateway,
  HttpCall,
  OperationCall,
  OperationFacts,
  OperationSelector,
  StreamCall,
  StreamOutcome,
  TraceStep,
  UnsubscribeCall,
} from './types.ts';
