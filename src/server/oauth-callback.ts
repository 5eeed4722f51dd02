import type { FastifyInstance } from 'fastify';
import type { SignInResult } from '../gateway/index.ts';
import { toHeaders } from './access.ts';
import type { Services } from './services.ts';
import { testAndView } from './test-connection.ts';

/** Tells the studio, wherever it is open, and closes the window when there is nothing to read in it. */
const SCRIPT = `history.replaceState(null, '', '/oauth/callback');
const { connection, ok } = document.body.dataset;
const message = { type: 'patchbay:sign-in', connectionId: connection, ok: ok === 'true',
  message: document.getElementById('message').textContent };
if ('BroadcastChannel' in window) new BroadcastChannel('patchbay-sign-in').postMessage(message);
if (window.opener) window.opener.postMessage(message, location.origin);
if (message.ok) window.close();
`;

/**
 * Where identity providers send people back to. Open, because what they bring is judged here: only the person, and
 * the browser session, that began a sign-in can finish it. It answers with a page and leads nowhere.
 */
export function registerOAuthCallback(app: FastifyInstance, services: Services): void {
  app.route({
    method: 'GET',
    url: '/oauth/callback.js',
    config: { access: 'open' },
    handler: (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').serializer(String).send(SCRIPT),
  });
  app.route({
    method: 'GET',
    url: '/oauth/callback',
    config: { access: 'open' },
    handler: async (request, reply) => {
      const caller = await services.identity.authenticate(toHeaders(request));
      const result: SignInResult =
        caller === undefined
          ? NOT_SIGNED_IN
          : await services.gateway.signIns.finish(readQuery(request.url), {
              userId: caller.userId,
              sessionId: caller.sessionId,
            });
      if (result.connectionId !== undefined && result.error === undefined) {
        await testAndView(result.connectionId, services);
      }
      return reply
        .status(result.error === undefined ? 200 : 400)
        .headers({
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          // The studio that opened this window may hear from it.
          'cross-origin-opener-policy': 'unsafe-none',
        })
        .type('text/html; charset=utf-8')
        .serializer(String)
        .send(renderPage(result));
    },
  });
}

const NOT_SIGNED_IN: SignInResult = {
  connectionId: undefined,
  error: {
    code: 'UNAUTHENTICATED',
    message: 'You are not signed in to Patchbay in this browser.',
    fix: 'Sign in to Patchbay, then begin again at the connection.',
  },
};

function readQuery(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}

function renderPage({ connectionId = '', error }: SignInResult): string {
  const heading = error === undefined ? 'You are signed in' : 'The sign-in did not work';
  const text = error === undefined ? 'You can close this window.' : `${error.message} ${error.fix ?? ''}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${heading}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui;margin:15vh auto;padding:0 24px;max-width:46ch}</style></head>
<body data-connection="${escapeHtml(connectionId)}" data-ok="${error === undefined}">
<h1>${heading}</h1><p id="message">${escapeHtml(text.trim())}</p><p><a href="/connections">Connections</a></p>
<script src="/oauth/callback.js"></script></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
