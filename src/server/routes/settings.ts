import { endpoints, type MailSettings } from '../../api/index.ts';
import { loadMailSettings, saveMailSettings } from '../../builtin/index.ts';
import { loadRunSettings, saveRunSettings } from '../../engine/index.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { hasGitHubToken, saveGitHubToken } from '../sources/github-token.ts';

/** What is proposed before anybody has set anything. */
const PROPOSAL: MailSettings = {
  configured: false,
  host: '',
  port: 587,
  secure: false,
  from: '',
  hasPassword: false,
};

export const settingsRoutes: Route[] = [
  implement(endpoints.getRunSettings, (_exchange, { db }) => loadRunSettings(db)),

  implement(endpoints.updateRunSettings, async ({ body }, { db, engine }) => {
    await saveRunSettings(db, body);
    await engine.reloadSettings();
    return loadRunSettings(db);
  }),

  implement(endpoints.getMailSettings, async (_exchange, services) =>
    viewMail(await loadMailSettings(services)),
  ),

  implement(endpoints.updateMailSettings, async ({ body }, services) => {
    await saveMailSettings(services, body);
    services.builtins.reloadMail();
    return viewMail(await loadMailSettings(services));
  }),

  implement(endpoints.testMailSettings, async ({ body, caller }, { builtins, environmentId }) => {
    const to = body.to ?? caller?.email ?? '';
    const answer = await findMail(builtins).call({
      operationId: 'SendEmailV2',
      parameters: {},
      body: {
        To: to,
        Subject: 'Patchbay can send mail',
        Body: '<p>This is the test message you asked for. The mail settings work.</p>',
      },
      environmentId,
      idempotencyKey: undefined,
      location: undefined,
      signal: undefined,
    });
    if (answer.status < 300) return { message: `The message was handed over for ${to}.` };
    const { message, fix } = answer.problem ?? { message: 'The mail server did not take the message.' };
    throw new ServerError('MAIL_NOT_SENT', message, { fix });
  }),

  implement(endpoints.getGitHubSettings, async (_exchange, services) => ({
    hasToken: await hasGitHubToken(services),
  })),

  implement(endpoints.updateGitHubSettings, async ({ body }, services) => {
    await saveGitHubToken(services, body.token);
    services.github.forget();
    return { hasToken: await hasGitHubToken(services) };
  }),

  implement(endpoints.testGitHubSettings, async (_exchange, { github, http }) => {
    const { limit, remaining } = await github.readLimit(http);
    const format = (count: number) => count.toLocaleString('en');
    const message = `GitHub answers ${format(limit)} requests an hour; ${format(remaining)} are left in this one.`;
    return { message };
  }),

  implement(endpoints.getAllowedHosts, async (_exchange, { allowedHosts }) => ({
    hosts: [...allowedHosts.list()],
  })),

  implement(endpoints.updateAllowedHosts, async ({ body }, { allowedHosts }) => {
    const hosts = [...new Set(body.hosts.map(normalizeHost))];
    await allowedHosts.save(hosts);
    return { hosts };
  }),
];

function findMail({ connectors }: Services['builtins']) {
  const mail = connectors.find(({ name }) => name === 'mail');
  if (mail === undefined) throw new ServerError('NOT_READY', 'The mail connector is missing.');
  return mail;
}

function viewMail(settings: Awaited<ReturnType<typeof loadMailSettings>>): MailSettings {
  if (settings === undefined) return PROPOSAL;
  const { password, ...rest } = settings;
  return { ...rest, configured: true, hasPassword: password !== undefined };
}

/** `host`, `host:port` or `[::1]:port`, as they stand in a URL. */
function normalizeHost(text: string, index: number): string {
  const host = text.trim().toLowerCase();
  const isHost = /^(?:\[[0-9a-f:.]+\]|[^\s/@:?#[\]]+)(?::\d{1,5})?$/.test(host);
  if (isHost && URL.canParse(`http://${host}`)) return host;
  throw new ServerError('INVALID_INPUT', `'${text}' is no host.`, {
    pointer: `/hosts/${index}`,
    fix: 'Write a name or an address, with the port where one is meant: 127.0.0.1:4010, erp.local.',
  });
}
