/** A string that only one kind of thing may be named by. */
export type Brand<Name extends string> = string & { readonly __brand?: Name };

export type EnvironmentId = Brand<'EnvironmentId'>;
export type UserId = Brand<'UserId'>;
export type ConnectorId = Brand<'ConnectorId'>;
export type ConnectionId = Brand<'ConnectionId'>;
export type ListId = Brand<'ListId'>;
export type FlowId = Brand<'FlowId'>;
export type RunId = Brand<'RunId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
