import { createClient } from '../../client/index.ts';

/** The API of the server that this page came from; the session cookie goes along by itself. */
export const client = createClient({ baseUrl: '', fetch: (url, init) => fetch(url, init) });

/** For what is sent as the page is left: it outlives the page. Browsers take up to 64 KB this way. */
export const leavingClient = createClient({
  baseUrl: '',
  fetch: (url, init) => fetch(url, { ...init, keepalive: true }),
});
