import type { Connection, ConnectionReferences, ReferenceUse } from '../../api/index.ts';

/** The references that a definition uses and nobody has chosen a connection for. */
export function listMissingReferences(
  uses: readonly ReferenceUse[],
  references: ConnectionReferences,
): string[] {
  return uses.map((use) => use.name).filter((name) => references[name] === undefined);
}

/** The connections that a reference may lead to: those of its connector, or all where it is not known. */
export function listCandidates(use: ReferenceUse, connections: readonly Connection[]): Connection[] {
  const wanted = normalise(use.connectorName ?? '');
  const own = connections.filter(
    ({ connector }) => wanted !== '' && [connector.name, connector.title].map(normalise).includes(wanted),
  );
  return own.length > 0 ? own : [...connections];
}

/** Chooses by itself where there is only one connection of the right connector. */
export function proposeReferences(
  uses: readonly ReferenceUse[],
  connections: readonly Connection[],
  chosen: ConnectionReferences,
): ConnectionReferences {
  const proposed = { ...chosen };
  for (const use of uses) {
    if (use.connectorName === undefined || proposed[use.name]) continue;
    const candidates = listCandidates(use, connections);
    const only = candidates.length === 1 ? candidates[0] : undefined;
    if (only && isOf(use.connectorName, only)) proposed[use.name] = { connectionId: only.id };
  }
  return proposed;
}

function isOf(connectorName: string, { connector }: Connection): boolean {
  return [connector.name, connector.title].map(normalise).includes(normalise(connectorName));
}

/** `shared_swift-shipping` in an export is our `Swift Shipping`. */
function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/^shared_/, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
