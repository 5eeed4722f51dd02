import { describeError } from '../../base/index.ts';
import { buildAuthorizationUrl, type OAuthPlan } from '../../connector/index.ts';
import type { HttpClient } from '../../http/index.ts';
import type { Discovery } from './discovery.ts';
import { assertProtected } from './oauth-fetch.ts';

/** An application whose redirect URL is to be known at its provider. */
export interface RedirectCheck {
  readonly plan: OAuthPlan;
  readonly clientId: string;
  readonly scopes: readonly string[] | undefined;
  readonly redirectUrl: string;
}

/**
 * What a provider says of a redirect URL. `registered`: it sends people back to it. `refused`: it says that it does
 * not know it. `noObjection`: it goes on to its sign-in page, which proves nothing. `unknown`: it could not be asked.
 */
export interface RedirectFinding {
  readonly result: 'registered' | 'refused' | 'noObjection' | 'unknown';
  readonly message: string;
}

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1024 * 1024;
const MAX_STEPS = 5;
/** How providers word it, in addresses, pages and problem documents. */
const COMPLAINT =
  /redirect[_ -]?ur[il][^<>{}]{0,80}(?:mismatch|invalid|not (?:match|registered|valid|allowed|associated|found|configured)|did not match|didn.t match|does not|doesn.t|unknown|missing|must match)|(?:invalid|mismatch\w*|unregistered|unknown|bad)[^<>{}]{0,40}redirect[_ -]?ur[il]|AADSTS(?:50011|500113|900971)|redirect_uri_mismatch/i;
const CLIENT_COMPLAINT =
  /invalid_client|unauthorized_client|(?:unknown|invalid|no such|deleted)[^<>{}]{0,20}client|client[^<>{}]{0,30}(?:not found|unknown|invalid|does not exist)|AADSTS700016/i;

/**
 * Goes to the provider's authorization page as a browser would, without anybody signed in (`prompt=none`), and reads
 * what it says. Nothing secret is sent.
 */
export async function checkRedirect(
  { http, discovery }: { readonly http: HttpClient; readonly discovery: Discovery },
  check: RedirectCheck,
): Promise<RedirectFinding> {
  try {
    return await ask(http, await discovery.complete(check.plan), check);
  } catch (error) {
    return { result: 'unknown', message: `The provider could not be asked: ${describeError(error)}` };
  }
}

async function ask(http: HttpClient, plan: OAuthPlan, check: RedirectCheck): Promise<RedirectFinding> {
  const { clientId, scopes, redirectUrl } = check;
  const application = { clientId, clientSecret: undefined, scopes };
  // The answer to this challenge is thrown away: nobody ever redeems what comes of it.
  const marks = { state: 'redirect-check', codeChallenge: plan.pkce ? CHALLENGE : undefined };
  const first = new URL(buildAuthorizationUrl(plan, { application, values: {}, redirectUrl }, marks));
  if (!first.searchParams.has('prompt')) first.searchParams.set('prompt', 'none');
  let url = first.href;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    assertProtected(url);
    const answer = await http.send({
      method: 'GET',
      url,
      headers: { accept: 'text/html,application/json' },
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
      followRedirects: false,
    });
    const { location } = answer.headers;
    const next = typeof location === 'string' ? URL.parse(location, url) : null;
    const text = new TextDecoder().decode(answer.body);
    if (next === null || answer.status < 300 || answer.status > 399)
      return judge(plan.title, answer.status, `${url} ${text}`);
    if (leadsTo(next, redirectUrl)) return describeReturn(plan.title, next);
    url = next.href;
    // What is in the address says why: `/error?error=redirect_uri_mismatch`.
    const said = judge(plan.title, 200, decode(url.replace(encodeURIComponent(redirectUrl), '')));
    if (said.result === 'refused') return said;
  }
  return noObjection(plan.title);
}

/** S256 of a verifier that nobody keeps. */
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

function leadsTo(next: URL, redirectUrl: string): boolean {
  const target = new URL(redirectUrl);
  return next.origin === target.origin && next.pathname === target.pathname;
}

/** Only to an address that it knows does a provider send anybody back, be it with an error. */
function describeReturn(title: string, next: URL): RedirectFinding {
  const fields = next.searchParams.size > 0 ? next.searchParams : new URLSearchParams(next.hash.slice(1));
  const error = fields.get('error') ?? '';
  const expected = [
    '',
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
  ];
  const also = expected.includes(error) ? '' : ` It also says ‘${error.slice(0, 60)}’.`;
  return {
    result: 'registered',
    message: `${title} sends people back to the redirect URL: it is registered.${also}`,
  };
}

function judge(title: string, status: number, said: string): RedirectFinding {
  if (COMPLAINT.test(said)) {
    return {
      result: 'refused',
      message: `${title} does not know the redirect URL. Register it with the application, exactly as it stands here.`,
    };
  }
  if (CLIENT_COMPLAINT.test(said)) {
    return {
      result: 'unknown',
      message: `${title} does not know the client ID, so it says nothing of the redirect URL.`,
    };
  }
  if (status < 400) return noObjection(title);
  return {
    result: 'unknown',
    message: `${title} answers with status ${status} and does not say whether it is because of the redirect URL.`,
  };
}

function noObjection(title: string): RedirectFinding {
  return {
    result: 'noObjection',
    message: `${title} shows its sign-in page and does not object. Some providers look at the redirect URL only after somebody has signed in: a test sign-in tells for certain.`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
