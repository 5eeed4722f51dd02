import { endpoints } from '../../api/index.ts';
import type { ConnectorId } from '../../base/index.ts';
import {
  type ConnectorDefinition,
  certifyConnector,
  compileConnector,
  describeForGallery,
  fixCertification,
} from '../../connector/index.ts';
import { findConnector, saveConnectorVersion } from '../../store/index.ts';
import { bindConnections } from '../connection-addresses.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';

export const certificationRoutes: Route[] = [
  implement(endpoints.certifyConnectorVersion, async ({ params, query }, services) => {
    const { definition } = await services.connectors.load(params.id, params.version);
    return { value: findKept(definition, readRules(query)) };
  }),

  implement(endpoints.fixConnectorVersion, async ({ params, body, caller }, services) => {
    await assertCustom(params.id, services);
    const { definition } = await services.connectors.load(params.id, params.version);
    const selection = body.rule === undefined ? {} : { rule: body.rule };
    const { fixed, left, ...result } = fixCertification(definition, readRules(body), selection);
    if (fixed.length === 0) return { version: params.version, fixed: [], left: [...left] };
    const content = {
      ...describeForGallery(compileConnector(result.definition)),
      definition: { ...result.definition },
      note: `Certification: ${[...new Set(fixed.map((one) => one.rule))].join(', ')} mended.`,
      savedBy: caller?.userId,
    };
    await bindConnections(params.id, services);
    const { latestVersion } = await saveConnectorVersion(services.db, params.id, content, params.version);
    services.gateway.invalidateConnector(params.id);
    return { version: latestVersion, fixed: [...fixed], left: [...left] };
  }),
];

type Findings = ReturnType<typeof certifyConnector>;

/** By the rules that were asked for; a version never changes, so what is found in it is kept as long as it is. */
const kept = new WeakMap<ConnectorDefinition, Map<string, Findings>>();

/** A definition of thousands of operations takes a large part of a second to look through. */
function findKept(definition: ConnectorDefinition, rules: ReturnType<typeof readRules>): Findings {
  const known = kept.get(definition) ?? new Map<string, Findings>();
  kept.set(definition, known);
  const key = `${rules.isNew} ${rules.isIndependent}`;
  const found = known.get(key) ?? certifyConnector(definition, rules);
  known.set(key, found);
  return found;
}

function readRules(given: { readonly new?: boolean; readonly independent?: boolean }) {
  return { isNew: given.new === true, isIndependent: given.independent === true };
}

async function assertCustom(id: ConnectorId, { db }: Services): Promise<void> {
  const connector = await findConnector(db, id);
  if (connector === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${id}.`);
  if (connector.kind === 'builtin')
    throw new ServerError('BUILTIN_CONNECTOR', 'Built-in connectors come with Patchbay.');
}
