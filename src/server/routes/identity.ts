import { endpoints, type Person } from '../../api/index.ts';
import type { Principal } from '../../identity/index.ts';
import { ServerError } from '../errors.ts';
import { type Exchange, implement, type Route } from '../route.ts';

const DAY_MS = 86_400_000;

export const identityRoutes: Route[] = [
  implement(endpoints.setUp, async ({ body, reply }, { identity }) => {
    const { principal, headers } = await identity.completeSetup(body);
    for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
    return viewPerson(principal);
  }),

  implement(endpoints.getMe, async (exchange) => viewPerson(requireCaller(exchange))),

  implement(endpoints.listApiKeys, async (exchange, { identity }) => ({
    value: await identity.listApiKeys(requireCaller(exchange).userId),
  })),

  implement(endpoints.createApiKey, async (exchange, { identity }) => {
    const { name, expiresInDays } = exchange.body;
    const expiresAt = expiresInDays === undefined ? undefined : new Date(Date.now() + expiresInDays * DAY_MS);
    const { key, record } = await identity.createApiKey({
      userId: requireCaller(exchange).userId,
      name,
      expiresAt,
    });
    exchange.reply.header('cache-control', 'no-store');
    return { ...record, key: key.reveal() };
  }),

  implement(endpoints.deleteApiKey, async (exchange, { identity }) => {
    await identity.deleteApiKey(requireCaller(exchange).userId, exchange.params.id);
    return undefined;
  }),
];

/** The access check has let nobody else through; this tells the compiler. */
function requireCaller({ caller }: Pick<Exchange<never>, 'caller'>): Principal {
  if (caller === undefined) throw new ServerError('UNAUTHENTICATED', 'This needs a session or an API key.');
  return caller;
}

function viewPerson({ userId, name, email, role }: Principal): Person {
  return { id: userId, name, email, role };
}
