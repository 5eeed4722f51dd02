import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { HookAnswer } from '../types.ts';

/** A call of a callback URL, as far as it tells what it wants. */
export interface HandshakeCall {
  readonly method: string;
  readonly headers: JsonObject;
  readonly queries: JsonObject;
  readonly body: Json;
}

/** Longer texts are no challenges. */
const MAX_CHALLENGE_LENGTH = 2_048;

type Handshake = (call: HandshakeCall) => HookAnswer | undefined;

/** How services make sure that somebody wants their calls, before they send any. */
const HANDSHAKES: readonly Handshake[] = [
  // Microsoft Graph, SharePoint: POST with ?validationToken=…, echoed as text.
  ({ queries }) => echo(readText(queries, 'validationToken') ?? readText(queries, 'validationtoken')),
  // WebSub, Meta: GET with ?hub.mode=subscribe&hub.challenge=…
  ({ method, queries }) => (method === 'GET' ? echo(readText(queries, 'hub.challenge')) : undefined),
  // Dropbox, Nylas: GET with ?challenge=…
  ({ method, queries }) => (method === 'GET' ? echo(readText(queries, 'challenge')) : undefined),
  // Okta: GET with a header, answered in JSON.
  ({ method, headers }) => {
    const challenge = method === 'GET' ? readText(headers, 'x-okta-verification-challenge') : undefined;
    return challenge === undefined ? undefined : answer({ verification: challenge });
  },
  // Slack: POST {"type": "url_verification", "challenge"}.
  ({ body }) =>
    isJsonObject(body) && body.type === 'url_verification' ? echo(readText(body, 'challenge')) : undefined,
  // Azure Event Grid: POST [{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data"}].
  ({ body }) => {
    const [event] = Array.isArray(body) ? body : [];
    if (!isJsonObject(event) || event.eventType !== 'Microsoft.EventGrid.SubscriptionValidationEvent') {
      return undefined;
    }
    const code = isJsonObject(event.data) ? readText(event.data, 'validationCode') : undefined;
    return code === undefined ? undefined : answer({ validationResponse: code });
  },
  // CloudEvents: OPTIONS with WebHook-Request-Origin.
  ({ method, headers }) => {
    const origin = method === 'OPTIONS' ? readText(headers, 'webhook-request-origin') : undefined;
    if (origin === undefined) return undefined;
    const allowed = { 'WebHook-Allowed-Origin': origin, Allow: 'POST', 'WebHook-Allowed-Rate': '*' };
    return { ...answer(undefined), headers: { ...SAFE, ...allowed } };
  },
  // Asana and its kin: POST with X-Hook-Secret and no content, echoed as a header.
  ({ method, headers, body }) => {
    const secret = method === 'POST' ? readText(headers, 'x-hook-secret') : undefined;
    const isEmpty = body === null || (isJsonObject(body) && Object.keys(body).length === 0);
    if (secret === undefined || !isEmpty) return undefined;
    return { ...answer(undefined), headers: { ...SAFE, 'X-Hook-Secret': secret } };
  },
  // Trello: HEAD.
  ({ method }) => (method === 'HEAD' ? answer(undefined) : undefined),
];

/** A browser that is sent here must see text, whatever it is: nothing of it runs. */
const SAFE: JsonObject = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cache-Control': 'no-store',
};

/** The answer to a call that only asks whether anybody is there; undefined for one that brings something. */
export function answerHandshake(call: HandshakeCall): HookAnswer | undefined {
  for (const handshake of HANDSHAKES) {
    const found = handshake(call);
    if (found !== undefined) return found;
  }
  return undefined;
}

function echo(challenge: string | undefined): HookAnswer | undefined {
  return challenge === undefined ? undefined : answer(challenge);
}

function answer(body: Json | undefined): HookAnswer {
  return { statusCode: 200, headers: SAFE, body, runId: '' };
}

/** A printable text of a challenge's length; header values would end at a line break. */
function readText(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  if (typeof value !== 'string' || value === '' || value.length > MAX_CHALLENGE_LENGTH) return undefined;
  return /^[\x20-\x7e]+$/.test(value) ? value : undefined;
}
