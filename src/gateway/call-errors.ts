import { PatchbayError } from '../base/index.ts';
import type { CallError } from './types.ts';

interface CallErrorEntry {
  /** The HTTP status of the problem document when such a failure reaches an API client. */
  readonly status: number;
  readonly title: string;
  /** Whether the same call may succeed later. */
  readonly retryable?: true;
  /** Nothing was sent, so a repeated try cannot do anything twice. */
  readonly neverSent?: true;
  readonly fix?: string;
}

/** Every way a call can fail. Codes that end a flow's action are Power Platform's where it has one. */
export const CALL_ERRORS = {
  BadRequest: {
    status: 502,
    title: 'The service refused the inputs',
    fix: 'Check the inputs of the operation against what the service says.',
  },
  Unauthorized: {
    status: 502,
    title: 'The service did not accept the credentials',
    fix: 'Enter the credentials of the connection again.',
  },
  PaymentRequired: {
    status: 502,
    title: 'The service asks for payment',
    fix: 'Check the plan of the account.',
  },
  Forbidden: {
    status: 502,
    title: 'The account may not do this',
    fix: 'Give the account of the connection the permission, or use a connection of an account that has it.',
  },
  NotFound: {
    status: 502,
    title: 'The service has nothing there',
    fix: 'Check the ids in the inputs; if every call fails, check the base URL of the connector.',
  },
  MethodNotAllowed: {
    status: 502,
    title: 'The service does not offer this method',
    fix: 'Check the method and the path of the operation in the connector.',
  },
  RequestTimeout: { status: 504, title: 'The service gave up waiting', retryable: true },
  Conflict: {
    status: 502,
    title: 'The service sees a conflict',
    fix: 'Read the current state of the record, and repeat the change if it is still wanted.',
  },
  Gone: { status: 502, title: 'What was asked for is gone for good' },
  PreconditionFailed: {
    status: 502,
    title: 'The record was changed meanwhile',
    fix: 'Read the record again and repeat the change with its new ETag.',
  },
  PayloadTooLarge: {
    status: 502,
    title: 'The request is too large for the service',
    fix: 'Send less at a time.',
  },
  UnsupportedMediaType: {
    status: 502,
    title: 'The service does not read this content type',
    fix: 'Check the content type that the connector declares for the body of this operation.',
  },
  UnprocessableEntity: {
    status: 502,
    title: 'The service understood the inputs and refused them',
    fix: 'Correct the values that the service names.',
  },
  TooManyRequests: {
    status: 503,
    title: 'The service asks to slow down',
    retryable: true,
    fix: 'Wait and try again; a flow does so by itself. If it goes on, call the service less often.',
  },
  ClientError: { status: 502, title: 'The service refused the request' },
  InternalServerError: {
    status: 502,
    title: 'The service failed',
    retryable: true,
    fix: 'Try again later; if it goes on, ask the people who run the service.',
  },
  BadGateway: { status: 502, title: 'A proxy got no good answer from the service', retryable: true },
  ServiceUnavailable: { status: 502, title: 'The service is not available', retryable: true },
  GatewayTimeout: { status: 504, title: 'A proxy waited in vain for the service', retryable: true },
  ServerError: { status: 502, title: 'The service failed', retryable: true },
  UnexpectedRedirect: {
    status: 502,
    title: 'The service redirects',
    fix: 'Set the base URL of the connector to the address the service redirects to.',
  },
  ActionTimedOut: { status: 504, title: 'The time ran out', retryable: true },
  ActionCancelled: { status: 499, title: 'The call was cancelled' },
  DnsFailure: { status: 502, title: 'The host name has no address', retryable: true, neverSent: true },
  TlsFailure: { status: 502, title: 'No secure connection could be made', neverSent: true },
  ConnectionRefused: {
    status: 502,
    title: 'Nothing listens at the address',
    retryable: true,
    neverSent: true,
  },
  ConnectionLost: { status: 502, title: 'The connection was lost', retryable: true },
  AddressNotAllowed: { status: 403, title: 'The address may not be called', neverSent: true },
  TooManyRedirects: { status: 502, title: 'The service redirects without end' },
  InvalidResponse: {
    status: 502,
    title: 'The answer cannot be read',
    fix: 'Check that the base URL leads to the API and not to a web page; otherwise tell the people who run it.',
  },
  AcceptedWorkFailed: {
    status: 502,
    title: 'The service accepted the work, and it failed',
    fix: 'Look at what the service says; its own portal may tell more.',
  },
  ResponseTooLarge: { status: 502, title: 'The answer is larger than allowed' },
  InvalidInputs: {
    status: 400,
    title: 'The inputs do not fit the operation',
    neverSent: true,
    fix: 'Correct the inputs that are named.',
  },
  InvalidUrl: { status: 400, title: 'The URL cannot be called', neverSent: true },
  UnsupportedAuthentication: {
    status: 400,
    title: 'This kind of authentication is not supported',
    neverSent: true,
  },
  ConnectionNotFound: {
    status: 404,
    title: 'There is no such connection',
    neverSent: true,
    fix: 'Choose a connection that exists.',
  },
  ConnectionBroken: {
    status: 409,
    title: 'The connection lacks something it needs',
    neverSent: true,
    fix: 'Open the connection and enter its parameters again.',
  },
  NeedsSignIn: {
    status: 409,
    title: 'Somebody has to sign in',
    neverSent: true,
    fix: 'Open the connection and sign in again.',
  },
  NeedsConfirmation: {
    status: 409,
    title: 'The connection was not made for this host',
    neverSent: true,
    fix: 'If the host belongs to the service, let the person who made the connection, or an administrator, confirm it on the page of the connection.',
  },
  OAuthNotSetUp: {
    status: 409,
    title: 'Nobody can sign in yet',
    neverSent: true,
    fix: 'Enter the client id and secret on the Sign-in tab of the connector.',
  },
  OAuthFailed: {
    status: 502,
    title: 'The identity provider gives no access token',
    neverSent: true,
    fix: 'Check the sign-in settings of the connector.',
  },
  OAuthUnavailable: {
    status: 502,
    title: 'The identity provider is out of order',
    retryable: true,
    neverSent: true,
    fix: 'Try again in a moment; a flow does so by itself.',
  },
  ConnectorVersionNotFound: {
    status: 404,
    title: 'There is no such version of the connector',
    neverSent: true,
    fix: 'Choose a version that exists, or the latest.',
  },
  ConnectorInvalid: {
    status: 409,
    title: 'The definition of the connector cannot be used',
    neverSent: true,
    fix: 'Open the connector and correct its definition.',
  },
  OperationNotFound: {
    status: 404,
    title: 'The connector has no such operation',
    neverSent: true,
    fix: 'Choose an operation of the connector; a later version may have renamed it.',
  },
  InputsIncomplete: {
    status: 400,
    title: 'Something else has to be chosen first',
    neverSent: true,
    fix: 'Choose what is named; then the list can be asked for.',
  },
  InputKnownAtRunTime: {
    status: 400,
    title: 'A value is only known when the flow runs',
    neverSent: true,
    fix: 'Type the value, or use an expression for it.',
  },
  NothingDynamic: {
    status: 404,
    title: 'The definition names no operation to ask',
    neverSent: true,
    fix: 'Type the value; the connector page shows what the operation takes.',
  },
  ScriptNeedsPort: {
    status: 409,
    title: 'The operation runs custom code in C#, which Patchbay keeps but does not run',
    neverSent: true,
    fix: 'Port the code to a script.ts of the connector: `patchbay connector port` writes the beginning of one.',
  },
  ScriptInvalid: { status: 409, title: 'The custom code of the connector cannot be read', neverSent: true },
  ScriptFailed: { status: 500, title: 'The custom code of the connector threw an error' },
  ScriptTimedOut: {
    status: 504,
    title: 'The custom code of the connector took too long',
    retryable: true,
  },
  ScriptOutOfMemory: {
    status: 500,
    title: 'The custom code of the connector needs more memory than it may have',
  },
  ScriptLimitExceeded: { status: 500, title: 'The custom code of the connector goes beyond a limit' },
  ScriptCrashed: {
    status: 500,
    title: 'The sandbox of the custom code ended',
    retryable: true,
  },
  StoreUnavailable: {
    status: 503,
    title: 'Patchbay cannot read its database',
    retryable: true,
    neverSent: true,
    fix: 'Try again in a moment; if it goes on, ask an administrator to look at the database.',
  },
  BuiltinFailure: { status: 500, title: 'A built-in connector failed', retryable: true },
} as const satisfies Readonly<Record<string, CallErrorEntry>>;

export type CallErrorCode = keyof typeof CALL_ERRORS;

interface CallErrorDetails {
  readonly fix?: string;
  readonly retryable?: boolean;
  readonly sent?: boolean;
}

export function createCallError(
  code: CallErrorCode,
  message: string,
  details: CallErrorDetails = {},
): CallError {
  const entry: CallErrorEntry = CALL_ERRORS[code];
  const fix = details.fix ?? entry.fix;
  return {
    code,
    message,
    ...(fix === undefined ? {} : { fix }),
    retryable: details.retryable ?? entry.retryable === true,
    sent: details.sent ?? entry.neverSent !== true,
  };
}

/** Thrown inside the pipeline by a step that cannot go on; it becomes the outcome of the call. */
export class CallFailure extends PatchbayError {
  readonly error: CallError;

  constructor(code: CallErrorCode, message: string, details: CallErrorDetails & { cause?: unknown } = {}) {
    const { fix, cause } = details;
    super(code, CALL_ERRORS[code], message, { cause, ...(fix === undefined ? {} : { fix }) });
    this.error = createCallError(code, message, details);
  }
}
