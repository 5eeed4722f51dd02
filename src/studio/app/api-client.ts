import { createClient } from '../../client/index.ts';

/** The API of the server that this page came from; the session cookie goes along by itself. */
export const client = createClient({ baseUrl: '', fetch: (url, init) => fetch(url, init) });
