import { endpoints } from '../../api/index.ts';
import type { Json } from '../../base/index.ts';
import {
  type ConnectorDefinition,
  compileConnector,
  encodeBase64,
  findScript,
} from '../../connector/index.ts';
import { tryScript } from '../../gateway/index.ts';
import { requireDraft } from '../connector-drafts.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';

export const draftScriptRoutes: Route[] = [
  implement(endpoints.tryDraftScript, async ({ params, body, caller }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    const { source, parameters, answer } = body;
    const connector = compileConnector(takeScript(draft.definition, source));
    const operation = connector.operation(params.operationId);
    if (operation === undefined) {
      throw new ServerError('NOT_FOUND', `${draft.title} has no operation ${params.operationId}.`);
    }
    return tryScript(services.code, connector, operation, {
      owner: draft.id,
      inputs: parameters,
      answer: { ...answer, body: answer.body as Json | undefined },
    });
  }),
];

/** @throws ServerError INVALID_INPUT when there is no script */
function takeScript(definition: ConnectorDefinition, source: string | undefined): ConnectorDefinition {
  if (source === undefined) {
    if (findScript(definition)?.own !== undefined) return definition;
    throw new ServerError('INVALID_INPUT', 'The draft has no script: write one, or give it as `source`.', {
      pointer: '/source',
    });
  }
  return { ...definition, files: { 'script.ts': encodeBase64(new TextEncoder().encode(source)) } };
}
