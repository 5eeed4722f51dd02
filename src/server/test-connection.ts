import type { Connection as ConnectionView } from '../api/index.ts';
import type { CompiledConnector } from '../connector/index.ts';
import { saveConnectionStatus } from '../store/index.ts';
import type { Services } from './services.ts';
import { viewConnection } from './views/connection-view.ts';

/** Tries the connection with a harmless call, of a draft where one is given, and keeps what that found. */
export async function testAndView(
  id: string,
  services: Services,
  draft?: CompiledConnector,
): Promise<ConnectionView> {
  services.gateway.invalidateConnection(id);
  const { status, detail, operationId } = await services.gateway.testConnection(id, draft);
  const tested = await saveConnectionStatus(
    services.db,
    id,
    status,
    detail && { ...detail, fix: detail.fix ?? null },
  );
  return { ...(await viewConnection(tested, services)), testedWith: operationId };
}
