import {
  type ConnectorImport,
  endpoints,
  type ImportProgress,
  type ImportReport,
  type StatusDetail,
} from '../../api/index.ts';
import type { Json } from '../../base/index.ts';
import type { ConnectorImport as StoredImport } from '../../store/index.ts';
import { ServerError } from '../errors.ts';
import { type EventStream, openEventStream } from '../event-stream.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { BODY_LIMIT_BYTES } from '../sources/body-limit.ts';

/** Between two looks at an import that somebody follows. */
const LOOK_MS = 200;

export const connectorImportRoutes: Route[] = [
  implement(
    endpoints.startConnectorImport,
    async ({ body, caller }, services) => {
      const userId = caller?.userId ?? '';
      return requireImport(await services.imports.start(body, userId), userId, services);
    },
    { bodyLimitBytes: BODY_LIMIT_BYTES },
  ),

  implement(endpoints.getConnectorImport, ({ params, caller }, services) =>
    requireImport(params.id, caller?.userId ?? '', services),
  ),

  implement(endpoints.streamConnectorImport, async ({ params, caller, reply }, services) => {
    const userId = caller?.userId ?? '';
    await requireImport(params.id, userId, services);
    const stream = openEventStream(reply);
    try {
      await follow(params.id, userId, services, stream);
    } catch (error) {
      services.logger.error({ err: error }, 'An import could not be followed.');
    }
    stream.close();
    return undefined;
  }),

  implement(endpoints.cancelConnectorImport, async ({ params, caller }, services) => {
    const { id } = await requireImport(params.id, caller?.userId ?? '', services);
    await services.imports.cancel(id);
    return undefined;
  }),
];

async function follow(id: string, userId: string, services: Services, stream: EventStream): Promise<void> {
  let told = '';
  while (!stream.signal.aborted) {
    const { state, progress } = await requireImport(id, userId, services);
    const news = { id, state, progress };
    if (JSON.stringify(news) !== told) stream.send('import', news as unknown as Json);
    told = JSON.stringify(news);
    if (state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function requireImport(id: string, userId: string, { imports }: Services): Promise<ConnectorImport> {
  const found = await imports.find(id, userId);
  if (found !== undefined) return viewImport(found);
  throw new ServerError('NOT_FOUND', `There is no import ${id}.`, {
    fix: 'Read the document again: imports are kept for a day.',
  });
}

/** What was running on a node that is gone says so. */
const GONE: StatusDetail = {
  code: 'INTERRUPTED',
  message: 'The server that read the document has stopped.',
  fix: 'Import it again.',
};

function viewImport({ id, state, progress, report, problem, createdAt }: StoredImport): ConnectorImport {
  return {
    id,
    state,
    createdAt,
    progress: progress as unknown as ImportProgress,
    ...(report === undefined ? {} : { report: report as unknown as ImportReport }),
    ...(state === 'failed' ? { problem: (problem as unknown as StatusDetail | undefined) ?? GONE } : {}),
  };
}
