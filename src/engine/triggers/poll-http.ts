import type { JsonObject } from '../../base/index.ts';
import type { CallOutcome, Gateway } from '../../gateway/index.ts';
import { buildHttpCall } from '../call-sender.ts';

/**
 * What an Http trigger asks (Logic Apps): its request, or once an answer named a `Location` that address. 200 begins a
 * run, 202 says that there is nothing, anything else is an error to show.
 */
export async function pollHttp(
  gateway: Gateway,
  inputs: JsonObject,
  location: string | undefined,
  traced: { readonly traceparent?: string },
): Promise<CallOutcome> {
  const call = { ...buildHttpCall(inputs), ...traced };
  if (location === undefined) return gateway.sendHttp({ ...call, asyncPattern: false });
  const next = URL.parse(location, call.uri);
  if (next === null || next.origin !== URL.parse(call.uri)?.origin) return refuse(next);
  const { queries: _queries, ...rest } = call;
  return gateway.sendHttp({ ...rest, uri: next.href, asyncPattern: false });
}

/** The credentials of the trigger are for its own host. */
function refuse(url: URL | null): CallOutcome {
  const place = url === null ? 'something that is not a URL' : url.host;
  const message = `The service sends the next poll to ${place}; it must stay on its own host. Turn the flow off and on to begin again.`;
  return { ok: false, error: { code: 'InvalidUrl', message, retryable: false, sent: false } };
}
